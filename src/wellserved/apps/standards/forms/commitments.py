"""The steps of the wizard: one question each, everything optional until the standard is agreed."""

import decimal
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wellserved.apps.standards.forms.durations import read_duration
from wellserved.apps.standards.forms.promises import WAITING
from wellserved.apps.standards.policies.smart import find_vague_word, offer_instead
from wellserved.apps.standards.types.commitments import AUDIENCES, Answers
from wellserved.apps.standards.types.measures import FREQUENCIES, MEASURES, SOURCES
from wellserved.apps.standards.types.wording import say_span
from wellserved.platform.http.forms import HiddenId

Choices = Iterable[tuple[Any, str]]
_CHOOSE = ("", "Choose")


class ExpectationForm(forms.Form):
    """What do they expect?"""

    expectation = forms.CharField(
        label="What do they expect?",
        max_length=500,
        widget=forms.Textarea,
        help_text="In their words: what they said, asked for or complained of.",
        error_messages={"required": "Say what they expect, such as an answer on the same day."},
    )
    expectation_id = HiddenId()


class PromiseForm(forms.Form):
    """What do we promise?"""

    promise = forms.CharField(
        label="What do we promise?",
        max_length=300,
        help_text="A sentence anybody could hold us to: who does what, how often, within which time.",
        error_messages={"required": f"Say what is promised, such as {offer_instead()}."},
    )

    def clean_promise(self) -> str:
        """Refuse what two people could read in two ways, and offer what could be measured."""
        promise: str = self.cleaned_data["promise"].strip()
        if find_vague_word(promise):
            raise forms.ValidationError(
                f"“{promise}” does not say how often and within which time, so nobody could tell whether it was kept. "
                f"Say for example {offer_instead()}."
            )
        return promise


class MeasureForm(forms.Form):
    """How is it measured, and from which data?"""

    measure = forms.ChoiceField(
        label="Measured by",
        choices=[_CHOOSE, *((m.key, m.label) for m in MEASURES.values())],
        error_messages={"required": "Choose the measure by which anybody can see whether it was kept."},
    )
    aim = forms.DecimalField(
        label="Aim",
        min_value=decimal.Decimal("0.01"),
        max_value=1_000_000,
        decimal_places=2,
        help_text="In per cent, such as 95; for a cost, in pounds.",
        error_messages={"required": "Say what you aim at, such as 95 per cent."},
    )
    tolerance = forms.DecimalField(
        label="Tolerance",
        required=False,
        min_value=0,
        max_value=1000,
        decimal_places=2,
        help_text="How far below the aim is still no alarm, in the same unit.",
    )
    within = forms.CharField(label="Within", required=False, max_length=40, help_text="Such as 8 h 30 min. Times only.")
    calendar = forms.TypedChoiceField(label="Counted in", coerce=int, empty_value=None, required=False)
    source = forms.ChoiceField(
        label="Where the figures come from",
        choices=[("", "Choose where the figures come from"), *SOURCES.items()],
        error_messages={"required": "Choose where the figures come from: without data nobody can tell."},
    )
    pause_on = forms.MultipleChoiceField(
        label="The clock pauses while", choices=WAITING, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, calendars: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = [_CHOOSE, *calendars]  # type: ignore[attr-defined]

    def clean_within(self) -> int | None:
        """Read the time."""
        text = self.cleaned_data["within"].strip()
        return read_duration(text) if text else None

    def clean(self) -> dict[str, Any]:
        """Turn per cent into shares, and say what this measure still needs."""
        cleaned = super().clean() or {}
        measure = MEASURES.get(cleaned.get("measure", ""))
        if measure is None:
            return cleaned
        if measure.shape == "time":
            self._ask_for("within", cleaned, "Say within which time, such as 8 h 30 min.")
            self._ask_for("calendar", cleaned, "Choose the hours in which that time counts.")
        if cleaned.get("source") and cleaned["source"] not in measure.sources:
            words = " or ".join(SOURCES[source].lower() for source in measure.sources)
            self.add_error("source", f"{measure.label} cannot be read from there; it comes from {words}.")
        if measure.shape != "amount" and (cleaned.get("aim") or 0) > 100:
            self.add_error("aim", "The share lies above 0 and at most at 100 per cent.")
        return cleaned

    def _ask_for(self, name: str, cleaned: Mapping[str, Any], sentence: str) -> None:
        if cleaned.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, sentence)


