"""Forms of one-to-ones, coaching, observations and reviews."""

from typing import Any

from django import forms

from wellserved.apps.development.forms.learning import Choices, whole
from wellserved.apps.development.forms.training import WHEN
from wellserved.apps.development.types.guiding import (
    RATINGS,
    REVIEW_WORDS,
    CoachingKind,
    CoachingState,
    Rated,
    SessionForm,
)

DAY = {"type": "date"}


class PairForm(forms.Form):
    """Two people: whom it is about, and who keeps it with her."""

    person_id = forms.TypedChoiceField(label="With whom", coerce=whole)
    guide_id = forms.TypedChoiceField(label="And", coerce=whole)

    def __init__(self, *args: Any, people: Choices, guides: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["guide_id"].choices = list(guides)  # type: ignore[attr-defined]


class TalkForm(PairForm):
    """A one-to-one."""

    starts_at = forms.DateTimeField(label="When", widget=forms.DateTimeInput(attrs=WHEN))
    place = forms.CharField(label="Where", max_length=120, required=False)
    agenda = forms.CharField(
        label="Agenda, one thing a line", required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_agenda(self) -> tuple[str, ...]:
        """Return the lines."""
        return tuple(line.strip() for line in self.cleaned_data["agenda"].splitlines() if line.strip())


class ItemForm(forms.Form):
    """Something for the agenda."""

    what = forms.CharField(label="What do you want to talk about?", max_length=300)


class NotesForm(forms.Form):
    """What two people agreed."""

    notes = forms.CharField(label="What you two agreed", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TaskForm(forms.Form):
    """Something to do."""

    what = forms.CharField(label="What is to be done", max_length=300)
    owner_id = forms.TypedChoiceField(label="Who does it", coerce=whole)
    due_on = forms.DateField(label="Until", widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = list(owners)  # type: ignore[attr-defined]


class CoachingForm(PairForm):
    """Coaching towards a goal."""

    kind = forms.ChoiceField(label="Kind", choices=CoachingKind.choices, initial=CoachingKind.COACHING)
    goal = forms.CharField(label="What does she want to be able to do?", max_length=300)
    criterion = forms.ChoiceField(label="What was observed", required=False)
    task = forms.CharField(label="The first thing to try", max_length=300, required=False)
    ends_on = forms.DateField(label="Until", widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, criteria: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = list(criteria) or [("", "Nothing yet")]  # type: ignore[attr-defined]


class SessionEntryForm(forms.Form):
    """A session of coaching."""

    held_on = forms.DateField(label="On", widget=forms.DateInput(attrs=DAY))
    form = forms.ChoiceField(label="What you did", choices=SessionForm.choices)
    scenario = forms.CharField(label="The conversation you played", max_length=300, required=False)
    what = forms.CharField(label="What you saw", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    next_step = forms.CharField(label="Next step", max_length=300, required=False)


class EndForm(forms.Form):
    """What came of coaching."""

    state = forms.ChoiceField(label="It is", choices=[pair for pair in CoachingState.choices if pair[0] != "open"])
    outcome = forms.CharField(label="What came of it", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AnnounceForm(PairForm):
    """An observation, announced."""

    purpose = forms.CharField(label="What for", max_length=300)
    starts_at = forms.DateTimeField(label="When", widget=forms.DateTimeInput(attrs=WHEN))
    criteria = forms.CharField(
        label="What you will look at, one thing a line", max_length=2500, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {words: key for key, words in known.items()}

    def clean_criteria(self) -> list[tuple[str, str]]:
        """Return each line with the key it had in the starter it came from, or none."""
        lines = [line.strip() for line in self.cleaned_data["criteria"].splitlines()]
        return [(self._keys.get(line, ""), line) for line in lines if line]


class RecordForm(forms.Form):
    """What was seen: a word and its evidence for each criterion."""

    strengths = forms.CharField(label="What she did well", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    one_thing = forms.CharField(label="One thing to change", max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, criteria: tuple[Rated, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"rating_{each.key}"] = forms.TypedChoiceField(
                label=each.words,
                coerce=whole,
                required=False,
                empty_value=None,
                choices=[("", "Not seen"), *((str(mark), words) for mark, words in RATINGS.items())],
            )
            self.fields[f"evidence_{each.key}"] = forms.CharField(
                label="What you saw or heard", max_length=500, required=False
            )

    def ratings(self) -> dict[str, tuple[int, str]]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {
            each.key: (given[f"rating_{each.key}"], given[f"evidence_{each.key}"])
            for each in self.criteria
            if given[f"rating_{each.key}"] is not None
        }

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each criterion, for the page."""
        return [(self[f"rating_{each.key}"], self[f"evidence_{each.key}"]) for each in self.criteria]


class OwnViewForm(forms.Form):
    """How the person sees it herself."""

    own_view = forms.CharField(
        label="How you see it yourself", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReviewForm(PairForm):
    """A review, opened."""

    period_from = forms.DateField(label="From", widget=forms.DateInput(attrs=DAY))
    period_to = forms.DateField(label="To", widget=forms.DateInput(attrs=DAY))


class WriteForm(forms.Form):
    """A review, written."""

    text = forms.CharField(
        label="How you see the period, with examples", max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )
    rating = forms.ChoiceField(label="In agreed words", choices=list(REVIEW_WORDS.items()), initial="steady")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
