"""What people type to refer, to promise, to ask and to tell many at once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from wellserved.apps.accounts.types import Person
from wellserved.apps.desk.types.referrals import ReferralKind
from wellserved.apps.people.queries import REMEDIES

_MONEY: dict[str, Any] = {
    "min_value": Decimal("0.01"),
    "max_digits": 12,
    "decimal_places": 2,
    "required": False,
    "error_messages": {"invalid": "Give the amount as a number, such as 20 or 12.50."},
}


def _when() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ReferForm(forms.Form):
    """A matter put to a colleague."""

    kind = forms.ChoiceField(label="What do you ask for?", choices=ReferralKind.choices, initial=ReferralKind.DECISION)
    remedy = forms.ChoiceField(
        label="What do you propose?", choices=[("", "Nothing of money"), *REMEDIES.items()], required=False
    )
    amount = forms.DecimalField(label="How much?", **_MONEY)
    question = forms.CharField(
        label="What do you ask, and why?",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Say what you ask, in a sentence or two."},
    )
    asked_of = forms.TypedChoiceField(
        label="Whom do you ask?", coerce=int, error_messages={"required": "Choose whom you ask."}
    )
    due_at = forms.DateTimeField(label="By when do you need the answer?", widget=_when())

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(person.id), f"{person.name}, {person.role_name.lower()}") for person in people]
        self.fields["asked_of"].choices = [("", "Choose…"), *offered]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """A decision, advice, or why neither."""

    remedy = forms.ChoiceField(label="What", choices=[("", "Nothing of money"), *REMEDIES.items()], required=False)
    amount = forms.DecimalField(label="How much", **_MONEY)
    answer = forms.CharField(
        label="Your words to whoever asked", widget=forms.Textarea, max_length=2000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoticeForm(forms.Form):
    """What the customers affected by a known problem are told."""

    title = forms.CharField(
        label="What is the problem?",
        max_length=200,
        help_text="For colleagues; customers do not see it.",
        error_messages={"required": "Name the problem in a few words."},
    )
    body = forms.CharField(
        label="What do you tell them?",
        widget=forms.Textarea,
        max_length=5000,
        help_text="{name}, {number}, {subject} and {product} are filled for each customer.",
        error_messages={"required": "Write what the customers are told: what happened, what you do, and when."},
    )
    is_required = forms.BooleanField(
        label="The law requires this notice: it waits for no other message of the day", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