class ScopeForm(forms.Form):
    """For whom does it hold?"""

    audience = forms.ChoiceField(
        label="For whom does it hold?",
        choices=AUDIENCES.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom it holds."},
    )
    partner_id = forms.TypedChoiceField(label="Partner who promises it", coerce=int, empty_value=None, required=False)
    agreed_with = forms.CharField(
        label="Agreed with",
        required=False,
        max_length=160,
        help_text="For colleagues and partners: the person on the other side who said yes.",
    )

    def __init__(
        self, *args: Any, partners: Choices, conditions: Mapping[str, tuple[str, Choices]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner_id"].choices = [("", "Nobody outside"), *partners]  # type: ignore[attr-defined]
        self.scope = []
        for name, (label, choices) in conditions.items():
            listed = list(choices)
            if listed:
                self.scope.append(f"when_{name}")
                self.fields[f"when_{name}"] = forms.MultipleChoiceField(
                    label=label, choices=listed, required=False, widget=forms.CheckboxSelectMultiple
                )

    def clean(self) -> dict[str, Any]:
        """Ask who the other side is when there is one."""
        cleaned = super().clean() or {}
        if cleaned.get("audience") == "partners" and not cleaned.get("partner_id") and "partner_id" not in self.errors:
            self.add_error("partner_id", "Choose the partner; a new one is added under Partners.")
        if cleaned.get("audience") in {"colleagues", "partners"} and not cleaned.get("agreed_with"):
            self.add_error("agreed_with", "Name the person on the other side who said yes.")
        return cleaned


class PeopleForm(forms.Form):
    """From when, and who owns and reviews it?"""

    name = forms.CharField(label="What do we call it?", max_length=120, required=False)
    effective_on = forms.DateField(
        label="It begins on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say from which day it holds."},
    )
    owner_id = forms.TypedChoiceField(
        label="Who answers for it?",
        coerce=int,
        empty_value=None,
        error_messages={"required": "Choose the person who answers for it."},
    )
    frequency = forms.ChoiceField(
        label="How often is it looked at?",
        choices=[_CHOOSE, *FREQUENCIES.items()],
        error_messages={"required": "Say how often somebody looks at it."},
    )
    review_on = forms.DateField(
        label="When is it reviewed?",
        error_messages={"required": "Say when it is reviewed: a promise nobody looks at grows old."},
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="On that day it shows on Today until somebody says whether it still fits.",
    )
    legal_basis = forms.CharField(
        label="Which law or code asks for it?",
        max_length=300,
        required=False,
        help_text="Only if one does, such as DISP 1.6.2 R.",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = [_CHOOSE, *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let nothing be reviewed before it begins."""
        cleaned = super().clean() or {}
        begins, review = cleaned.get("effective_on"), cleaned.get("review_on")
        if begins and review and review <= begins:
            self.add_error("review_on", "The review comes after the day it begins.")
        return cleaned


class AgreeForm(forms.Form):
    """Why it changes, on the last step."""

    reason = forms.CharField(
        label="Why does it change?", max_length=300, required=False, help_text="Kept in the history of the standard."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReviewForm(forms.Form):
    """What a review found."""

    finding = forms.CharField(label="What did you find?", max_length=300, widget=forms.Textarea)
    next_on = forms.DateField(label="Next review", widget=forms.DateInput(attrs={"type": "date"}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReadingForm(forms.Form):
    """A figure from outside the desk."""

    on = forms.DateField(label="Period that ended on", widget=forms.DateInput(attrs={"type": "date"}))
    value = forms.DecimalField(label="Figure", min_value=0, max_value=1_000_000_000, decimal_places=2)
    cases = forms.IntegerField(label="Of how many", min_value=1, max_value=1_000_000_000)
    note = forms.CharField(label="Note", max_length=200, required=False)


def answers_from(step: str, cleaned: Mapping[str, Any], before: Answers) -> dict[str, Any]:
    """Return all answers as data with those of one step replaced."""
    data = {**before.as_data(), "effective_on": before.effective_on, "review_on": before.review_on}
    given = dict(cleaned)
    if step == "measure":
        measure = MEASURES.get(given.get("measure") or "")
        unit = 1 if measure and measure.shape == "amount" else 100
        aim, tolerance = given.pop("aim", None), given.pop("tolerance", None)
        given |= {
            "target": float(aim / unit) if aim is not None else None,
            "tolerance": float((tolerance or 0) / unit),
            "seconds": given.pop("within", None),
        }
        if measure and measure.shape != "time":
            given |= {"seconds": None, "calendar": None, "pause_on": []}
    if step == "scope":
        scope = {name.removeprefix("when_"): given.pop(name) for name in list(given) if name.startswith("when_")}
        given["conditions"] = {
            name: [int(value) if value.isdigit() else value for value in values]
            for name, values in scope.items()
            if values
        }
        if given.get("audience") != "partners":
            given["partner_id"] = None
        if given.get("audience") == "customers":
            given["agreed_with"] = ""
    if step == "people" and not given.get("name"):
        given["name"] = (before.promise or before.expectation)[:120]
    return {**data, **given}


def initial_of(answers: Answers) -> dict[str, Any]:
    """Return what the steps show of answers given before."""
    measure = MEASURES.get(answers.measure)
    unit = 1 if measure and measure.shape == "amount" else 100
    shown = {
        name: getattr(answers, name)
        for name in (
            *("expectation", "expectation_id", "promise", "measure", "source", "calendar", "audience", "partner_id"),
            *("agreed_with", "name", "effective_on", "owner_id", "frequency", "review_on", "legal_basis"),
        )
    }
    return shown | {
        "aim": f"{round(answers.target * unit, 2):g}" if answers.target is not None else None,
        "tolerance": f"{round(answers.tolerance * unit, 2):g}" if answers.tolerance else None,
        "within": say_span(answers.seconds) if answers.seconds else "",
        "pause_on": list(answers.pause_on),
        **{f"when_{name}": [str(value) for value in values] for name, values in answers.conditions.items()},
    }
