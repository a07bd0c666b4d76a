"""Forms about colleagues, skills and limits."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.accounts.types import Person
from wellserved.apps.people.types import LEVELS, SkillRow

AVAILABILITY = (("available", "Available"), ("busy", "Busy"), ("absent", "Absent"))
PERIODS = (("ticket", "per ticket"), ("day", "per day"), ("month", "per month"))


class ProfileForm(forms.Form):
    """What the service knows of a colleague."""

    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    phone = forms.CharField(label="Phone at work", max_length=40, required=False)
    started_on = forms.DateField(label="Started on", required=False)
    fte = forms.DecimalField(
        label="Share of a full week", min_value=0, max_value=1, max_digits=3, decimal_places=2, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AvailabilityForm(forms.Form):
    """Whether work may be given to a colleague."""

    availability = forms.ChoiceField(label="Availability", choices=AVAILABILITY)
    until = forms.DateTimeField(label="Until", required=False)


class SkillForm(forms.Form):
    """A skill of the service."""

    name = forms.CharField(label="Skill", max_length=120)
    group = forms.CharField(label="Group", max_length=80, required=False)
    description = forms.CharField(label="What it takes", max_length=300, required=False)
    minimum_cover = forms.IntegerField(label="Colleagues needed", min_value=0, max_value=1000, initial=2)


class HeldSkillForm(forms.Form):
    """A colleague's level in a skill."""

    user_id = forms.TypedChoiceField(label="Colleague", coerce=int)
    skill_id = forms.TypedChoiceField(label="Skill", coerce=int)
    level = forms.TypedChoiceField(
        label="Level", coerce=int, choices=[(level, f"{level} {name}") for level, name in LEVELS.items()]
    )
    expires_on = forms.DateField(label="Valid until", required=False)
    evidence = forms.CharField(label="Evidence", max_length=300, required=False)
    reason = forms.CharField(label="Reason", max_length=500)

    def __init__(self, *args: Any, people: Iterable[Person], skills: Iterable[SkillRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(row.id, row.name) for row in people]  # type: ignore[attr-defined]
        self.fields["skill_id"].choices = [(row.id, row.name) for row in skills]  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """What a role or a person may grant alone. `holder` is `role:<role>` or `user:<id>`."""

    holder = forms.ChoiceField(label="Who")
    remedy = forms.ChoiceField(label="Remedy")
    amount = forms.DecimalField(label="Amount", min_value=0, max_digits=12, decimal_places=2)
    period = forms.ChoiceField(label="Period", choices=PERIODS)
    reason = forms.CharField(label="Reason", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        holders: Iterable[tuple[str, str]],
        remedies: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = list(holders)  # type: ignore[attr-defined]
        self.fields["remedy"].choices = list(remedies)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Split the holder into a role or a person."""
        given = super().clean() or {}
        kind, _, key = given.pop("holder", "").partition(":")
        given["role"] = key if kind == "role" else ""
        given["user_id"] = int(key) if kind == "user" else None
        return given


class RemovalForm(forms.Form):
    """Why a limit goes, and which version of it was read."""

    reason = forms.CharField(label="Reason", max_length=500)
    version = forms.IntegerField()
