"""What people type about complaints, read and checked before an action sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wellserved.apps.accounts.types import Person
from wellserved.apps.desk.types.complaints import (
    COMPLAINT_VIEWS,
    Cause,
    ComplaintFilters,
    Outcome,
    OutsideKind,
    RemedyKind,
    Stage,
)
from wellserved.platform.http.forms import read_number
from wellserved.science.calendars import RecordField

NOBODY = [("", "Nobody yet")]
WAIT_WORDS = {"identity": "Proof of identity", "clarification": "Clarification", "fee": "A fee"}


def read_complaint_filters(given: Mapping[str, str]) -> ComplaintFilters:
    """Return the filters an address names; a part that makes no sense narrows nothing."""
    view = given.get("view", "open")
    return ComplaintFilters(
        view=view if view in COMPLAINT_VIEWS else "open",
        stage=_one_of(given.get("stage", ""), Stage.values),
        outcome=_one_of(given.get("outcome", ""), Outcome.values),
        cause=_one_of(given.get("cause", ""), Cause.values),
        handler=read_number(given.get("handler", "")),
        pack=read_number(given.get("pack", "")),
        q=given.get("q", "").strip()[:200],
    )


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


class _Versioned(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class BeginForm(forms.Form):
    """When the customer complained, on a ticket that becomes a complaint."""

    received_at = forms.DateTimeField(
        label="When did she complain?",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
        help_text="The law counts from this day, not from today. A letter or a call may have come before the ticket "
        "was opened.",
    )


class PeopleForm(_Versioned):
    """Who handles, who reviews, who may know."""

    handler = forms.TypedChoiceField(label="Handler", coerce=int, required=False, empty_value=None)
    reviewer = forms.TypedChoiceField(
        label="Independent reviewer",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Only colleagues who have had no part in it are offered.",
    )
    is_restricted = forms.BooleanField(
        label="About a colleague: for managers, handler and reviewer alone", required=False
    )

    def __init__(self, *args: Any, handlers: Sequence[Person], reviewers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("handler", handlers), ("reviewer", reviewers)):
            self.fields[name].choices = [*NOBODY, *((p.id, p.name) for p in people)]  # type: ignore[attr-defined]


class DecisionForm(_Versioned):
    """Whether the complainant was right, why, and what we learn."""

    outcome = forms.ChoiceField(label="Outcome", choices=Outcome.choices, widget=forms.RadioSelect)
    cause = forms.ChoiceField(label="What let it happen", choices=[("", "Choose"), *Cause.choices])
    answer = forms.CharField(
        label="Why, in the words of the letter",
        widget=forms.Textarea,
        max_length=8000,
        help_text="It follows “because” in the final response.",
    )
    lessons = forms.CharField(label="What we learn", widget=forms.Textarea, max_length=4000, required=False)


class RemedyForm(_Versioned):
    """What is done to put it right."""

    kind = forms.ChoiceField(label="Remedy", choices=RemedyKind.choices)
    amount = forms.DecimalField(
        label="Amount in pounds",
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text="For money alone; it counts against your limit.",
    )
    note = forms.CharField(label="What is done", max_length=500, required=False)


class WaitForm(_Versioned):
    """What is awaited from the complainant."""

    reason = forms.ChoiceField(label="Waiting for")
    note = forms.CharField(label="What was asked for", max_length=500)

    def __init__(self, *args: Any, waits: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(wait, WAIT_WORDS[wait]) for wait in waits]  # type: ignore[attr-defined]


class OutsideForm(_Versioned):
    """Which outside body has it."""

    kind = forms.ChoiceField(label="What it does", choices=OutsideKind.choices)
    body = forms.CharField(label="Body", max_length=200)
    reference = forms.CharField(label="Their reference", max_length=120, required=False)
    person = forms.CharField(label="Mediator or arbitrator", max_length=200, required=False)
    is_binding = forms.BooleanField(label="Its decision binds us", required=False)


class OutsideDecisionForm(_Versioned):
    """What came of it."""

    decision = forms.CharField(
        label="Decision or agreement",
        widget=forms.Textarea,
        max_length=4000,
        help_text="Of a mediation write the agreement, never what was said in it.",
    )
    signed_on = forms.DateField(
        label="Signed by both sides on", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )


class RecordForm(_Versioned):
    """What it is about, and the facts its rules want on the record."""

    summary = forms.CharField(label="What it is about", widget=forms.Textarea, max_length=4000)

    def __init__(self, *args: Any, wanted: Sequence[RecordField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in wanted:
            self.fields[f"record_{field.key}"] = forms.CharField(label=field.label, max_length=1000, required=False)

    def record(self) -> dict[str, str]:
        """Return the pack's own fields by key."""
        return {
            name.removeprefix("record_"): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("record_")
        }


class LetterForm(_Versioned):
    """A letter and the reasons of what is ticked."""

    body = forms.CharField(label="Letter", widget=forms.Textarea, max_length=50_000)
    reason = forms.CharField(label="Why more time is needed", max_length=500, required=False)
