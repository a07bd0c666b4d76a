"""Forms of needs and plans."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.development.types.learning import Measure
from wellserved.apps.people.types import LEVELS

Choices = Iterable[tuple[Any, str]]
LEVEL_CHOICES = [("", "As it is")] + [(str(level), f"{level} {name}") for level, name in LEVELS.items()]


def whole(value: str) -> int:
    """Return a chosen id as a number."""
    return int(value)


class NeedForm(forms.Form):
    """Somebody wants to learn something."""

    person_id = forms.TypedChoiceField(label="Who", coerce=whole)
    skill_id = forms.TypedChoiceField(label="Skill", coerce=whole, required=False, empty_value=None)
    what = forms.CharField(label="Or something else", max_length=200, required=False)
    said = forms.CharField(label="What for?", max_length=500, required=False)

    def __init__(self, *args: Any, people: Choices, skills: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["skill_id"].choices = [("", "Not one of these"), *skills]  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """How whoever leads her sees a need."""

    comment = forms.CharField(label="Comment", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Say why."})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlanForm(forms.Form):
    """How a need is met."""

    measure = forms.ChoiceField(label="How", choices=Measure.choices, initial=Measure.COURSE)
    event_id = forms.TypedChoiceField(label="Which course", coerce=whole, required=False, empty_value=None)
    how = forms.CharField(label="In a few words", max_length=300, required=False)
    by_on = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}))
    owner_id = forms.TypedChoiceField(label="Who sees to it", coerce=whole)

    def __init__(self, *args: Any, events: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event_id"].choices = [("", "Not decided yet"), *events]  # type: ignore[attr-defined]
        self.fields["owner_id"].choices = list(owners)  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    """What she can do now."""

    outcome = forms.CharField(
        label="What she can do now, and how it was seen", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    level = forms.TypedChoiceField(
        label="Level from now on", coerce=whole, required=False, empty_value=None, choices=LEVEL_CHOICES
    )
    expires_on = forms.DateField(label="Valid until", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
