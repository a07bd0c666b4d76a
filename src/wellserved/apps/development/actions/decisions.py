"""Put down what is to be decided, weigh it, decide, and look back on what came of it."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import meetings as events
from wellserved.apps.development.policies import decisions as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.policies.voice import check_version
from wellserved.apps.development.queries import decisions as queries
from wellserved.apps.development.types import decisions as types
from wellserved.apps.development.types.meetings import MEETING
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.thread import actions as thread
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import live_origin
from wellserved.platform.ui.formatting import format_day

DECISION = types.DECISION


@transaction.atomic
def put_down(
    *,
    actor: Actor,
    question: str,
    needed_by: dt.date,
    known: str = "",
    unknown: str = "",
    decider_id: int | None = None,
    is_restricted: bool = False,
    meeting_id: int | None = None,
    now: dt.datetime,
) -> int:
    """Put down what is to be decided, by when and by whom, perhaps out of a meeting; return its id."""
    policies.require_open(actor)
    who = decider_id or actor.person_id
    policies.require_decider(actor, who)
    row = models.Decision.objects.create(
        question=rules.said(question, 200, field="question", missing="Say what is to be decided."),
        needed_by=rules.day(needed_by, after=clock.day_of(now), field="needed_by"),
        known=rules.said(known, 2000, field="known"),
        unknown=rules.said(unknown, 2000, field="unknown"),
        is_restricted=is_restricted,
        decider_id=who,
        opened_by_id=actor.user_id,
        opened_at=now,
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=actor,
        action="development.put_down_decision",
        subject=(DECISION, row.pk),
        now=now,
        changes={"question": (None, row.question), "needed_by": (None, row.needed_by.isoformat())},
    )
    if meeting_id:
        thread.link(actor=actor, start=(DECISION, row.pk), verb="raised_in", end=(MEETING, meeting_id), now=now)
    return row.pk


@transaction.atomic
def weigh(
    *,
    actor: Actor,
    decision_id: int,
    words: str,
    advantages: str = "",
    disadvantages: str = "",
    now: dt.datetime,
) -> int:
    """Add something that could be done, with what speaks for and against it; return its id."""
    row = _open(actor, decision_id)
    policies.require_hers(actor, row)
    if row.options.count() >= types.MOST_OPTIONS:
        raise Conflict(f"{types.MOST_OPTIONS} options are more than anybody weighs.", code="options_full")
    made = models.DecisionOption.objects.create(
        decision=row,
        words=rules.said(words, 200, field="words", missing="Say in a line what could be done."),
        advantages=rules.said(advantages, 1000, field="advantages"),
        disadvantages=rules.said(disadvantages, 1000, field="disadvantages"),
    )
    ledger.record(
        actor=actor,
        action="development.weigh",
        subject=(DECISION, row.pk),
        now=now,
        changes={"option": (None, made.words)},
    )
    return made.pk


@transaction.atomic
def inform(
    *,
    actor: Actor,
    decision_id: int,
    known: str,
    unknown: str,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Write down what is known and what is not, while it is open: afterwards it stays as it was known then."""
    row = _open(actor, decision_id)
    check_version(row.version, version)
    policies.require_hers(actor, row)
    before = (row.known, row.unknown)
    row.known = rules.said(known, 2000, field="known")
    row.unknown = rules.said(unknown, 2000, field="unknown")
    row.version += 1
    row.save(update_fields=["known", "unknown", "version"])
    ledger.record(
        actor=actor,
        action="development.inform_decision",
        subject=(DECISION, row.pk),
        now=now,
        changes={"known": (before[0] or None, row.known), "unknown": (before[1] or None, row.unknown)},
    )


@transaction.atomic
def decide(
    *,
    actor: Actor,
    decision_id: int,
    option_id: int,
    reasons: str,
    expected: str,
    measure: str = "",
    review_on: dt.date | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Decide, say what is expected of it, and when somebody looks back; in 30 days unless said otherwise."""
    row = _open(actor, decision_id)
    check_version(row.version, version)
    policies.require_deciding(actor, row)
    options = {each.pk: each for each in row.options.select_for_update()}
    if len(options) < types.FEWEST_OPTIONS:
        raise Conflict(
            "Write down at least two options first; leaving it as it is counts as one.", code="options_missing"
        )
    if option_id not in options:
        raise Invalid("Choose one of the options of this decision.", code="option_unknown", field="option_id")
    today = clock.day_of(now)
    row.reasons = rules.said(reasons, 2000, field="reasons", missing="Say why this one.")
    row.expected = rules.said(
        expected, 500, field="expected", missing="Say what you expect of it; you are asked for it later."
    )
    row.measure = rules.choice(measure, ("", *METRIC_LABELS), field="measure")
    row.review_on = rules.day(
        review_on or today + types.LOOK_BACK, after=today + dt.timedelta(days=1), field="review_on"
    )
    row.decided_at, row.decided_on, row.version = now, today, row.version + 1
    row.before = queries.measure_now(actor=actor, measure=row.measure, now=now)
    row.save()
    chosen = options[option_id]
    chosen.is_chosen = True
    chosen.save(update_fields=["is_chosen"])
    ledger.record(
        actor=actor,
        action="development.decide",
        subject=(DECISION, row.pk),
        now=now,
        changes={
            "chosen": (None, chosen.words),
            "expected": (None, row.expected),
            "review_on": (None, row.review_on.isoformat()),
        },
        reason=row.reasons[:300],
        event=events.DecisionTaken(decision_id=row.pk),
    )


@transaction.atomic
def look_back(
    *, actor: Actor, decision_id: int, outcome: str, found: str, version: int | None = None, now: dt.datetime
) -> None:
    """Say, as whoever decided and from its day on, what came of it; once, and beside what was expected."""
    row = _locked(actor, decision_id)
    check_version(row.version, version)
    if row.review_on is None:
        raise Conflict("It has not been decided yet, so nothing has come of it.", code="undecided")
    if row.outcome:
        raise Conflict("What came of it is written down; it stays as it was seen then.", code="reviewed")
    if row.review_on > clock.day_of(now):
        raise Conflict(f"Its outcome is asked for on {format_day(row.review_on)}.", code="too_early_to_say")
    policies.require_deciding(actor, row)
    row.outcome = rules.choice(outcome, types.OUTCOMES, field="outcome")
    row.found = rules.said(found, 1000, field="found", missing="Say what you see, beside what you expected.")
    row.after = queries.measure_now(actor=actor, measure=row.measure, now=now)
    row.reviewed_at, row.version = now, row.version + 1
    row.save(update_fields=["outcome", "found", "after", "reviewed_at", "version"])
    ledger.record(
        actor=actor,
        action="development.look_back",
        subject=(DECISION, row.pk),
        now=now,
        changes={"decision_outcome": (None, outcome), "found": (None, row.found)},
        event=events.DecisionReviewed(decision_id=row.pk),
    )


def _open(actor: Actor, decision_id: int) -> models.Decision:
    row = _locked(actor, decision_id)
    if row.decided_at:
        raise Conflict("It is decided; what was weighed stays as it was.", code="decided")
    return row


def _locked(actor: Actor, decision_id: int) -> models.Decision:
    row = queries.visible(actor=actor).select_for_update(of=("self",)).filter(pk=decision_id).first()
    if row is None:
        raise queries.absent()
    return row
