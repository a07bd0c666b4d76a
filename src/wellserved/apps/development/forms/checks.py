"""What the pages of understanding checks take."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from wellserved.apps.development.types.checks import AttemptRow, QuestionKind
from wellserved.platform.http.forms import read_number

STAR = "*"


def read_options(text: str) -> tuple[tuple[str, bool], ...]:
    r"""Return the answers of a text, one on each line, a star before each that is right.

    >>> read_options("* Ninety per cent\n\nEighty per cent")
    (('Ninety per cent', True), ('Eighty per cent', False))
    """
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return tuple((line.removeprefix(STAR).strip(), line.startswith(STAR)) for line in lines)


class QuestionForm(forms.Form):
    """A question, its answers and why."""

    text = forms.CharField(label="Question", max_length=500, error_messages={"required": "Ask something."})
    kind = forms.ChoiceField(label="Answered by", choices=QuestionKind.choices, widget=forms.RadioSelect)
    options = forms.CharField(
        label="Answers",
        max_length=2500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line, a star (*) before each that is right. Not for true or false, or own words.",
    )
    is_true = forms.BooleanField(label="It is true", required=False, help_text="For true or false alone.")
    explanation = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Explain the answer: whoever got it wrong learns from it."},
        help_text="Shown to whoever got it wrong; for own words, what they should say.",
    )
    expectation = forms.TypedChoiceField(
        label="Asks what customers expect", coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, expectations: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expectation"].choices = [("", "No single one"), *expectations]  # type: ignore[attr-defined]

    def question(self) -> dict[str, Any]:
        """Return the question as the action takes it."""
        given = self.cleaned_data
        is_true = given["is_true"]
        options = (
            (("True", is_true), ("False", not is_true))
            if given["kind"] == QuestionKind.TRUE_FALSE
            else read_options(given["options"])
        )
        return {
            "kind": given["kind"],
            "text": given["text"],
            "options": options,
            "explanation": given["explanation"],
            "expectation_id": given["expectation"],
        }


class SetUpForm(forms.Form):
    """How many questions are drawn, and how many right are enough."""

    size = forms.IntegerField(label="Questions drawn", min_value=1, max_value=50)
    per_cent = forms.IntegerField(label="Right to pass", min_value=50, max_value=100)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class JudgementForm(forms.Form):
    """Whether somebody's own words show that she understood, and what shows it."""

    is_right = forms.ChoiceField(choices=[("yes", "Understood"), ("no", "Not yet")])
    reasons = forms.CharField(max_length=500)


def read_answers(attempt: AttemptRow, given: QueryDict | Mapping[str, Any]) -> dict[int, Any]:
    """Return what was answered, by question: places of options, or words."""
    found: dict[int, Any] = {}
    for asked in attempt.asked:
        name = f"q{asked.question.id}"
        if asked.question.kind == QuestionKind.TEACH_BACK:
            found[asked.question.id] = str(given.get(name, ""))
            continue
        typed = given.getlist(name) if isinstance(given, QueryDict) else list(given.get(name, ()))
        found[asked.question.id] = [place for each in typed[:8] if (place := read_number(str(each))) is not None]
    return found
