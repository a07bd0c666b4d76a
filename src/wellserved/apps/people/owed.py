"""What this app asks of a person: to read her role, to follow her induction, to renew what runs out."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import duties
from wellserved.apps.people.models import StaffSkill
from wellserved.apps.people.queries import matrix, roles
from wellserved.platform import clock


def register() -> None:
    """Make the duties known; called once when Django starts."""
    duties.register("people.roles", _roles, rows=lambda actor, _now: roles.own_rows(actor=actor))
    duties.register("people.skills", _skills, rows=_own_expiring)


def _own_expiring(actor: Actor, now: dt.datetime) -> QuerySet[StaffSkill]:
    return matrix.expiring_rows(actor=actor, on=clock.day_of(now), mine=True)


def _roles(actor: Actor, now: dt.datetime) -> Iterator[duties.Duty]:
    soon = clock.day_of(now) + matrix.SOON
    held = roles.own(actor=actor)
    for row, current in held:
        if row.read < current:
            url = reverse("people:role", args=[row.role_id])
            yield duties.Duty(what=f"Read pack {current} of your role, {row.role}", url=url, button="Read it")
        for step in row.induction:
            if step.done_at is None and step.due_on <= soon:
                url = reverse("people:profile", args=[row.user_id])
                yield duties.Duty(what=step.text, url=url, button="Open", due_on=step.due_on)


def _skills(actor: Actor, now: dt.datetime) -> Iterator[duties.Duty]:
    for row in matrix.expiring(actor=actor, on=clock.day_of(now), mine=True):
        words = "has run out" if row.is_over else "runs out"
        url = f"{reverse('people:profile', args=[row.user_id])}#skills"
        yield duties.Duty(what=f"{row.skill} {words}: renew it", url=url, button="Look", due_on=row.expires_on)
