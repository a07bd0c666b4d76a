"""Shape a survey: from a template, its rules, its questions, its state."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import scope
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.voice import policies, types
from wellserved.apps.voice.events import SurveyMoved
from wellserved.apps.voice.models import Survey, SurveyVersion
from wellserved.apps.voice.queries import surveys as queries
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

MOST_QUESTIONS = 10


@transaction.atomic
def begin(*, actor: Actor, kind: str, name: str, lead: str = "", now: dt.datetime) -> int:
    """Begin a survey from a template and return its id; nobody is asked before it is started."""
    policies.require_edit(actor)
    name = " ".join(name.split())[:120]
    if kind not in types.KINDS:
        raise Invalid(f"A survey is one of {', '.join(types.KINDS)}.", code="survey_kind", field="kind")
    if not name:
        raise Invalid("Give the survey a name.", code="survey_name", field="name")
    if in_world(Survey.objects.filter(name=name), actor.world).exists():
        raise Invalid("There is a survey of this name; give this one another.", code="survey_name", field="name")
    lead = " ".join(lead.split())[:200] or types.LEADS[kind]
    if not lead:
        raise Invalid("Write the question of your own.", code="survey_lead", field="lead")
    row = Survey.objects.create(
        name=name,
        kind=kind,
        rules=dataclasses.asdict(types.Rules(low_at=types.LOW_TO[kind])),
        owner_id=actor.user_id,
        created_at=now,
        origin=live_origin(actor.world),
    )
    SurveyVersion.objects.create(survey=row, number=1, lead=lead, questions=[types.WHY], created_at=now)
    _record(row, "voice.begin_survey", actor=actor, now=now, changes={"name": (None, name)})
    return row.pk


@transaction.atomic
def set_rules(
    *,
    actor: Actor,
    survey_id: int,
    rules: types.Rules,
    owner_id: int | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Say when whom the survey asks, and who looks after its low scores; it holds from the next ticket on."""
    row = _locked(actor, survey_id, version)
    policies.require_edit(actor)
    low, high = types.SCALES[row.kind]
    for is_right, sentence, field in (
        (rules.moment in types.MOMENTS, f"It asks when one of these happens: {', '.join(types.MOMENTS)}.", "moment"),
        (0 <= rules.delay_hours <= 720, "Wait between 0 and 720 hours.", "delay_hours"),
        (1 <= rules.share <= 100, "Ask between 1 and 100 per cent.", "share"),
        (0 <= rules.quarantine_days <= 730, "Leave a customer alone for 0 to 730 days.", "quarantine_days"),
        (low <= rules.low_at < high, f"A low score lies from {low} to {high - 1}.", "low_at"),
        (1 <= rules.follow_hours <= 720, "Follow up within 1 to 720 hours.", "follow_hours"),
        (types.SMALL_CELL <= rules.fewest <= 1000, "Show a score from 5 to 1,000 answers on.", "fewest"),
    ):
        if not is_right:
            raise Invalid(sentence, code="survey_rules", field=field)
    if rules.queues:
        known = scope.visible_queues(actor=actor).filter(pk__in=rules.queues).count()
        if known != len(set(rules.queues)):
            raise NotFound("There is no such queue.", code="queue_not_found")
    if owner_id is not None and not accounts.active_staff(world=actor.world, ids=[owner_id]):
        raise NotFound("There is no such colleague.", code="colleague_not_found")
    before, after = row.rules, dataclasses.asdict(rules)
    row.rules, row.owner_id = after, owner_id
    row.version += 1
    row.save(update_fields=["rules", "owner", "version"])
    changes = {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}
    _record(row, "voice.set_rules", actor=actor, now=now, changes=changes)


@transaction.atomic
def add_question(
    *,
    actor: Actor,
    survey_id: int,
    kind: str,
    text: str,
    options: Sequence[str] = (),
    condition: str = "",
    value: str = "",
    now: dt.datetime,
) -> None:
    """Add a question at the end; once somebody was asked, this makes the next version of the survey."""
    row = _locked(actor, survey_id, None)
    policies.require_edit(actor)
    wording = _wording(row, now=now)
    text = " ".join(text.split())[:200]
    options = [" ".join(each.split())[:80] for each in options if each.strip()]
    if kind not in types.QUESTION_KINDS or not text:
        raise Invalid("Write the question and say how it is answered.", code="survey_question", field="text")
    if len(wording.questions) >= MOST_QUESTIONS:
        raise Invalid(f"A survey has at most {MOST_QUESTIONS} questions after the first.", code="survey_question")
    if kind == "choice" and not 2 <= len(options) <= 10:
        raise Invalid("Give two to ten choices, one a line.", code="survey_options", field="options")
    used = [int(each["key"][1:]) for each in wording.questions if each["key"][1:].isdigit()]
    wording.questions = [
        *wording.questions,
        {
            "key": f"q{max(used, default=0) + 1}",
            "kind": kind,
            "text": text,
            "options": options if kind == "choice" else [],
            "when": _condition(row, wording, condition, value.strip()),
        },
    ]
    _keep(row, wording, "voice.add_question", actor=actor, now=now, changes={"question": (None, text)})


