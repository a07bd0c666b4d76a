"""What is typed where meetings are arranged and their minutes written."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from wellserved.apps.development.forms.learning import whole
from wellserved.apps.development.types import meetings as types
from wellserved.platform.http.forms import HiddenId

Choices = Sequence[tuple[Any, str]]
_DAY, _WHEN = {"type": "date"}, {"type": "datetime-local"}


def as_text(agenda: Iterable[types.Point]) -> str:
    r"""Return an agenda as it is typed: a point a line, what is known beforehand under it.

    >>> as_text([types.Point(words="Complaints", detail="3 came in."), types.Point(words="Thanks")])
    'Complaints\n- 3 came in.\nThanks'
    """
    return "\n".join(f"{point.words}\n- {point.detail}" if point.detail else point.words for point in agenda)


def as_agenda(text: str) -> tuple[types.Point, ...]:
    r"""Return the points of what was typed.

    >>> as_agenda("Complaints\n- 3 came in.\n- 1 upheld.\n\nThanks")[0].detail
    '3 came in. 1 upheld.'
    """
    points: list[types.Point] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("- ") and points:
            last = points.pop()
            points.append(types.Point(words=last.words, detail=f"{last.detail} {line[2:].strip()}".strip()))
        else:
            points.append(types.Point(words=line))
    return tuple(points)


class MeetingForm(forms.Form):
    """A meeting; each kind asks for what it needs alone."""

    kind = forms.ChoiceField(choices=[(key, kind.name) for key, kind in types.KINDS.items()], widget=forms.HiddenInput)
    title = forms.CharField(label="Name", max_length=160)
    starts_at = forms.DateTimeField(label="When", widget=forms.DateTimeInput(attrs=_WHEN))
    lasts = forms.IntegerField(label="How long, in minutes", min_value=5, max_value=600, initial=60)
    place = forms.CharField(label="Where", max_length=160, required=False)
    customer_email = forms.EmailField(
        label="Customer", required=False, help_text="Her address, as it stands on her record."
    )
    organisation_id = forms.TypedChoiceField(
        label="Organisation of customers", coerce=whole, required=False, empty_value=None
    )
    partner_id = forms.TypedChoiceField(label="Service partner", coerce=whole, required=False, empty_value=None)
    guests = forms.CharField(
        label="Guests by name, one a line", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    staff_ids = forms.TypedMultipleChoiceField(
        label="Colleagues", coerce=whole, required=False, widget=forms.CheckboxSelectMultiple
    )
    agenda = forms.CharField(
        label="Agenda, one point a line",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="A line that begins with - says what is known of the point above it.",
    )
    is_private = forms.BooleanField(
        label="In private",
        required=False,
        help_text="Seen by those in it alone: not by managers, not in lists, search or history of others.",
    )
    period_from = forms.DateField(required=False, widget=forms.HiddenInput)
    period_to = forms.DateField(required=False, widget=forms.HiddenInput)
    version = HiddenId()

    def __init__(
        self, *given: Any, people: Choices, organisations: Choices = (), partners: Choices = (), **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["staff_ids"].choices = people  # type: ignore[attr-defined]
        self.fields["organisation_id"].choices = [("", "No organisation"), *organisations]  # type: ignore[attr-defined]
        self.fields["partner_id"].choices = [("", "No partner"), *partners]  # type: ignore[attr-defined]

    def meeting(self, *, customer_id: int | None) -> types.MeetingGiven:
        """Return what was typed; the customer was looked up by her address."""
        given = self.cleaned_data
        return types.MeetingGiven(
            **{name: given[name] for name in ("kind", "title", "starts_at", "lasts", "place", "is_private")},
            **{name: given[name] for name in ("organisation_id", "partner_id", "period_from", "period_to")},
            staff_ids=tuple(given["staff_ids"]),
            customer_id=customer_id,
            guests=tuple(line.strip() for line in given["guests"].splitlines() if line.strip()),
            agenda=as_agenda(given["agenda"]),
        )


class PeriodForm(forms.Form):
    """Of which days the figures are."""

    period_from = forms.DateField(label="From", widget=forms.DateInput(attrs=_DAY))
    period_to = forms.DateField(label="To", widget=forms.DateInput(attrs=_DAY))

    def days(self, usual: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
        """Return the days asked for, or the usual ones when they are none."""
        if not self.is_valid() or self.cleaned_data["period_from"] > self.cleaned_data["period_to"]:
            return usual
        return self.cleaned_data["period_from"], self.cleaned_data["period_to"]


class PointForm(forms.Form):
    """Something for the agenda."""

    what = forms.CharField(label="What do you want to talk about?", max_length=300)


class OffForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(label="Why", max_length=300)
    version = HiddenId()


class MinutesForm(forms.Form):
    """What was said and agreed, and who was there."""

    present = forms.TypedMultipleChoiceField(
        label="Who was there", coerce=whole, required=False, widget=forms.CheckboxSelectMultiple
    )
    notes = forms.CharField(
        label="What was said and agreed", max_length=8000, widget=forms.Textarea(attrs={"rows": 10})
    )
    version = HiddenId()

    def __init__(self, *given: Any, people: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["present"].choices = people  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """Whether the minutes leave by mail as well."""

    by_mail = forms.BooleanField(
        label="By mail, too", required=False, help_text="To everybody asked who has an address, guests among them."
    )
    version = HiddenId()


class ResultForm(forms.Form):
    """What a meeting came to: one line, whose it is, and by when."""

    sort = forms.ChoiceField(choices=types.SORTS.items(), widget=forms.HiddenInput)
    what = forms.CharField(label="What", max_length=200)
    owner_id = forms.TypedChoiceField(label="Who", coerce=whole, required=False, empty_value=None)
    due_on = forms.DateField(label="By", required=False, widget=forms.DateInput(attrs=_DAY))
    segment_id = forms.TypedChoiceField(label="Whose expectation", coerce=whole, required=False, empty_value=None)

    def __init__(self, *given: Any, people: Choices = (), segments: Choices = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["owner_id"].choices = people  # type: ignore[attr-defined]
        self.fields["segment_id"].choices = [("", "Decided later"), *segments]  # type: ignore[attr-defined]


class ActionForm(ResultForm):
    """Who does what by when."""


class FindForm(ResultForm):
    """A requirement agreed, or an opportunity found."""


class SettleForm(forms.Form):
    """What became of it."""

    settled = forms.ChoiceField(label="What became of it", choices=types.SETTLED.items(), widget=forms.RadioSelect)
    said = forms.CharField(label="In a few words", max_length=300, required=False)
    version = HiddenId()


class MoveForm(forms.Form):
    """Another day, and why."""

    due_on = forms.DateField(label="New day", widget=forms.DateInput(attrs=_DAY))
    reason = forms.CharField(label="Why it takes longer", max_length=300)
    version = HiddenId()


class ExpectForm(forms.Form):
    """Whose expectation it is, where that was left open."""

    segment_id = forms.IntegerField(required=False, min_value=1)
    version = HiddenId()
