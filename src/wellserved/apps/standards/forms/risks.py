"""Forms of risks: what may happen, how often, what it costs, what is done about it."""

from decimal import Decimal
from typing import Any

from django import forms

from wellserved.apps.standards.actions.risks import RiskFacts
from wellserved.apps.standards.types.risks import IMPACTS, LIKELIHOODS, Assessment, Category, Control, Proximity

CONTROLS = 3
# Where only a place of the scale is chosen, one event costs from two fifths to two and a half times its anchor.
_LOWEST, _HIGHEST = Decimal("0.4"), Decimal("2.5")


class RiskForm(forms.Form):
    """A risk; places of the scales are enough, figures refine them."""

    title = forms.CharField(
        label="What may happen?", max_length=160, error_messages={"required": "Say in a few words what may happen."}
    )
    category = forms.ChoiceField(label="Kind", choices=Category.choices)
    description = forms.CharField(label="What is known", max_length=1000, required=False, widget=forms.Textarea)
    likelihood = forms.TypedChoiceField(
        label="How often, without any control?",
        choices=[(str(place), words) for place, _, words in LIKELIHOODS],
        coerce=int,
        initial="3",
    )
    impact = forms.TypedChoiceField(
        label="How bad is one event?",
        choices=[(str(place), words) for place, _, _, words in IMPACTS],
        coerce=int,
        initial="3",
    )
    events_a_year = forms.FloatField(
        label="Events a year", required=False, min_value=0.001, max_value=1000, help_text="Instead of the scale."
    )
    loss_low = forms.DecimalField(label="One event costs at least", required=False, min_value=0, decimal_places=2)
    loss_mode = forms.DecimalField(label="Most likely", required=False, min_value=0, decimal_places=2)
    loss_high = forms.DecimalField(label="At most", required=False, min_value=0, decimal_places=2)
    customers = forms.IntegerField(
        label="Customers affected by one event", required=False, min_value=0, max_value=1_000_000_000
    )
    proximity = forms.ChoiceField(label="How soon?", choices=Proximity.choices, initial=Proximity.YEAR)
    trigger = forms.CharField(
        label="How we would notice", max_length=300, required=False, help_text="The first sign somebody can see."
    )
    owner_id = forms.TypedChoiceField(label="Who answers for it", required=False, coerce=int, empty_value=None)
    review_on = forms.DateField(label="Review", widget=forms.DateInput(attrs={"type": "date"}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = [("", "Nobody yet"), *people]  # type: ignore[attr-defined]
        for at in range(CONTROLS):
            self.fields[f"control_{at}"] = forms.CharField(label="Control", max_length=200, required=False)
            self.fields[f"fewer_{at}"] = forms.FloatField(
                label="Rarer by %", required=False, min_value=0, max_value=100
            )
            self.fields[f"smaller_{at}"] = forms.FloatField(
                label="Smaller by %", required=False, min_value=0, max_value=100
            )
            self.fields[f"cost_{at}"] = forms.DecimalField(
                label="Costs a year", required=False, min_value=0, decimal_places=2
            )

    def facts(self) -> RiskFacts:
        """Return what the action takes."""
        given = self.cleaned_data
        return RiskFacts(
            title=given["title"],
            category=given["category"],
            assessment=self._assessment(),
            proximity=given["proximity"],
            review_on=given["review_on"],
            owner_id=given["owner_id"],
            description=given["description"],
            trigger=given["trigger"],
        )

    def _assessment(self) -> Assessment:
        given = self.cleaned_data
        anchor = Decimal(IMPACTS[given["impact"] - 1][1])
        mode = given["loss_mode"] if given["loss_mode"] is not None else anchor
        low, high = given["loss_low"], given["loss_high"]
        return Assessment(
            events_a_year=given["events_a_year"] or LIKELIHOODS[given["likelihood"] - 1][1],
            loss_low=low if low is not None else mode * _LOWEST,
            loss_mode=mode,
            loss_high=high if high is not None else mode * _HIGHEST,
            customers=given["customers"] or 0,
            controls=tuple(self._controls()),
        )

    def _controls(self) -> list[Control]:
        given = self.cleaned_data
        return [
            Control(
                words=given[f"control_{at}"],
                fewer=(given[f"fewer_{at}"] or 0) / 100,
                smaller=(given[f"smaller_{at}"] or 0) / 100,
                cost=given[f"cost_{at}"] or Decimal(0),
            )
            for at in range(CONTROLS)
            if given[f"control_{at}"].strip()
        ]


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Say why."})


class AnswerForm(forms.Form):
    """Which playbooks answer a risk."""

    playbooks = forms.TypedMultipleChoiceField(
        label="Playbooks", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, playbooks: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["playbooks"].choices = playbooks  # type: ignore[attr-defined]
