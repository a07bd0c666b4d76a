"""Cases as a table tells them, turned into tickets as the desk keeps them."""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from typing import TypeVar

from wellserved.apps.desk.historic import HistoricCustomer, HistoricEvent, HistoricMessage, HistoricTicket
from wellserved.apps.desk.types import Channel, Kind, Level, MessageKind, Priority
from wellserved.science.formats import CaseEvent, CaseRecord

# What an event of a log means to the clocks; anything else is kept as a note with its activity's name.
_EVENT_KINDS = {
    "opened": "opened",
    "customer_message": "customer_message",
    "agent_reply": "agent_reply",
    "status_changed": "status_changed",
    "resolved": "status_changed",
    "closed": "status_changed",
    "reopened": "reopened",
}
_LEVELS = {
    "1": Level.HIGH, "2": Level.MEDIUM, "3": Level.LOW,
    "high": Level.HIGH, "medium": Level.MEDIUM, "normal": Level.MEDIUM, "moderate": Level.MEDIUM, "low": Level.LOW,
}  # fmt: skip
_PRIORITIES = {
    "1": Priority.CRITICAL, "2": Priority.HIGH, "3": Priority.NORMAL, "4": Priority.LOW, "5": Priority.LOW,
    "critical": Priority.CRITICAL, "urgent": Priority.CRITICAL, "major": Priority.CRITICAL, "high": Priority.HIGH,
    "medium": Priority.NORMAL, "normal": Priority.NORMAL, "moderate": Priority.NORMAL, "low": Priority.LOW,
}  # fmt: skip
_CHANNELS = {
    "phone": Channel.PHONE, "voice": Channel.PHONE, "call": Channel.PHONE, "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL, "mail": Channel.EMAIL, "web": Channel.WEB, "self service": Channel.WEB,
    "self-service": Channel.WEB, "portal": Channel.WEB, "app": Channel.WEB, "chat": Channel.CHAT, "api": Channel.API,
    "integrated agency": Channel.API, "walk": Channel.WALK_IN, "in person": Channel.WALK_IN,
}  # fmt: skip
_KINDS = {
    "problem": Kind.PROBLEM, "incident": Kind.PROBLEM, "bug": Kind.PROBLEM, "complaint": Kind.COMPLAINT,
    "compliment": Kind.COMPLIMENT, "praise": Kind.COMPLIMENT, "question": Kind.QUESTION, "request": Kind.REQUEST,
}  # fmt: skip
T = TypeVar("T")
_NOBODY = "Not recorded"
_LONGEST_ADDRESS = 254
_LONGEST_KEY = 120


def to_ticket(case: CaseRecord, *, system: str, link_template: str = "") -> HistoricTicket:
    """Return the case of a system as a ticket of the past; what has no field of its own is kept as an attribute."""
    attributes = {key: value for key, value in case.attributes.items() if value}
    for key in ("category", "priority", "impact", "urgency", "kind", "channel", "agent", "status_text"):
        if value := getattr(case, key):
            attributes.setdefault(key.replace("_text", ""), value)
    if case.flags:
        attributes["flags"] = ", ".join(case.flags)
    return HistoricTicket(
        external_id=_short(case.external_id),
        opened_at=case.opened_at,
        subject=_subject(case),
        customer=_customer(case, system=system),
        queue=case.team or case.category or "Imported",
        events=_events(case),
        messages=_messages(case),
        kind=_word(case.kind, _KINDS) or Kind.REQUEST,
        channel=_word(case.channel, _CHANNELS) or Channel.IMPORT,
        impact=_word(case.impact, _LEVELS) or Level.MEDIUM,
        urgency=_word(case.urgency, _LEVELS) or Level.MEDIUM,
        priority=_word(case.priority, _PRIORITIES),
        product=case.product,
        place=case.place,
        tags=case.tags,
        external_url=link_template.replace("{id}", case.external_id) if link_template else "",
        attributes=attributes,
    )


def _short(key: str) -> str:
    """Keep two long keys apart that begin alike: the desk holds so many characters of one."""
    if len(key) <= _LONGEST_KEY:
        return key
    mark = hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
    return f"{key[: _LONGEST_KEY - len(mark) - 1]}~{mark}"


def _subject(case: CaseRecord) -> str:
    named = case.subject or " · ".join(part for part in (case.category, case.product) if part)
    return named or f"Case {case.external_id.removeprefix('Case ')}"


def _customer(case: CaseRecord, *, system: str) -> HistoricCustomer:
    """An address is somebody's wherever it stands; a name or number is only what this one system calls somebody."""
    name = case.customer or case.organisation or _NOBODY
    is_address = len(name) <= _LONGEST_ADDRESS and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", name) is not None
    key = f"{case.organisation}/{name}" if case.organisation else name
    return HistoricCustomer(
        key=_short(key if is_address else f"{system}:{key}"),
        name=name,
        email=name if is_address else "",
        organisation=case.organisation,
    )


def _events(case: CaseRecord) -> tuple[HistoricEvent, ...]:
    """Return the events with exactly one opening, the first: the clocks begin there, whatever the log calls it."""
    first, *rest = (_event(event) for event in case.events)
    if first.kind == "opened" or first.at == case.opened_at:
        begun = [dataclasses.replace(first, kind="opened")]
    else:
        begun = [HistoricEvent(at=case.opened_at, kind="opened", status="new"), first]
    return (*begun, *(_again(event) for event in rest))


def _again(event: HistoricEvent) -> HistoricEvent:
    if event.kind != "opened":
        return event
    return dataclasses.replace(event, kind="status_changed" if event.status else "note")


def _event(event: CaseEvent) -> HistoricEvent:
    detail = {key: value for key, value in (("actor_label", event.agent), ("team", event.team)) if value}
    return HistoricEvent(
        at=event.at,
        kind=_EVENT_KINDS.get(event.kind, "status_changed" if event.status else "note"),
        status=event.status or "",
        reason=event.status_text,
        activity=event.activity or event.status_text,
        detail=detail,
    )


def _messages(case: CaseRecord) -> tuple[HistoricMessage, ...]:
    if not case.body:
        return ()
    return (
        HistoricMessage(
            at=case.opened_at,
            kind=MessageKind.CUSTOMER,
            body=case.body,
            author_label=case.customer,
            channel=Channel.IMPORT,
        ),
    )


def _word(text: str, meanings: Mapping[str, T]) -> T | None:
    said = text.strip().lower()
    if not said:
        return None
    if said in meanings:
        return meanings[said]
    for word in re.split(r"[^a-z0-9]+", said):
        if word in meanings:
            return meanings[word]
    return next((meaning for word, meaning in meanings.items() if len(word) > 2 and word in said), None)
