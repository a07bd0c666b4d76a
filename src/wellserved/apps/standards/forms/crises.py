"""Forms of the crisis room."""

from typing import Any

from django import forms

from wellserved.apps.standards.types.crises import PROPOSAL, EntryKind
from wellserved.platform.http.forms import HiddenId


class DeclareForm(forms.Form):
    """What is wrong."""

    title = forms.CharField(
        label="What is wrong?", max_length=160, error_messages={"required": "Say in a few words what is wrong."}
    )
    what = forms.CharField(
        label="What is known: what fails, since when, for whom",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Say what is known."},
    )
    activation_id = HiddenId()


class ProposalForm(forms.Form):
    """A proposed course of action."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, (label, question) in PROPOSAL.items():
            self.fields[key] = forms.CharField(
                label=label,
                help_text=question,
                max_length=1000,
                required=key in ("course", "because"),
                widget=forms.Textarea,
            )


class DecisionForm(forms.Form):
    """Whether a proposal is taken, and why."""

    is_accepted = forms.TypedChoiceField(
        label="Decision", choices=[("yes", "Do it"), ("no", "Leave it")], coerce=lambda value: value == "yes"
    )
    words = forms.CharField(label="Reason", max_length=1000)


class LogForm(forms.Form):
    """What was done, or what staff were told."""

    kind = forms.ChoiceField(
        label="What is it?", choices=[(EntryKind.ACTION, "Something done"), (EntryKind.UPDATE, "Staff were told")]
    )
    words = forms.CharField(label="In words", max_length=2000, widget=forms.Textarea)


class StatusForm(forms.Form):
    """What customers read on the status page."""

    line = forms.CharField(
        label="What customers read",
        max_length=200,
        required=False,
        help_text="One sentence without blame. Empty takes it off the page.",
    )
    expected_at = forms.DateTimeField(
        label="Fixed by",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    is_fixed = forms.BooleanField(label="It is fixed", required=False)


class StandDownForm(forms.Form):
    """The review that ends a crisis."""

    worked = forms.CharField(label="What worked", max_length=1000, widget=forms.Textarea)
    to_change = forms.CharField(label="What is to change", max_length=1000, widget=forms.Textarea)
    cost = forms.DecimalField(label="What it cost, as far as known (£)", required=False, min_value=0, decimal_places=2)