@transaction.atomic
def remove_question(*, actor: Actor, survey_id: int, key: str, now: dt.datetime) -> None:
    """Take a question out, with those that were shown by its answer."""
    row = _locked(actor, survey_id, None)
    policies.require_edit(actor)
    wording = _wording(row, now=now)
    left = [each for each in wording.questions if each["key"] != key]
    if len(left) == len(wording.questions):
        raise NotFound("There is no such question.", code="question_not_found")
    gone = [each["text"] for each in wording.questions if each["key"] == key]
    wording.questions = [each for each in left if not (each["when"] and each["when"].get("key") == key)]
    _keep(row, wording, "voice.remove_question", actor=actor, now=now, changes={"question": (gone[0], None)})


@transaction.atomic
def move(*, actor: Actor, survey_id: int, state: str, version: int | None = None, now: dt.datetime) -> None:
    """Start, pause, go on with or end a survey; what has ended takes no answers any more and cannot come back."""
    row = _locked(actor, survey_id, version)
    policies.require_edit(actor)
    if state not in types.MOVES[row.state]:
        raise Conflict(f"The survey is {types.STATES[row.state].lower()}; this cannot follow.", code="survey_state")
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", "version"])
    _record(
        row,
        "voice.move_survey",
        actor=actor,
        now=now,
        changes={"survey_state": (before, state)},
        event=SurveyMoved(survey_id=row.pk, state=state),
    )


def _condition(row: Survey, wording: SurveyVersion, condition: str, value: str) -> dict[str, object] | None:
    if not condition:
        return None
    low, high = types.SCALES[row.kind]
    if condition in ("at_most", "at_least"):
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise Invalid(f"Give a score from {low} to {high}.", code="survey_condition", field="value")
        return {"is": condition, "value": int(value), "key": types.SCORE}
    if condition != "is" or not wording.questions:
        raise Invalid("There is no question before this one.", code="survey_condition", field="condition")
    before = wording.questions[-1]
    if before["kind"] == "text" or not value:
        raise Invalid(
            "A question can hang on a choice or a scale before it: give one of its answers.",
            code="survey_condition",
            field="value",
        )
    if before["kind"] == "choice" and value.lower() not in [each.lower() for each in before["options"]]:
        raise Invalid(f"Give one of: {', '.join(before['options'])}.", code="survey_condition", field="value")
    return {"is": "is", "value": value, "key": before["key"]}


def _wording(row: Survey, *, now: dt.datetime) -> SurveyVersion:
    """Return the wording to change: the present one while nobody was asked by it, else a copy as the next."""
    wording = SurveyVersion.objects.get(survey=row, number=row.number)
    if row.invitations.filter(number=row.number).exists():
        return SurveyVersion(
            survey=row, number=row.number + 1, lead=wording.lead, questions=wording.questions, created_at=now
        )
    return wording


def _keep(
    row: Survey,
    wording: SurveyVersion,
    action: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: dict[str, tuple[object, object]],
) -> None:
    if row.state == "ended":
        raise Conflict("The survey has ended; begin a new one.", code="survey_state")
    wording.save()
    row.number, row.version = wording.number, row.version + 1
    row.save(update_fields=["number", "version"])
    _record(row, action, actor=actor, now=now, changes=changes)


def _locked(actor: Actor, survey_id: int, version: int | None) -> Survey:
    row = queries.visible(actor=actor).select_for_update().filter(pk=survey_id).first()
    if row is None:
        raise queries.missing()
    if version is not None and version != row.version:
        raise Conflict(
            f"Somebody saved version {row.version} while you were looking at version {version}; read it first.",
            code="stale",
            version=row.version,
        )
    return row


def _record(
    row: Survey,
    action: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: dict[str, tuple[object, object]],
    event: SurveyMoved | None = None,
) -> None:
    ledger.record(actor=actor, action=action, subject=(types.SURVEY, row.pk), now=now, changes=changes, event=event)
