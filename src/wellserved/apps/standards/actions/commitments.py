"""Write standards: drafts answer by answer, versions that were agreed, and the day they go live."""

import datetime as dt
import decimal
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects
from wellserved.apps.standards import events, models, policies
from wellserved.apps.standards.actions import carrying
from wellserved.apps.standards.policies import commitments as rules
from wellserved.apps.standards.policies import partners as partner_rules
from wellserved.apps.standards.policies import smart
from wellserved.apps.standards.queries import commitments as queries
from wellserved.apps.standards.queries import partners as partner_queries
from wellserved.apps.standards.types.commitments import Answers
from wellserved.apps.standards.types.measures import DESK, MEASURES
from wellserved.apps.standards.types.wording import say_time
from wellserved.apps.thread import actions as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND, EXPECTATION, OBLIGATION = "standards.standard", "standards.expectation", "standards.obligation"
State = models.Standard.State
_MOST_CASES = 1_000_000_000


@transaction.atomic
def save_draft(
    *, actor: Actor, standard_id: int | None, answers: Mapping[str, Any], version: int | None = None, now: dt.datetime
) -> models.Standard:
    """Keep answers not yet agreed: of a new standard, or of the next version of one that exists."""
    row = _locked(actor, standard_id) if standard_id else None
    if row is not None:
        _check_version(row, version)
        if row.state == State.RETIRED:
            raise Conflict("This standard is retired; write a new one.", code="standard_retired")
    policies.require_edit(actor)
    read = rules.read_answers(answers)
    rules.require_dates(read)
    _check_references(actor, read)
    before = Answers.from_data(row.draft) if row and row.draft else queries.answers_of(row) if row else Answers()
    if row is None:
        row = models.Standard(origin=live_origin(actor.world), version=0)
    row.draft = read.as_data()
    row.version += 1
    if row.state == State.DRAFT:
        _show_in_lists(row, read)
    row.save()
    ledger.record(
        actor=actor,
        action="standards.save_draft",
        subject=(KIND, row.pk),
        now=now,
        changes=_changes(actor, before, read),
    )
    return row


@transaction.atomic
def drop_draft(*, actor: Actor, standard_id: int, version: int | None = None, now: dt.datetime) -> bool:
    """Throw away what was not agreed; return whether a standard is left."""
    row = _locked(actor, standard_id)
    _check_version(row, version)
    if row.draft is None:
        raise Conflict("There is no draft to throw away.", code="no_draft")
    policies.require_edit(actor)
    ledger.record(actor=actor, action="standards.drop_draft", subject=(KIND, row.pk), now=now)
    if row.state == State.DRAFT:
        row.delete()
        return False
    row.draft, row.version = None, row.version + 1
    row.save(update_fields=["draft", "version"])
    return True


@transaction.atomic
def agree(
    *, actor: Actor, standard_id: int, reason: str = "", version: int | None = None, now: dt.datetime
) -> models.StandardVersion:
    """Make the draft the next version, if it can be measured; a live standard follows it from its effective day."""
    row = _locked(actor, standard_id)
    _check_version(row, version)
    if row.draft is None:
        raise Conflict("Nothing has changed since it was last agreed.", code="no_draft")
    policies.require_edit(actor)
    answers = Answers.from_data(row.draft)
    before = queries.answers_of(row) if row.versions.exists() else None
    if before is not None and not reason.strip():
        raise Invalid("Say why it changes: whoever relied on the old version will ask.", code="reason", field="reason")
    words = say_time(answers, queries.calendar_names(actor=actor))
    smart.require_smart(smart.check(answers=answers, past=None, today=now.date(), time_words=words))
    _check_references(actor, answers)
    _require_impartial(actor, answers.partner_id)
    written = models.StandardVersion.objects.create(
        standard=row,
        number=row.versions.count() + 1,
        content=row.draft,
        effective_on=answers.effective_on or now.date(),
        created_at=now,
        created_by_id=actor.user_id,
        reason=reason.strip()[:300],
    )
    row.draft, row.version = None, row.version + 1
    row.state = State.AGREED if row.state == State.DRAFT else row.state
    _show_in_lists(row, answers)
    row.save()
    ledger.record(
        actor=actor,
        action="standards.agree",
        subject=(KIND, row.pk),
        now=now,
        changes=_changes(actor, before or Answers(), answers),
        reason=reason,
        event=events.StandardAgreed(standard_id=row.pk, version_id=written.pk),
    )
    _link(actor, row.pk, before, answers, now)
    if row.state == State.LIVE:
        carrying.carry(actor=actor, standard=row, answers=answers, reason=reason, now=now)
    return written


