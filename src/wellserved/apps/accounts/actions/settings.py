"""What somebody chooses for herself."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping

from django.db import transaction

from wellserved.apps.accounts import queries
from wellserved.apps.accounts.actions import users
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Actor
from wellserved.platform import recording
from wellserved.platform.errors import Invalid
from wellserved.platform.ui.keys import PRESETS


@transaction.atomic
def save_own_settings(*, actor: Actor, name: str, time_zone: str, theme: str, shortcuts: str, now: dt.datetime) -> None:
    """Keep the actor's own name, time zone, theme and preset of shortcuts."""
    user = User.objects.select_for_update().get(pk=actor.person_id)
    if time_zone not in zoneinfo.available_timezones():
        raise Invalid(f"There is no time zone {time_zone!r}. Use one like Europe/London.", field="time_zone")
    if theme not in queries.THEMES:
        raise Invalid("Choose the light or the dark theme, or let the device decide.", field="theme")
    _check_preset(shortcuts)
    before = queries.own_settings(actor=actor)
    wanted = {"name": users.check_name(name), "time_zone": time_zone, "theme": theme, "shortcuts": shortcuts}
    changes = {field: (getattr(before, field), value) for field, value in wanted.items()}
    changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return
    user.name, user.time_zone = str(wanted["name"]), time_zone
    user.preferences = user.preferences | {"theme": theme, "shortcuts": shortcuts}
    user.save(update_fields=["name", "time_zone", "preferences"])
    recording.record(
        actor=actor,
        action="accounts.save_settings",
        subject=("accounts.user", user.pk),
        now=now,
        changes=changes,
    )


@transaction.atomic
def save_own_keys(*, actor: Actor, shortcuts: str, keys: Mapping[str, str], now: dt.datetime) -> None:
    """Keep the actor's preset of shortcuts and the keys she has put in place of others."""
    user = User.objects.select_for_update().get(pk=actor.person_id)
    _check_preset(shortcuts)
    before = queries.own_settings(actor=actor)
    wanted = {"shortcuts": shortcuts, "keys": _say(keys.items())}
    was = {"shortcuts": before.shortcuts, "keys": _say(before.keys)}
    changes = {field: (was[field], value) for field, value in wanted.items() if was[field] != value}
    if not changes:
        return
    user.preferences = user.preferences | {"shortcuts": shortcuts, "keys": dict(keys)}
    user.save(update_fields=["preferences"])
    recording.record(
        actor=actor,
        action="accounts.save_settings",
        subject=("accounts.user", user.pk),
        now=now,
        changes=changes,
    )


@transaction.atomic
def put_aside(*, actor: Actor, task: str, is_aside: bool, now: dt.datetime) -> None:
    """Keep that the actor has put a task of the set-up list aside, or taken it up again; done already is done."""
    user = User.objects.select_for_update().get(pk=actor.person_id)
    before = queries.aside_in(user)
    after = before | {task} if is_aside else before - {task}
    if after == before:
        return
    user.preferences = user.preferences | {queries.ASIDE: sorted(after)}
    user.save(update_fields=["preferences"])
    recording.record(
        actor=actor,
        action="accounts.put_task_aside" if is_aside else "accounts.take_task_up",
        subject=("accounts.user", user.pk),
        now=now,
        changes={queries.ASIDE: (", ".join(sorted(before)), ", ".join(sorted(after)))},
    )


def _check_preset(preset: str) -> None:
    if preset not in PRESETS:
        raise Invalid(f"Shortcuts are one of {', '.join(PRESETS)}.", code="shortcuts", field="shortcuts")


def _say(keys: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{standard} is {own}" for standard, own in sorted(keys))
