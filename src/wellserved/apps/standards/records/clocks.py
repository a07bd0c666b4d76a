"""Policies and calendars as history and links know them: titles, addresses, who may see which."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import models

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.ledger import wording
from wellserved.apps.standards.models import Calendar, CalendarVersion, Policy
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world
from wellserved.platform.ui import formatting

_SENTENCES = {
    "standards.save_calendar": "saved a version of the calendar",
    "standards.save_policy": "saved a version of the policy",
    "standards.reorder_policies": "changed the order in which policies are tried",
    "standards.retire_policy": "retired the policy",
}
# In the order in which the parts of a target or of a step are read.
_LABELS = {
    "standards.spec": "Opening hours",
    "standards.conditions": "For",
    "standards.escalation": "Escalation by time",
    "standards.order": "Order",
    "standards.metric": "",
    "standards.priority": "priority",
    "standards.seconds": "within",
    "standards.calendar": "of",
    "standards.aim": "aim",
    "standards.warn_before": "warning before it is due",
    "standards.pause_on": "paused while",
    "standards.pause_reasons": "paused for",
    "standards.reopen": "when reopened the clock",
    "standards.level": "level",
    "standards.before_seconds": "",
    "standards.after_seconds": "",
    "standards.tell": "tells",
    "standards.how": "",
    "standards.internal": "internal customer",
}
_HOW = {"screen": "on the screen", "mail": "on the screen and by mail"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REOPEN = {"resume": "goes on", "restart": "begins again"}
_TELL = {role: label.lower() for role, label in Role.choices} | {"assignee": "whoever has it"}


def register() -> None:
    """Make policies and calendars known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    _register_words()
    for key, label, model, step in (
        ("standards.policy", "Policy", Policy, "standard"),
        ("standards.calendar", "Calendar", Calendar, ""),
    ):
        folder = "policies" if model is Policy else "calendars"
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=_address(folder),
                titles=titles_of(model),
                policy=visible_to_staff(model),
                step=step,
            )
        )


def _register_words() -> None:
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("standards.seconds", formatting.format_duration)
    wording.values("standards.warn_before", formatting.format_duration)
    wording.values(
        "standards.before_seconds", lambda seconds: f"{formatting.format_duration(seconds)} before it is due"
    )
    wording.values("standards.after_seconds", _say_after)
    wording.values("standards.metric", METRIC_LABELS)
    wording.values("standards.aim", lambda share: formatting.format_percent(share, 0))
    wording.values("standards.reopen", _REOPEN)
    wording.values("standards.tell", _TELL)
    wording.values("standards.how", _HOW)
    wording.values("standards.spec", say_hours)
    wording.names("standards.calendar", _name_calendar_versions)
    wording.names("standards.order", titles_of(Policy))


def say_hours(spec: Any) -> str:
    """Return a working calendar's definition in words.

    >>> hours = {"0": [["09:00", "12:00"], ["13:00", "17:30"]]}
    >>> say_hours({"tz": "Europe/London", "hours": hours, "holidays": ["12-25"]})
    'Monday 09:00 to 12:00 and 13:00 to 17:30; Europe/London; 1 closed day'
    """
    hours = spec.get("hours", {})
    open_days = [
        f"{day} {' and '.join(' to '.join(window[:2]) for window in hours[str(number)])}"
        for number, day in enumerate(_DAYS)
        if hours.get(str(number))
    ]
    counts = ((spec.get("holidays"), "closed day"), (spec.get("openings"), "extra opening"))
    extra = [f"{len(rows)} {word}{'' if len(rows) == 1 else 's'}" for rows, word in counts if rows]
    return "; ".join([", ".join(open_days), str(spec.get("tz", "")), *extra])


def _say_after(seconds: int) -> str:
    return f"{formatting.format_duration(seconds)} after it was due" if seconds else "when it is due"


def _name_calendar_versions(ids: Collection[int]) -> Mapping[int, str]:
    return dict(CalendarVersion.objects.filter(pk__in=ids).values_list("pk", "calendar__name"))


def _address(folder: str) -> Callable[[int], str]:
    return lambda pk: f"/standards/{folder}/{pk}"


def titles_of(model: type[models.Model]) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", "name"))


def visible_to_staff(model: type[models.Model]) -> Callable[[Actor, Collection[int]], Collection[int]]:
    def visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
        if not actor.can(accounts_policies.READ_STANDARDS):
            return set()
        rows: Any = in_world(model._default_manager.filter(pk__in=ids), actor.world)
        return set(rows.values_list("pk", flat=True))

    return visible