@transaction.atomic
def put_live(
    *, actor: Actor, standard_id: int, reason: str = "", version: int | None = None, now: dt.datetime
) -> models.Standard:
    """Put an agreed standard in force: from its effective day new tickets run its clock."""
    row = _locked(actor, standard_id)
    _check_version(row, version)
    if row.state != State.AGREED:
        raise Conflict(
            f"Only an agreed standard goes live; this one is {row.state}.", code="not_agreed", state=row.state
        )
    policies.require_edit(actor)
    answers = queries.answers_of(row)
    _require_impartial(actor, answers.partner_id)
    row.state, row.version = State.LIVE, row.version + 1
    row.save(update_fields=["state", "version"])
    said = reason.strip() or f"{row.name} goes live."
    carrying.carry(actor=actor, standard=row, answers=answers, reason=said, now=now)
    ledger.record(
        actor=actor,
        action="standards.put_live",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (State.AGREED.value, State.LIVE.value)},
        reason=reason.strip(),
        event=events.StandardLive(standard_id=row.pk, policy_id=row.policy_id),
    )
    return row


@transaction.atomic
def retire(*, actor: Actor, standard_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Promise this to no further ticket; tickets already under it keep their clocks."""
    row = _locked(actor, standard_id)
    _check_version(row, version)
    if row.state not in {State.AGREED, State.LIVE}:
        raise Conflict(f"Only a standard that was agreed is retired; this one is {row.state}.", code="not_in_force")
    if not reason.strip():
        raise Invalid("Say why it is retired: whoever relied on it will ask.", code="reason", field="reason")
    policies.require_edit(actor)
    before = row.state
    row.state, row.draft, row.version = State.RETIRED, None, row.version + 1
    row.save(update_fields=["state", "draft", "version"])
    carrying.put_down(actor=actor, standard=row, reason=reason, now=now)
    ledger.record(
        actor=actor,
        action="standards.retire",
        subject=(KIND, row.pk),
        now=now,
        changes={"state": (before, State.RETIRED.value)},
        reason=reason,
        event=events.StandardRetired(standard_id=row.pk),
    )


@transaction.atomic
def review(
    *, actor: Actor, standard_id: int, finding: str, next_on: dt.date, version: int | None = None, now: dt.datetime
) -> None:
    """Say that somebody has looked, what she found, and when it is looked at next."""
    row = _locked(actor, standard_id)
    _check_version(row, version)
    if row.state != State.LIVE:
        raise Conflict("Only a standard in force is reviewed.", code="not_in_force")
    if not finding.strip():
        raise Invalid("Say what the review found.", code="reason", field="finding")
    if next_on <= now.date() or next_on.year > 2100:
        raise Invalid("The next review lies in the future.", code="standard_day", field="next_on")
    policies.require_edit(actor)
    before, row.review_on, row.version = row.review_on, next_on, row.version + 1
    row.save(update_fields=["review_on", "version"])
    ledger.record(
        actor=actor,
        action="standards.review",
        subject=(KIND, row.pk),
        now=now,
        changes={"review_on": (before.isoformat() if before else None, next_on.isoformat())},
        reason=finding,
        event=events.StandardReviewed(standard_id=row.pk),
    )


@transaction.atomic
def enter_reading(
    *,
    actor: Actor,
    standard_id: int,
    on: dt.date,
    value: decimal.Decimal,
    cases: int,
    note: str = "",
    now: dt.datetime,
) -> int:
    """Keep a figure the desk does not work out, such as satisfied answers of a survey; a day's figure is replaced."""
    row = _locked(actor, standard_id)
    answers = queries.answers_of(row)
    measure = MEASURES.get(answers.measure)
    if row.state != State.LIVE or measure is None or answers.source == DESK:
        raise Conflict(
            "Figures are entered for standards in force that are not read from the desk.", code="no_readings"
        )
    if not 1 <= cases <= _MOST_CASES or not 0 <= value <= _MOST_CASES or on > now.date() or on.year < 2000:
        raise Invalid("Give a past day, how many cases there were, and their figure.", code="reading", field="cases")
    if measure.shape == "share" and value > cases:
        raise Invalid("More cannot be satisfied than were asked.", code="reading", field="value")
    policies.require_edit(actor)
    reading, _ = models.Reading.objects.update_or_create(
        standard=row,
        on=on,
        defaults={
            "value": value,
            "cases": cases,
            "source": answers.source,
            "note": note.strip()[:200],
            "entered_at": now,
            "entered_by_id": actor.user_id,
        },
    )
    ledger.record(
        actor=actor,
        action="standards.enter_reading",
        subject=(KIND, row.pk),
        now=now,
        changes={"reading": (None, f"{on.isoformat()}: {value} of {cases}")},
    )
    return reading.pk


def _locked(actor: Actor, standard_id: int) -> models.Standard:
    row = in_world(models.Standard.objects.select_for_update().filter(pk=standard_id), actor.world).first()
    if row is None:
        raise NotFound("There is no such standard.", code="standard_not_found")
    return row


def _check_version(row: models.Standard, given: int | None) -> None:
    if given is not None and given != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were editing version {given}. Nothing of yours is saved; "
            "compare and save again.",
            code="stale",
            version=row.version,
        )


