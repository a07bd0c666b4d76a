"""What is typed where staff are thanked, asked, heard and answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from wellserved.apps.development.types import conflicts, recognition, suggestions
from wellserved.apps.development.types.pulse import HIGHEST, ITEMS, LOWEST
from wellserved.platform.http.forms import HiddenId

Choices = Sequence[tuple[Any, str]]
SCORES = {1: "Not at all", 2: "Rather not", 3: "Partly", 4: "Rather", 5: "Fully"}


def _area(label: str, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": 4}), **more)


class ThanksForm(forms.Form):
    """Whom to thank for which value; words are welcome and not needed."""

    user_id = forms.TypedChoiceField(label="Whom", coerce=int)
    value = forms.CharField(max_length=60, widget=forms.HiddenInput)
    words = forms.CharField(label="For what, if you like", max_length=300, required=False)
    about = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, people: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["user_id"].choices = [("", "Choose a colleague"), *people]  # type: ignore[attr-defined]


class SchemeForm(forms.Form):
    """A reward scheme."""

    name = forms.CharField(label="Name", max_length=160)
    kind = forms.ChoiceField(label="Kind", choices=recognition.SCHEME_KINDS.items())
    purpose = forms.CharField(label="What for", max_length=500)
    rules = _area("Who gets what for what", 2000, help_text="All staff read this.")
    criterion = forms.CharField(
        label="Judged by",
        max_length=300,
        help_text="By what will you see whether it worked? Such as: “Recognises” in the pulse rises by half a point.",
    )
    budget = forms.DecimalField(label="Budget", min_value=0, max_digits=12, decimal_places=2)
    starts_on = forms.DateField(label="From")
    ends_on = forms.DateField(label="Until")

    def scheme(self) -> recognition.SchemeGiven:
        """Return what was typed."""
        return recognition.SchemeGiven(**self.cleaned_data)


class AwardForm(forms.Form):
    """Who gets what, and why."""

    user_id = forms.TypedChoiceField(label="Who", coerce=int)
    what = forms.CharField(label="What", max_length=160)
    amount = forms.DecimalField(label="Cost", min_value=0, max_digits=12, decimal_places=2, initial=0)
    why = forms.CharField(label="Why, by the rules", max_length=300)

    def __init__(self, *given: Any, people: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]


class EvaluationForm(forms.Form):
    """What a scheme came to."""

    outcome = forms.ChoiceField(
        label="Did it reach what it was for?", choices=recognition.OUTCOMES.items(), widget=forms.RadioSelect
    )
    findings = _area("What shows it", 1000)
    version = HiddenId()


class EventForm(forms.Form):
    """An event of a team."""

    form = forms.ChoiceField(label="Form", choices=recognition.EVENT_FORMS.items())
    title = forms.CharField(label="Name", max_length=160)
    purpose = _area("What for", 500)
    team_id = forms.TypedChoiceField(label="Team", coerce=int)
    starts_at = forms.DateTimeField(label="When")
    minutes = forms.IntegerField(label="How long, in minutes", min_value=10, max_value=600, initial=60)
    place = forms.CharField(label="Where", max_length=160, required=False)

    def __init__(self, *given: Any, teams: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["team_id"].choices = teams  # type: ignore[attr-defined]


class HeldForm(forms.Form):
    """Who was there, and what it changed."""

    present = forms.TypedMultipleChoiceField(
        label="Who was there", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    what_changed = _area("What changes because of it", 1000)
    version = HiddenId()

    def __init__(self, *given: Any, people: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["present"].choices = people  # type: ignore[attr-defined]


class OpenPulseForm(forms.Form):
    """Until when the staff are asked."""

    closes_on = forms.DateField(label="Until")


class PulseForm(forms.Form):
    """The statements of the pulse, each answered from 1 to 5."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for item in ITEMS.values():
            self.fields[item.key] = forms.TypedChoiceField(
                label=item.statement,
                coerce=int,
                choices=[(score, SCORES[score]) for score in range(LOWEST, HIGHEST + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose one of the five."},
            )

    def statements(self) -> Iterable[forms.BoundField]:
        """Return the fields in the order of the items."""
        return [self[key] for key in ITEMS]


class PulseActionForm(forms.Form):
    """What is done about an item."""

    item = forms.ChoiceField(label="About", choices=[(item.key, item.name) for item in ITEMS.values()])
    what = forms.CharField(label="What is done", max_length=300)
    due_on = forms.DateField(label="By")


class SuggestionForm(forms.Form):
    """A suggestion."""

    title = forms.CharField(label="In a few words", max_length=160)
    text = _area("What you see, and what you would change", 2000)
    is_anonymous = forms.BooleanField(
        label="Without my name",
        required=False,
        help_text="Nothing about you is kept. You get a receipt, with which you alone can read the answer.",
    )


class ReceiptForm(forms.Form):
    """A receipt."""

    receipt = forms.CharField(label="Receipt", max_length=80)


class AnswerForm(forms.Form):
    """The answer to a suggestion."""

    state = forms.ChoiceField(
        label="What becomes of it",
        choices=[(key, suggestions.SUGGESTION_STATES[key]) for key in suggestions.ANSWERS],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Your answer", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    done = forms.CharField(
        label="What was done", max_length=500, required=False, help_text="Only when it is done; all staff read it."
    )
    done_in = forms.ChoiceField(label="The record it is done in", required=False)
    version = HiddenId()

    def __init__(self, *given: Any, records: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["done_in"].choices = [("", "No record"), *records]  # type: ignore[attr-defined]

    def clean_done_in(self) -> tuple[str, int] | None:
        """Return the record as kind and id."""
        kind, _, number = self.cleaned_data["done_in"].partition(":")
        return (kind, int(number)) if number else None


class ConsultationForm(forms.Form):
    """A proposal."""

    title = forms.CharField(label="In a few words", max_length=160)
    proposal = _area("What is proposed, why, and what is still open", 4000)
    closes_on = forms.DateField(label="Views until")


class ViewForm(forms.Form):
    """What somebody thinks of a proposal."""

    text = _area("What you think of it", 2000)


class ResponseForm(forms.Form):
    """What was made of what was said."""

    outcome = forms.ChoiceField(
        label="What is decided", choices=suggestions.CONSULTATION_OUTCOMES.items(), widget=forms.RadioSelect
    )
    response = _area("What you made of what was said", 4000)
    version = HiddenId()


class CaseForm(forms.Form):
    """A conflict to be settled."""

    party_ids = forms.TypedMultipleChoiceField(
        label="With whom", coerce=int, help_text="You are part of it, unless you handle it."
    )
    handler_id = forms.TypedChoiceField(label="Who is to help", coerce=int)
    summary = _area("What it is about", 2000, help_text="Write it so that everybody in it could agree it happened.")

    def __init__(self, *given: Any, people: Choices, handlers: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["party_ids"].choices = people  # type: ignore[attr-defined]
        self.fields["handler_id"].choices = handlers  # type: ignore[attr-defined]


class CaseWordsForm(forms.Form):
    """Words in a case: a note, an agreement, a decision, how it was settled."""

    text = _area("Words", 4000)
    version = HiddenId()


class CaseStageForm(forms.Form):
    """The next stage of a case, and who handles it there."""

    stage = forms.ChoiceField(label="Go on to", choices=conflicts.STAGES.items())
    handler_id = forms.TypedChoiceField(label="Handled by", coerce=int)
    version = HiddenId()

    def __init__(self, *given: Any, handlers: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["handler_id"].choices = handlers  # type: ignore[attr-defined]


class BehaviourForm(forms.Form):
    """What a value looks like."""

    value = forms.ChoiceField(label="Value")
    sentence = forms.CharField(
        label="What somebody beside her could see",
        max_length=200,
        help_text="Such as: says what happens next, and by when, before ending the call.",
    )
    quality_item = forms.CharField(
        label="What a quality check asks", max_length=200, help_text="A question with yes or no."
    )

    def __init__(self, *given: Any, values: Iterable[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["value"].choices = [(value, value) for value in values]  # type: ignore[attr-defined]
