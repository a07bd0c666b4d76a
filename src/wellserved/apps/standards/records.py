"""Policies and calendars as history and links know them: titles, addresses, who may see which."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import models

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import wording
from wellserved.apps.standards.models import Calendar, Policy
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world

_SENTENCES = {
    "standards.save_calendar": "saved a version of the calendar",
    "standards.save_policy": "saved a version of the policy",
    "standards.reorder_policies": "changed the order in which policies are tried",
    "standards.retire_policy": "retired the policy",
}


def register() -> None:
    """Make policies and calendars known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
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
                titles=_titles(model),
                policy=_visible(model),
                step=step,
            )
        )


def _address(folder: str) -> Callable[[int], str]:
    return lambda pk: f"/standards/{folder}/{pk}"


def _titles(model: type[models.Model]) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", "name"))


def _visible(model: type[models.Model]) -> Callable[[Actor, Collection[int]], Collection[int]]:
    def visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
        if not actor.can(accounts_policies.READ_STANDARDS):
            return set()
        rows: Any = in_world(model._default_manager.filter(pk__in=ids), actor.world)
        return set(rows.values_list("pk", flat=True))

    return visible
