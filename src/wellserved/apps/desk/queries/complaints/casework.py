"""A complaint's facts as its clocks and letters need them; for this app alone."""

import datetime as dt

from django.db.models import Max

from wellserved.apps.desk import letters, statutory
from wellserved.apps.desk.models import Complaint, Ticket
from wellserved.apps.desk.types import Kind, MessageKind
from wellserved.apps.desk.types.complaints import MONEY_REMEDIES, Outcome, RemedyKind, Stage, StatutoryClock
from wellserved.apps.standards.queries.law import as_pack
from wellserved.apps.standards.types.law import PackInForce
from wellserved.platform.ui.formatting import format_weekday
from wellserved.science.calendars import LetterRule, Wait

OUR_TEAM = "our complaints team"
_OUTCOMES = {
    Outcome.UPHELD: "We uphold your complaint",
    Outcome.PARTLY: "We partly uphold your complaint",
    Outcome.NOT_UPHELD: "We do not uphold your complaint",
}


def pack_of(row: Complaint) -> PackInForce:
    """Return the rules the complaint began under."""
    return as_pack(row.pack)


def complained_at(ticket: Ticket, *, now: dt.datetime) -> dt.datetime:
    """Return when the customer last wrote, else when the ticket was opened: her complaint came then. Two queries.

    On a ticket that is a complaint already it is what made it one: what she wrote afterwards asks where it stands.
    """
    until = _became_one(ticket) if ticket.kind == Kind.COMPLAINT else now
    said = ticket.messages.filter(kind=MessageKind.CUSTOMER, sent_at__gt=ticket.opened_at, sent_at__lte=until)
    return said.aggregate(latest=Max("sent_at"))["latest"] or ticket.opened_at


def _became_one(ticket: Ticket) -> dt.datetime:
    made = ticket.events.filter(kind="changed", detail__changes__kind__1=Kind.COMPLAINT)
    return made.aggregate(latest=Max("at"))["latest"] or ticket.opened_at


def case_of(row: Complaint) -> statutory.Case:
    """Return what has happened to the complaint so far. Two queries."""
    rules = pack_of(row).rules
    sent: dict[str, dt.date] = {}
    for key, day in row.letters.exclude(sent_on=None).order_by("sent_on").values_list("key", "sent_on"):
        if day is not None:
            sent.setdefault(key, day)
    if row.closed_at:
        sent["close"] = statutory.local_day(rules, row.closed_at)
    return statutory.Case(
        received_on=row.received_on,
        holidays=frozenset(dt.date.fromisoformat(day) for day in row.holidays),
        waits=tuple(
            (wait.reason, Wait(begins=wait.begins, ends=wait.ends, restarts=wait.reason in statutory.RESTARTS))
            for wait in row.waits.order_by("begins", "pk")
        ),
        sent=sent,
        extended=frozenset(row.extended),
    )


def clocks_of(row: Complaint, *, now: dt.datetime) -> tuple[StatutoryClock, ...]:
    """Return the clocks of the law on the complaint as they stand now. Two queries."""
    rules = pack_of(row).rules
    return statutory.clocks(rules, case_of(row), today=statutory.local_day(rules, now))


def facts_of(row: Complaint, *, letter: LetterRule, language: str, now: dt.datetime) -> dict[str, str]:
    """Return what a letter may say of the complaint. Three queries."""
    rules = pack_of(row).rules
    case = case_of(row)
    today = statutory.local_day(rules, now)
    running = [c for c in statutory.clocks(rules, case, today=today) if c.stopped_on is None and not c.is_route]
    due = [c.due_on for c in running if c.due_on and not _stops(rules.clock(c.key), letter.key)]
    due = due or [c.due_on for c in running if c.due_on]
    new_due = _extended_due(row, case, letter)

    def say(day: dt.date | None) -> str:
        return letters.say_day(day, language=language) if day else ""

    return {
        "customer": row.complainant,
        "reference": f"#{row.ticket.number}",
        "received_on": say(row.received_on),
        "today": say(today),
        "summary": row.summary,
        "handler": row.handler.name if row.handler else OUR_TEAM,
        "outcome": _OUTCOMES[Outcome(row.outcome)] if row.outcome else "",
        "cause": row.get_cause_display() if row.cause else "",
        "answer": row.answer,
        "remedy": _say_remedies(row),
        "due_on": say(min(due) if due else None),
        "new_due_on": say(new_due),
        "reason": row.extension_reason,
        "ombudsman": rules.ombudsman,
        "ombudsman_url": rules.ombudsman_url,
        "ombudsman_limit": rules.ombudsman_limit,
        "service": "our service",
    }


def _stops(clock: object, letter: str) -> bool:
    return letter in getattr(clock, "stops_on", ())


def _extended_due(row: Complaint, case: statutory.Case, letter: LetterRule) -> dt.date | None:
    if letter.role != "extension":
        return None
    rules = pack_of(row).rules
    for clock in rules.clocks:
        if clock.extends:
            found = statutory.due_if_extended(rules, case, key=clock.extends)
            return found[1] if found else None
    return None


def _say_remedies(row: Complaint) -> str:
    words = [
        f"{RemedyKind(remedy.kind).label.lower()} of {remedy.amount:.2f} {remedy.currency}"
        if remedy.kind in MONEY_REMEDIES and remedy.amount
        else remedy.note or str(RemedyKind(remedy.kind).label).lower()
        for remedy in row.remedies.order_by("pk")
    ]
    if not words and row.outcome == Outcome.NOT_UPHELD:
        return "nothing more, as we do not think we did anything wrong"
    return "; ".join(words)


def blocked(row: Complaint, *, letter: LetterRule, now: dt.datetime) -> str:
    """Return why a letter cannot be sent yet or any more, whatever it says; empty when it can. Two queries."""
    if row.stage == Stage.CLOSED:
        return "The complaint is closed; ask for a review first."
    if letter.role == "final" and not row.outcome:
        return "Decide first whether the complaint is upheld; the letter says it."
    found = {clock.key: clock for clock in clocks_of(row, now=now)}
    rules = pack_of(row).rules
    if letter.role == "early":
        route = next((found[c.key] for c in rules.clocks if c.is_route and c.letter == letter.key), None)
        if route and route.state == "gone" and route.due_on:
            return f"This route ended on {format_weekday(route.due_on)}; send the final response instead."
    if letter.role == "extension":
        base = next((found[c.extends] for c in rules.clocks if c.extends and c.extends in found), None)
        if base and base.extended_by:
            return "The time is extended already."
        if base and base.state == "passed" and base.due_on:
            return (
                f"An extension must be told in time, and the time ended on {format_weekday(base.due_on)}. "
                "Answer now, and say that it is late."
            )
    return ""
