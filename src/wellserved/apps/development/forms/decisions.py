"""What is typed where decisions are put down, weighed, taken and looked back on."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wellserved.apps.development.forms.learning import whole
from wellserved.apps.development.types import decisions as types
from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform.http.forms import HiddenId

Choices = Sequence[tuple[Any, str]]
_DAY = {"type": "date"}


def _area(label: str, longest: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **more)


class QuestionForm(forms.Form):
    """What is to be decided, by when, by whom."""

    question = forms.CharField(
        label="What is to be decided?", max_length=200, help_text="As a question, such as: Do we open on Saturdays?"
    )
    needed_by = forms.DateField(
        label="Needed by", widget=forms.DateInput(attrs=_DAY), help_text="After this day it is too late to matter."
    )
    decider_id = forms.TypedChoiceField(label="Who decides", coerce=whole)
    known = _area("What we know", 2000, required=False)
    unknown = _area("What we do not know", 2000, required=False, help_text="And whether it could be found out in time.")
    is_restricted = forms.BooleanField(
        label="Restricted", required=False, help_text="Seen by you and whoever decides, and by nobody else."
    )
    meeting_id = HiddenId()

    def __init__(self, *given: Any, deciders: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["decider_id"].choices = deciders  # type: ignore[attr-defined]


class OptionForm(forms.Form):
    """Something that could be done."""

    words = forms.CharField(label="What could be done", max_length=200)
    advantages = _area("What speaks for it", 1000, rows=2, required=False)
    disadvantages = _area("What speaks against it", 1000, rows=2, required=False)


class KnownForm(forms.Form):
    """What is known by now."""

    known = _area("What we know", 2000, required=False)
    unknown = _area("What we do not know", 2000, required=False)
    version = HiddenId()


class DecideForm(forms.Form):
    """Which one, why, and what is expected of it."""

    option_id = forms.TypedChoiceField(
        label="What is decided",
        coerce=whole,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the options."},
    )
    reasons = _area("Why this one", 2000)
    expected = forms.CharField(
        label="What you expect of it",
        max_length=500,
        help_text="So that one can see later whether it came true, such as: 8 in 10 replies on Saturdays in time.",
    )
    measure = forms.ChoiceField(
        label="Figure of the desk that would show it",
        required=False,
        help_text="It is kept as it stands now, and shown beside how it stands then.",
    )
    review_on = forms.DateField(label="Look back on", widget=forms.DateInput(attrs=_DAY))
    version = HiddenId()

    def __init__(self, *given: Any, options: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["option_id"].choices = options  # type: ignore[attr-defined]
        self.fields["measure"].choices = [("", "No figure"), *METRIC_LABELS.items()]  # type: ignore[attr-defined]


class LookBackForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label="What came of it",
        choices=types.OUTCOMES.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four."},
    )
    found = _area("What you see now", 1000)
    version = HiddenId()
