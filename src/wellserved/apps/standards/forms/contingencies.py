"""Forms of playbooks: steps, trigger, rehearsal, and what came of an activation."""

from typing import Any

from django import forms

from wellserved.apps.standards.actions.contingencies import PlaybookFacts
from wellserved.apps.standards.types.risks import MEASURES, RULES, SHARES, Result, Step
from wellserved.platform.errors import Invalid

STEPS = 8
EVENTS = {
    "standards.crisis_declared": "A crisis is declared",
    "desk.incident_found": "An incident with a list of customers is kept",
    "desk.escalation_fired": "A ticket is escalated by time",
}
_KINDS = {"": "By hand only", "measure": "A measure", "staffing_gap": "A staffing gap", "event": "An event"}


class PlaybookForm(forms.Form):
    """A playbook with up to eight steps and what proposes it."""

    name = forms.CharField(label="Name", max_length=160, error_messages={"required": "Give the playbook a name."})
    summary = forms.CharField(
        label="When it is for, in one sentence", max_length=500, required=False, widget=forms.Textarea
    )
    owner_id = forms.TypedChoiceField(label="Who answers for it", required=False, coerce=int, empty_value=None)
    trigger_kind = forms.ChoiceField(label="What proposes it", choices=list(_KINDS.items()), required=False)
    measure = forms.ChoiceField(label="Measure", choices=list(MEASURES.items()), required=False)
    rule = forms.ChoiceField(label="Rule", choices=list(RULES.items()), required=False)
    value = forms.FloatField(
        label="Value", required=False, help_text="A share in per cent, a number of tickets, or of days in a row."
    )
    for_minutes = forms.IntegerField(label="For at least (minutes)", required=False, min_value=0, max_value=525_600)
    gap = forms.IntegerField(label="People short of the rota", required=False, min_value=1, max_value=10_000)
    event = forms.ChoiceField(label="Event", choices=list(EVENTS.items()), required=False)
    rehearse_months = forms.IntegerField(label="Rehearse every (months)", min_value=1, max_value=36, initial=6)
    reason = forms.CharField(label="Why it changes", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"].choices = [("", "Nobody yet"), *people]  # type: ignore[attr-defined]
        for at in range(STEPS):
            self.fields[f"what_{at}"] = forms.CharField(label=f"Step {at + 1}", max_length=300, required=False)
            self.fields[f"role_{at}"] = forms.CharField(label="Role", max_length=80, required=False)
            self.fields[f"minutes_{at}"] = forms.IntegerField(
                label="Within (minutes)", required=False, min_value=0, max_value=10_080
            )
            self.fields[f"message_{at}"] = forms.CharField(
                label="Message", max_length=1000, required=False, widget=forms.Textarea
            )

    def facts(self) -> PlaybookFacts:
        """Return what the action takes."""
        given = self.cleaned_data
        return PlaybookFacts(
            name=given["name"],
            summary=given["summary"],
            steps=[
                Step(
                    what=given[f"what_{at}"],
                    role=given[f"role_{at}"],
                    minutes=given[f"minutes_{at}"] or 0,
                    message=given[f"message_{at}"],
                )
                for at in range(STEPS)
                if given[f"what_{at}"].strip()
            ],
            trigger=self._trigger(),
            owner_id=given["owner_id"],
            rehearse_months=given["rehearse_months"],
        )

    def _trigger(self) -> dict[str, Any]:
        given, kind = self.cleaned_data, self.cleaned_data["trigger_kind"]
        if kind == "event":
            return {"event": given["event"]}
        if kind == "staffing_gap":
            return {"staffing_gap": given["gap"]}
        if kind != "measure":
            return {}
        value = given["value"]
        if value is None:
            raise Invalid("Give the value at which it is proposed.", code="playbook_trigger", field="value")
        is_share = given["measure"] in SHARES and given["rule"] != "runs"
        return {
            "measure": given["measure"],
            "rule": given["rule"],
            "value": value / 100 if is_share else value,
            "for_minutes": given["for_minutes"] or 0,
        }


class RehearsalForm(forms.Form):
    """What a rehearsal showed."""

    held_on = forms.DateField(label="Held on", widget=forms.DateInput(attrs={"type": "date"}))
    who = forms.CharField(label="Who took part", max_length=300)
    result = forms.ChoiceField(label="Result", choices=Result.choices)
    findings = forms.CharField(label="What was found", max_length=1000, widget=forms.Textarea)
    to_change = forms.CharField(label="What is to change", max_length=500, required=False, widget=forms.Textarea)


class OutcomeForm(forms.Form):
    """What came of an activation."""

    outcome = forms.CharField(
        label="What came of it?",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Say what came of it."},
    )
