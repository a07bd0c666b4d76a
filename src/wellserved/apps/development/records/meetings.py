"""Meetings, decisions and weeks as history, links and My work know them."""

import datetime as dt
from collections.abc import Callable, Iterator

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import about_meetings, decisions, meetings, recorded, week
from wellserved.apps.development.types.decisions import DECISION, OUTCOMES
from wellserved.apps.development.types.meetings import MEETING, OPPORTUNITY, SETTLED, STATES
from wellserved.apps.development.types.recorded import Provider
from wellserved.apps.development.types.week import STATES as PRIORITY_STATES
from wellserved.apps.development.types.week import WEEK
from wellserved.apps.ledger import wording
from wellserved.apps.people import duties
from wellserved.apps.thread import kinds
from wellserved.platform import clock

_SENTENCES = {
    "development.arrange_meeting": "arranged a meeting",
    "development.change_meeting": "changed the meeting",
    "development.call_off_meeting": "called the meeting off",
    "development.add_to_agenda": "put something on the agenda",
    "development.write_minutes": "wrote the minutes",
    "development.send_minutes": "sent the minutes",
    "development.see_minutes": "read the minutes",
    "development.agree_in_meeting": "wrote down what the meeting came to",
    "development.settle_result": "settled what the meeting came to",
    "development.move_result": "moved what the meeting came to",
    "development.expect": "made an expectation of what was agreed",
    "development.put_down_decision": "put down what is to be decided",
    "development.weigh": "added an option",
    "development.inform_decision": "wrote down what is known",
    "development.decide": "decided",
    "development.look_back": "looked back on the decision",
    "development.plan_priority": "planned something for the week",
    "development.set_hours": "said how many hours are free",
    "development.move_priority": "put the week in order by hand",
    "development.sort_week": "put the week back into its worked-out order",
    "development.settle_priority": "settled a priority",
    "development.close_week": "closed the week",
}
_LABELS = {
    "development.meeting_state": "State",
    "development.agenda": "Agenda",
    "development.settled": "What became of it",
    "development.requirement_agreed": "Requirement agreed",
    "development.opportunity_found": "Opportunity found",
    "development.decision_outcome": "What came of it",
    "development.needed_by": "Needed by",
    "development.priority_state": "State",
    "development.by_mail": "By mail",
}
_KEPT = "While you work here, and until an administrator removes it"
_PROVIDERS = (
    Provider(
        key="meetings",
        label="Meetings",
        purpose="So that those asked know who comes, and read the same minutes",
        kept=_KEPT,
        seen_by="Whoever may read the meeting; one in private, those in it alone",
        lines=about_meetings.places,
        tells=("MeetingPerson.user",),
    ),
    Provider(
        key="taken-on",
        label="What you took on in meetings",
        purpose="So that what was agreed is done",
        kept=_KEPT,
        seen_by="Whoever may read the meeting",
        lines=about_meetings.taken_on,
        tells=("MeetingResult.owner",),
    ),
    Provider(
        key="weeks",
        label="Your weeks",
        purpose="To help you do first what counts most",
        kept=_KEPT,
        seen_by="You",
        lines=about_meetings.planned,
        tells=("Week.user",),
    ),
)


def register() -> None:
    """Make these records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("development.meeting_state", STATES)
    wording.values("development.settled", SETTLED)
    wording.values("development.decision_outcome", OUTCOMES)
    wording.values("development.priority_state", PRIORITY_STATES)
    for key, label, folder, titles, policy in (
        (MEETING, "Meeting", "/meetings/", meetings.titles, meetings.visible_ids),
        (OPPORTUNITY, "Opportunity", "/meetings/results/", meetings.opportunity_titles, meetings.visible_opportunities),
        (DECISION, "Decision", "/decisions/", decisions.titles, decisions.visible_ids),
        (WEEK, "Week", "/week/", week.titles, week.visible_ids),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=_under(folder),
                titles=titles,
                policy=policy,
                is_open=False,
                is_restricted=True,
            )
        )
    duties.register("development.meetings", _asked)
    for provider in _PROVIDERS:
        recorded.register(provider)


def _under(folder: str) -> Callable[[int], str]:
    return lambda pk: f"{folder}{pk}"


def _asked(actor: Actor, now: dt.datetime) -> Iterator[duties.Duty]:
    """Yield what she took on in meetings, and the minutes she is to write or to read. Two queries."""
    for row in meetings.own_results(actor=actor, on=clock.day_of(now)):
        what, url = f"{row.words} ({row.meeting})", f"/meetings/results/{row.id}"
        yield duties.Duty(what=what, url=url, button="Open", due_on=row.due_on)
    for pk, title, day, to_write in meetings.own_minutes(actor=actor, now=now):
        what = f"Write the minutes: {title}" if to_write else f"Read the minutes: {title}"
        yield duties.Duty(what=what, url=f"/meetings/{pk}", button="Write" if to_write else "Read", due_on=day)
