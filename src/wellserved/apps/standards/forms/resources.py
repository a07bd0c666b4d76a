"""What is typed about resources, allocations and bids."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wellserved.apps.standards.forms.plans import CHOOSE, Choices, choose
from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.resources import BASES, RESOURCE_KINDS

_DAY = forms.DateInput(attrs={"type": "date"})


class ResourceForm(forms.Form):
    """What it is, how much there is, what it costs, until when."""

    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=RESOURCE_KINDS.items())
    quantity = forms.DecimalField(
        label="How much is there?", min_value=0, max_digits=9, decimal_places=2, help_text="People in full-time shares."
    )
    monthly = forms.DecimalField(label="One costs a month", min_value=0, max_digits=11, decimal_places=2)
    available_from = forms.DateField(label="Available from", widget=_DAY)
    available_until = forms.DateField(label="Until", widget=_DAY, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_id"] = choose(teams, label="Team", required=False)


class CommentForm(forms.Form):
    """What the figures mean."""

    words = forms.CharField(label="What do the figures mean?", max_length=1000, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AllocationForm(forms.Form):
    """How much, for which days, and a word on each basis beside its figure."""

    quantity = forms.DecimalField(label="How much?", min_value=0, max_digits=9, decimal_places=2)
    starts_on = forms.DateField(label="From", widget=_DAY)
    ends_on = forms.DateField(label="Until", widget=_DAY)

    def __init__(self, *args: Any, figures: Mapping[str, str], objectives: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective_id"] = choose(objectives, label="Which objective does it serve?", required=False)
        for key, label in BASES.items():
            self.fields[f"basis_{key}"] = forms.CharField(
                label=label,
                max_length=1000,
                help_text=figures.get(key, ""),
                error_messages={"required": f"Nothing is said about {label}: each figure needs a person's word."},
            )

    def comments(self) -> dict[str, str]:
        """Return what was said on each basis."""
        return {key: self.cleaned_data[f"basis_{key}"] for key in BASES}


class BidForm(forms.Form):
    """What is asked for, why, and what would still do."""

    name = forms.CharField(label="What is the bid called?", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=RESOURCE_KINDS.items())
    asked = forms.DecimalField(label="How much is asked for?", min_value=0, max_digits=9, decimal_places=2)
    monthly = forms.DecimalField(label="One costs a month", min_value=0, max_digits=11, decimal_places=2)
    months = forms.IntegerField(label="For how many months", min_value=1, max_value=60, initial=12)
    needed_from = forms.DateField(label="Needed from", widget=_DAY)
    justification = forms.CharField(
        label="Why is it needed?", max_length=2000, widget=forms.Textarea, help_text="In figures where you have them."
    )
    measure = forms.ChoiceField(
        label="Measured by", required=False, choices=[CHOOSE, *((m.key, m.label) for m in MEASURES.values())]
    )
    aim_percent = forms.DecimalField(
        label="Target, per cent", min_value=1, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    fallback_1 = forms.DecimalField(label="This would still do", min_value=0, required=False)
    means_1 = forms.CharField(label="and would mean", max_length=300, required=False)
    fallback_2 = forms.DecimalField(label="At least", min_value=0, required=False)
    means_2 = forms.CharField(label="which would mean", max_length=300, required=False)
    interests = forms.CharField(label="What does whoever decides gain by it?", max_length=500, required=False)
    trades = forms.CharField(label="What do you give in return?", max_length=500, required=False)
    alternative = forms.CharField(label="What do you do if nothing is granted?", max_length=500, required=False)
    walk_away = forms.DecimalField(
        label="Better than less than", min_value=0, max_digits=9, decimal_places=2, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan_id"] = choose(plans, label="For which plan?")

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = dict(self.cleaned_data)
        positions = [(given.pop(f"fallback_{at}"), given.pop(f"means_{at}")) for at in (1, 2)]
        aim = given.pop("aim_percent")
        given["aim"] = float(aim) / 100 if aim is not None else None
        given["fallbacks"] = [
            {"quantity": quantity or 0, "means": means}
            for quantity, means in positions
            if quantity is not None or means
        ]
        return given


def bid_initial(row: Any) -> dict[str, Any]:
    """Return what the form shows for a bid that exists."""
    names: Iterable[str] = ("name", "kind", "asked", "monthly", "months", "needed_from", "justification", "measure",
                             "interests", "trades", "alternative", "walk_away")  # fmt: skip
    initial = {name: getattr(row, name) for name in (*names, "plan_id", "version")}
    initial["aim_percent"] = round(row.aim * 100, 2) if row.aim is not None else None
    for at, each in enumerate(row.fallbacks[:2], start=1):
        initial |= {f"fallback_{at}": each["quantity"], f"means_{at}": each["means"]}
    return initial


class OfferForm(forms.Form):
    """What is offered instead."""

    quantity = forms.DecimalField(label="Offer instead", min_value=0, max_digits=9, decimal_places=2)
    reason = forms.CharField(label="Why", max_length=500, required=False)
