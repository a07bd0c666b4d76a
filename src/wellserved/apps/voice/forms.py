"""What is typed where customers are asked and heard."""

from collections.abc import Sequence
from typing import Any

from django import forms

from wellserved.apps.desk.types import Channel, Kind
from wellserved.apps.voice import types
from wellserved.platform.http.forms import LONGEST_NUMBER, HiddenId


class BeginForm(forms.Form):
    """A survey from a template."""

    kind = forms.ChoiceField(label="Kind", choices=types.KINDS.items(), widget=forms.RadioSelect, initial="csat")
    name = forms.CharField(label="Name", max_length=120)
    lead = forms.CharField(
        label="First question",
        max_length=200,
        required=False,
        help_text="Leave it empty for the usual wording; a question of your own needs one.",
    )


class RulesForm(forms.Form):
    """When whom to ask."""

    version = HiddenId()
    moment = forms.ChoiceField(label="Ask when", choices=types.MOMENTS.items())
    delay_hours = forms.IntegerField(label="Hours after that", min_value=0, max_value=720)
    share = forms.IntegerField(label="Per cent of the tickets, by chance", min_value=1, max_value=100)
    quarantine_days = forms.IntegerField(
        label="Days in which nobody is asked twice", min_value=0, max_value=730, help_text="Counts for all surveys."
    )
    queues = forms.TypedMultipleChoiceField(
        label="Queues",
        coerce=int,
        required=False,
        help_text="None chosen means all.",
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label="Types", choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label="Channels", choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    low_at = forms.IntegerField(label="A low score is at most", min_value=0, max_value=9)
    follow_hours = forms.IntegerField(label="Hours to follow a low score up", min_value=1, max_value=720)
    fewest = forms.IntegerField(label="Answers needed to show a score", min_value=types.SMALL_CELL, max_value=1000)
    owner_id = forms.TypedChoiceField(label="Low scores go to", coerce=int, required=False, empty_value=None)

    def __init__(
        self, *given: Any, queues: Sequence[tuple[int, str]], people: Sequence[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["queues"].choices = queues  # type: ignore[attr-defined]
        self.fields["owner_id"].choices = [("", "Whoever had the ticket"), *people]  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """One more question."""

    text = forms.CharField(label="Question", max_length=200)
    kind = forms.ChoiceField(label="Answered by", choices=types.QUESTION_KINDS.items())
    options = forms.CharField(
        label="Choices, one a line", required=False, max_length=900, widget=forms.Textarea(attrs={"rows": 3})
    )
    condition = forms.ChoiceField(label="Shown when", choices=types.CONDITIONS.items(), required=False)
    value = forms.CharField(label="This score or answer", max_length=80, required=False)


class CloseForm(forms.Form):
    """What was done."""

    version = HiddenId()
    done = forms.CharField(label="What was done", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class HandOverForm(forms.Form):
    """To whom it goes."""

    owner_id = forms.TypedChoiceField(label="Give it to", coerce=int)

    def __init__(self, *given: Any, people: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["owner_id"].choices = people  # type: ignore[attr-defined]


class FeedbackForm(forms.Form):
    """What a customer said."""

    words = forms.CharField(label="What was said", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(label="Kind", choices=types.FEEDBACK_KINDS.items())
    source = forms.ChoiceField(label="Source", choices=types.SOURCES.items())
    ticket_number = forms.IntegerField(
        label="Ticket number",
        required=False,
        min_value=1,
        max_value=10**LONGEST_NUMBER - 1,
        help_text="Its customer is named; without one it stays anonymous.",
    )
    themes = forms.CharField(label="Themes, parted by commas", max_length=300, required=False)
