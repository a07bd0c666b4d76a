"""Forms of segments, expectations, the offer and the page of promises."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from wellserved.apps.standards.policies.offer import MOST_LINES
from wellserved.apps.standards.types import offer as types

Choices = Iterable[tuple[Any, str]]
_CHOOSE = ("", "Choose")
_DAY = forms.DateInput(attrs={"type": "date"})
_MORE_LINES = 3


def _several(label: str, help_text: str = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, required=False, help_text=help_text, widget=forms.SelectMultiple(attrs={"size": 5})
    )


class SegmentForm(forms.Form):
    """Who they are, and by what rule they are known."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the segment a name."})
    description = forms.CharField(label="Who they are", max_length=500, required=False, widget=forms.Textarea)
    who = forms.ChoiceField(label="Who belongs to it", choices=list(types.WHO.items()), initial="anybody")
    organisations = _several("Only of these organisations")
    kinds = forms.MultipleChoiceField(
        label="Only with a ticket of this type", required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    tags = _several("Only with a ticket tagged")
    products = _several("Only with a ticket about")
    owner_id = forms.TypedChoiceField(label="Who knows them best", coerce=int, empty_value=None, required=False)
    review_on = forms.DateField(label="Next review", required=False, widget=_DAY)
    starters = forms.TypedMultipleChoiceField(
        label="Begin with what many of them expect",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Written down as believed by colleagues, of low credibility, until a source confirms them.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        offered: Mapping[str, Choices],
        kinds: Choices,
        staff: Choices,
        starters: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["kinds"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["owner_id"].choices = [_CHOOSE, *staff]  # type: ignore[attr-defined]
        self.fields["starters"].choices = list(starters)  # type: ignore[attr-defined]

    def rule(self) -> types.Rule:
        """Return the rule as it was chosen."""
        given = self.cleaned_data
        return types.Rule(
            who=given["who"],
            organisations=tuple(given["organisations"]),
            tags=tuple(given["tags"]),
            products=tuple(given["products"]),
            kinds=tuple(given["kinds"]),
        )


class ExpectationForm(forms.Form):
    """What they expect, how we know it, and when somebody looks again."""

    title = forms.CharField(
        label="What do they expect?",
        max_length=200,
        help_text="In their words, such as: I hear the same day that somebody has read it.",
        error_messages={"required": "Say what they expect, such as an answer on the same day."},
    )
    segment_id = forms.TypedChoiceField(
        label="Who expects it?", coerce=int, error_messages={"required": "Choose the segment that expects it."}
    )
    detail = forms.CharField(label="What lies behind it", max_length=1000, required=False, widget=forms.Textarea)
    basis = forms.ChoiceField(label="How do we know?", choices=list(types.BASES.items()), widget=forms.RadioSelect)
    nature = forms.ChoiceField(
        label="Is the need real or perceived?", choices=list(types.NATURES.items()), widget=forms.RadioSelect
    )
    importance = forms.TypedChoiceField(
        label="How important do they say it is?", coerce=int, choices=list(types.IMPORTANCE.items()), initial=3
    )
    source = forms.ChoiceField(label="Source", choices=list(types.SOURCES.items()))
    source_note = forms.CharField(
        label="Which one", max_length=200, required=False, help_text="Such as: spring survey, 412 answers."
    )
    source_on = forms.DateField(label="From", widget=_DAY)
    credibility = forms.TypedChoiceField(
        label="How far is it to be believed?", coerce=int, choices=list(types.CREDIBILITY.items()), initial=2
    )
    tags = _several("Tickets that tell of it are tagged", "From these it is worked out how much it matters in fact.")
    products = _several("or are about")
    words = forms.CharField(
        label="or have one of these words in their subject",
        max_length=400,
        required=False,
        help_text="Separated by commas, such as: late, arrive, tracking.",
    )
    review_on = forms.DateField(label="Next review", widget=_DAY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, segments: Choices, tags: Choices, products: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment_id"].choices = [_CHOOSE, *segments]  # type: ignore[attr-defined]
        self.fields["tags"].choices = list(tags)  # type: ignore[attr-defined]
        self.fields["products"].choices = list(products)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = dict(self.cleaned_data)
        words = tuple(word for word in given.pop("words").split(",") if word.strip())
        signals = types.Signals(tags=tuple(given.pop("tags")), products=tuple(given.pop("products")), words=words)
        return {**given, "signals": signals}


class ServiceForm(forms.Form):
    """What is offered, line by line, each line with the expectations it meets."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the service a name."})
    kind = forms.ChoiceField(label="What is it?", choices=list(types.SERVICE_KINDS.items()))
    summary = forms.CharField(label="In one sentence", max_length=300, required=False)
    calendar = forms.TypedChoiceField(label="Opening hours", coerce=int, empty_value=None, required=False)
    effective_on = forms.DateField(label="From", widget=_DAY)
    roles = forms.MultipleChoiceField(
        label="Who is told of it?", required=False, widget=forms.CheckboxSelectMultiple, help_text="On their Today."
    )
    reason = forms.CharField(label="Why does it change?", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: Iterable[types.Line] = (),
        expectations: Choices,
        calendars: Choices,
        roles: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["calendar"].choices = [("", "No hours of its own"), *calendars]  # type: ignore[attr-defined]
        self.fields["roles"].choices = list(roles)  # type: ignore[attr-defined]
        known, cited = list(lines), list(expectations)
        sent = sum(f"line{at}_kind" in data for at in range(MOST_LINES)) if data is not None else 0
        more = data is not None and data.get("intent") == "more"
        rows = sent + (_MORE_LINES if more else 0) if sent else len(known) + _MORE_LINES
        self.rows = min(MOST_LINES, rows)
        for at in range(self.rows):
            self._add_line(at, known[at] if at < len(known) else None, cited)

    def _add_line(self, at: int, line: types.Line | None, cited: list[tuple[Any, str]]) -> None:
        number = at + 1
        self.fields[f"line{at}_kind"] = forms.ChoiceField(
            label=f"Line {number}", choices=list(types.LINE_KINDS.items()), initial=line.kind if line else "offer"
        )
        self.fields[f"line{at}_text"] = forms.CharField(
            label=f"What line {number} says", max_length=300, required=False, initial=line.text if line else ""
        )
        self.fields[f"line{at}_meets"] = forms.TypedMultipleChoiceField(
            label=f"What line {number} meets",
            coerce=int,
            required=False,
            choices=cited,
            initial=list(line.expectations) if line else [],
            widget=forms.SelectMultiple(attrs={"size": 3}),
        )

    def line_fields(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each line: sort, words, expectations."""
        return [(self[f"line{at}_kind"], self[f"line{at}_text"], self[f"line{at}_meets"]) for at in range(self.rows)]

    def offer(self) -> types.Offer:
        """Return the offer as it was written; a line without words is left out."""
        given = self.cleaned_data
        return types.Offer(
            name=given["name"],
            kind=given["kind"],
            summary=given["summary"],
            calendar=given["calendar"],
            roles=tuple(given["roles"]),
            lines=tuple(
                types.Line(
                    kind=given[f"line{at}_kind"],
                    text=given[f"line{at}_text"],
                    expectations=tuple(given[f"line{at}_meets"]),
                )
                for at in range(self.rows)
                if given[f"line{at}_text"].strip()
            ),
        )


class ReviewForm(forms.Form):
    """Whether it still holds, and when somebody looks again."""

    finding = forms.CharField(
        label="What did you find?",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Say what the review found."},
    )
    next_on = forms.DateField(label="Next review", widget=_DAY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PublishForm(forms.Form):
    """What stands above the promises."""

    introduction = forms.CharField(
        label="What should people know first?",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="A sentence or two; the promises and their figures follow by themselves.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
