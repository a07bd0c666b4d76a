"""Forms of courses, training events and what came of them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.development.actions.attendance import Came
from wellserved.apps.development.forms.learning import Choices, whole
from wellserved.apps.development.types.training import SeatRow, Seen
from wellserved.apps.people.types import LEVELS
from wellserved.apps.standards.types import METRIC_LABELS

MARKS = [(str(mark), words) for mark, words in enumerate(("1 not at all", "2", "3", "4", "5 very"), start=1)]
WHEN = {"type": "datetime-local"}


class CourseForm(forms.Form):
    """What can be learnt, what passing gives, what is looked at afterwards."""

    title = forms.CharField(label="Course", max_length=160)
    aim = forms.CharField(label="What one can do afterwards", max_length=500, required=False)
    skill_id = forms.TypedChoiceField(label="Gives the skill", coerce=whole, required=False, empty_value=None)
    level = forms.TypedChoiceField(
        label="At level", coerce=whole, initial="3", choices=[(str(n), f"{n} {name}") for n, name in LEVELS.items()]
    )
    valid_months = forms.IntegerField(
        label="Valid for", required=False, min_value=1, max_value=120, help_text="Months; empty for ever."
    )
    pass_score = forms.IntegerField(label="Points that pass", min_value=0, max_value=100, initial=80)
    behaviour_weeks = forms.IntegerField(label="Look for it at work after", min_value=1, max_value=52, initial=6)
    metric = forms.ChoiceField(label="Figure of the desk", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, skills: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill_id"].choices = [("", "No skill of the list"), *skills]  # type: ignore[attr-defined]
        self.fields["metric"].choices = [("", "No figure"), *METRIC_LABELS.items()]  # type: ignore[attr-defined]


class EventForm(forms.Form):
    """A course on a day."""

    course_id = forms.TypedChoiceField(label="Course", coerce=whole)
    starts_at = forms.DateTimeField(label="Begins", widget=forms.DateTimeInput(attrs=WHEN))
    ends_at = forms.DateTimeField(label="Ends", widget=forms.DateTimeInput(attrs=WHEN))
    place = forms.CharField(label="Where", max_length=160)
    seats = forms.IntegerField(label="Seats", min_value=1, max_value=1000, initial=8)
    trainer = forms.CharField(label="Who teaches", max_length=160, required=False)
    cost = forms.DecimalField(label="Costs", min_value=0, max_digits=10, decimal_places=2, initial=0)
    plan_id = forms.TypedChoiceField(label="Paid by the plan", coerce=whole, required=False, empty_value=None)

    def __init__(self, *args: Any, courses: Choices, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course_id"].choices = list(courses)  # type: ignore[attr-defined]
        self.fields["plan_id"].choices = [("", "No plan"), *plans]  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Whose seat."""

    person_id = forms.TypedChoiceField(label="Who", coerce=whole)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = list(people)  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    """Who was there and how she did: four fields for each seat."""

    def __init__(self, *args: Any, seats: Iterable[SeatRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = tuple(seats)
        for seat in self.seats:
            pk = seat.person_id
            self.fields[f"there_{pk}"] = forms.BooleanField(
                label=f"{seat.person} was there", required=False, initial=seat.state != "missed"
            )
            for when, known in (("before", seat.score_before), ("after", seat.score_after)):
                self.fields[f"{when}_{pk}"] = forms.IntegerField(
                    label=f"Points {when}, {seat.person}", required=False, min_value=0, max_value=100, initial=known
                )
            self.fields[f"gives_{pk}"] = forms.BooleanField(label=f"{seat.person} can do it now", required=False)

    def came(self) -> tuple[Came, ...]:
        """Return what the action takes."""
        given = self.cleaned_data
        return tuple(
            Came(
                person_id=pk,
                was_there=given[f"there_{pk}"],
                score_before=given[f"before_{pk}"],
                score_after=given[f"after_{pk}"],
                gives=given[f"gives_{pk}"],
            )
            for pk in (seat.person_id for seat in self.seats)
        )

    def lines(self) -> list[tuple[SeatRow, list[forms.BoundField]]]:
        """Return each seat with its fields, for the page."""
        return [
            (seat, [self[f"{name}_{seat.person_id}"] for name in ("there", "before", "after", "gives")])
            for seat in self.seats
        ]


class ReactionForm(forms.Form):
    """How it was."""

    useful = forms.TypedChoiceField(label="Useful for my work", coerce=whole, choices=MARKS, initial="4")
    clear = forms.TypedChoiceField(label="Clear", coerce=whole, choices=MARKS, initial="4")
    said = forms.CharField(label="What should be different?", max_length=500, required=False)


class LookForm(forms.Form):
    """Whether it is seen at work."""

    person_id = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.ChoiceField(label="Is it seen at work?", choices=Seen.choices)
    said = forms.CharField(label="What did you see?", max_length=500)
