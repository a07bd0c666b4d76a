"""The sentences under the headings of meetings, decisions and weeks: what the page means."""

import datetime as dt
from collections.abc import Sequence

from wellserved.apps.development.learning_sentences import count
from wellserved.apps.development.types import decisions, meetings, week
from wellserved.platform.ui.formatting import format_day


def say_meetings(coming: int, lacking: int, still_open: int, late: int) -> str:
    """Return what comes, what lacks its minutes, and whether what was agreed is done."""
    said = [f"{count(coming, 'meeting is', 'meetings are')} to come"]
    if lacking:
        said.append(f"{count(lacking, 'lacks its', 'lack their')} minutes")
    acts = f"{count(still_open, 'action agreed is', 'actions agreed are')} open"
    said.append(f"{acts}, {late} of them past {'its' if late == 1 else 'their'} day" if late else acts)
    return "; ".join(said) + "."


def say_meeting(found: meetings.MeetingDetail, *, leads: bool) -> str:
    """Return how a meeting stands."""
    row = found.row
    if row.state == "off":
        return f"Called off: {found.off_because}"
    if row.awaits_minutes:
        return "It was held: write down what was said and agreed." if leads else "Its minutes are not written yet."
    if row.state == "planned":
        return f"{count(row.people, 'is', 'are')} asked; {count(len(found.agenda), 'point', 'points')} on the agenda."
    acts = found.of(meetings.ACTION)
    done = sum(bool(each.settled) for each in acts)
    said = f"{done} of {count(len(acts), 'action is', 'actions are')} settled" if acts else "No action was agreed"
    if row.state == "held":
        return f"{said}; the minutes wait to be sent."
    read = sum(each.read_at is not None for each in found.people if each.user_id)
    colleagues = sum(each.user_id is not None for each in found.people)
    return f"{said}; {read} of {count(colleagues, 'colleague has', 'colleagues have')} read the minutes."


def say_opportunities(rows: Sequence[meetings.ResultRow]) -> str:
    """Return what meetings found and nobody has settled yet."""
    late = sum(each.is_late for each in rows)
    waiting = sum(not each.settled for each in rows)
    if not rows:
        return "No meeting has found anything of this sort."
    said = f"{count(waiting, 'opportunity waits', 'opportunities wait')} for whoever took it on"
    return f"{said}, {late} past {'its' if late == 1 else 'their'} day." if late else f"{said}."


def say_result(row: meetings.ResultRow) -> str:
    """Return what became of something a meeting came to."""
    if row.expectation_id:
        return "It is an expectation now."
    if row.settled:
        return f"{row.settled_name}: {row.said}" if row.said else f"{row.settled_name}."
    if row.due_on is None:
        return "Agreed, and not an expectation yet."
    late = "was due on" if row.is_late else "by"
    return f"{row.owner or 'Somebody who has since left'} does it, {late} {format_day(row.due_on)}."


def say_decisions(found: decisions.Shares) -> str:
    """Return what waits to be decided, and what is asked for."""
    if not found.decided and not found.overdue:
        return "Nothing has been decided here yet: put down what is to be decided, and by when."
    said = f"{found.in_time} of {found.decided} were decided in time"
    if found.reviewed:
        said += f", and {found.as_expected} of {found.reviewed} looked back on came out as expected"
    waits = [
        words
        for number, words in (
            (found.overdue, f"{found.overdue} overdue"),
            (found.to_review, f"{found.to_review} asked for {'its' if found.to_review == 1 else 'their'} outcome"),
        )
        if number
    ]
    return f"{said}; {' and '.join(waits)}." if waits else f"{said}."


def say_decision(found: decisions.DecisionDetail, *, on: dt.date) -> str:
    """Return how a decision stands."""
    row = found.row
    if row.outcome:
        return f"{row.outcome_name}; decided {_when(row)}."
    if row.decided_on and row.review_on:
        asked = "is asked for now" if row.is_review_due else f"is asked for on {format_day(row.review_on)}"
        return f"Decided {_when(row)}; what came of it {asked}."
    days = (row.needed_by - on).days
    if days < 0:
        return f"It was needed {count(-days, 'day', 'days')} ago."
    left = "today" if not days else f"in {count(days, 'day', 'days')}"
    return f"Needed {left}; {count(len(found.options), 'option is', 'options are')} weighed."


def _when(row: decisions.DecisionRow) -> str:
    return (
        f"late, {(row.decided_on - row.needed_by).days} days after it was needed"
        if (row.is_late and row.decided_on)
        else "in time"
    )


def say_week(row: week.WeekRow | None, rows: Sequence[week.PriorityRow]) -> str:
    """Return how far a week has come, and whether it fits."""
    if row is None or not rows:
        return "Nothing is planned yet: take up what is asked of you, or put down what you want to get done."
    if row.closed_at:
        return f"{row.achieved} of {row.planned} done."
    counted = [each for each in rows if each.state in ("open", "done")]
    done = sum(each.state == "done" for each in counted)
    hours = sum(each.hours for each in counted)
    said = f"{done} of {len(counted)} done"
    if hours > row.hours:
        return f"{said}; it takes {hours} hours and you have {row.hours}: what stands last does not fit."
    return f"{said}; {hours} of your {row.hours} hours are spoken for."