def _check_references(actor: Actor, answers: Answers) -> None:
    """Every record an answer names is authorised like the standard itself."""
    if answers.owner_id and answers.owner_id not in accounts.visible_staff_ids(
        actor=actor, user_ids=[answers.owner_id]
    ):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="owner_not_found")
    if answers.calendar and answers.calendar not in queries.calendar_names(actor=actor):
        raise NotFound("There is no such calendar.", code="calendar_not_found")
    if answers.partner_id:
        partner_queries.find(actor=actor, partner_id=answers.partner_id)
    for kind, found in ((EXPECTATION, answers.expectation_id), (OBLIGATION, answers.obligation_id)):
        if found:
            subjects.require_visible(actor=actor, subject=(kind, found))


def _require_impartial(actor: Actor, partner_id: int | None) -> None:
    if partner_id is None:
        return
    partner = partner_queries.find(actor=actor, partner_id=partner_id)
    standing = partner_queries.standing_declarations(partner.declarations.all())
    partner_rules.require_impartial(
        actor,
        interested={each.user_id for each in standing if each.has_interest and each.user_id},
        declared=bool(standing),
        partner=partner.name,
    )


def _show_in_lists(row: models.Standard, answers: Answers) -> None:
    row.name = answers.name or answers.promise[:120] or answers.expectation[:120] or "A standard without a name"
    row.audience, row.measure = answers.audience, answers.measure
    row.owner_id, row.review_on, row.effective_on = answers.owner_id, answers.review_on, answers.effective_on
    row.partner_id = answers.partner_id


def _changes(actor: Actor, before: Answers, after: Answers) -> dict[str, tuple[str | None, str | None]]:
    """Return what an act changed, in the words of the screens; the ledger keeps its days as machines write them."""
    people = accounts.names(user_ids={i for i in (before.owner_id, after.owner_id) if i})
    calendars = queries.calendar_names(actor=actor)
    lines = queries.differences(before, after, calendars, people, say_day=dt.date.isoformat)
    return {label: (old or None, new or None) for label, old, new in lines}


def _link(actor: Actor, standard_id: int, before: Answers | None, after: Answers, now: dt.datetime) -> None:
    """Say on the thread which expectation it answers and which obligation binds it."""
    here = (KIND, standard_id)
    if before and before.expectation_id and before.expectation_id != after.expectation_id:
        thread.unlink(actor=actor, start=here, verb="promises", end=(EXPECTATION, before.expectation_id), now=now)
    if after.expectation_id:
        thread.link(actor=actor, start=here, verb="promises", end=(EXPECTATION, after.expectation_id), now=now)
    if before and before.obligation_id and before.obligation_id != after.obligation_id:
        thread.unlink(actor=actor, start=(OBLIGATION, before.obligation_id), verb="binds", end=here, now=now)
    if after.obligation_id:
        thread.link(actor=actor, start=(OBLIGATION, after.obligation_id), verb="binds", end=here, now=now)
