"""Forms of role packs, of who has a role, of candidates and of adjustments."""

from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.accounts.types import Person
from wellserved.apps.people.types import ABLE, LEVELS, RoleRequirement, SkillRow
from wellserved.apps.people.types.packs import TEMPLATES
from wellserved.apps.people.types.roles import SCORES, Assessment, By, CandidateRow, Criterion, Outcome, Pack, Step

_CRITERIA, _SKILLS, _STEPS = 10, 6, 12
_LEVELS = [(level, f"{level} {name}") for level, name in LEVELS.items() if level]
_DATE = forms.DateInput(attrs={"type": "date"})


class StartForm(forms.Form):
    """A new role, empty or from a template."""

    name = forms.CharField(
        label="What is the role called?", max_length=120, error_messages={"required": "Give the role a name."}
    )
    starter = forms.ChoiceField(
        label="Start from",
        required=False,
        choices=[("", "An empty pack"), *((each.key, each.name) for each in TEMPLATES)],
    )


class PartForm(forms.Form):
    """One part of a pack: reads what was typed into the pack as it stood before."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def pack(self) -> Pack:
        """Return a pack with this part as it was typed."""
        raise NotImplementedError


class DescriptionForm(PartForm):
    """What the role is for, what it does and what it decides."""

    purpose = forms.CharField(
        label="What is the role for?",
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text="One sentence: what would be missing for customers without it?",
    )
    reports_to = forms.CharField(label="Whom does it answer to?", max_length=120, required=False)
    decides = forms.CharField(label="What does it decide alone?", max_length=500, required=False, widget=forms.Textarea)
    duties = forms.CharField(
        label="What does it do?", required=False, widget=forms.Textarea, help_text="One duty a line; five are enough."
    )

    @staticmethod
    def values(pack: Pack) -> dict[str, Any]:
        """Return what the form shows of a pack."""
        return {
            "purpose": pack.purpose,
            "reports_to": pack.reports_to,
            "decides": pack.decides,
            "duties": "\n".join(pack.duties),
        }

    def pack(self) -> Pack:
        """Return a pack with the description as it was typed."""
        given = self.cleaned_data
        return Pack(
            purpose=given["purpose"],
            reports_to=given["reports_to"],
            decides=given["decides"],
            duties=tuple(given["duties"].splitlines()),
        )


class PersonForm(PartForm):
    """What the role asks of a person: criteria, and skills with a level."""

    def __init__(self, *args: Any, skills: Iterable[SkillRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "none"), *((row.id, row.name) for row in skills)]
        for at in range(_CRITERIA):
            self.fields[f"text{at}"] = forms.CharField(label=f"Criterion {at + 1}", max_length=300, required=False)
            self.fields[f"essential{at}"] = forms.ChoiceField(
                label=f"Weight {at + 1}",
                choices=[("yes", "essential"), ("no", "desirable")],
                required=False,
            )
            self.fields[f"by{at}"] = forms.ChoiceField(
                label=f"Seen by {at + 1}",
                choices=Assessment.choices,
                initial=Assessment.INTERVIEW,
                required=False,
            )
        for at in range(_SKILLS):
            self.fields[f"skill{at}"] = forms.TypedChoiceField(
                label=f"Skill {at + 1}", choices=names, coerce=int, empty_value=None, required=False
            )
            self.fields[f"level{at}"] = forms.TypedChoiceField(
                label=f"At level {at + 1}",
                choices=_LEVELS,
                coerce=int,
                required=False,
                empty_value=None,
                initial=3,
            )

    @staticmethod
    def values(pack: Pack) -> dict[str, Any]:
        """Return what the form shows of a pack."""
        found: dict[str, Any] = {}
        for at, each in enumerate(pack.criteria[:_CRITERIA]):
            kind = "yes" if each.is_essential else "no"
            found |= {f"text{at}": each.text, f"essential{at}": kind, f"by{at}": each.assessed_by}
        for at, skill in enumerate(pack.skills[:_SKILLS]):
            found |= {f"skill{at}": skill.skill_id, f"level{at}": skill.level}
        return found

    def criteria_fields(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each criterion."""
        return [(self[f"text{at}"], self[f"essential{at}"], self[f"by{at}"]) for at in range(_CRITERIA)]

    def skill_fields(self) -> list[tuple[Any, Any]]:
        """Return the fields of each skill."""
        return [(self[f"skill{at}"], self[f"level{at}"]) for at in range(_SKILLS)]

    def pack(self) -> Pack:
        """Return a pack with criteria and skills as they were typed."""
        given = self.cleaned_data
        criteria = (
            Criterion(
                text=given[f"text{at}"],
                is_essential=given[f"essential{at}"] != "no",
                assessed_by=given[f"by{at}"] or Assessment.INTERVIEW,
            )
            for at in range(_CRITERIA)
            if given[f"text{at}"]
        )
        skills = (
            RoleRequirement(skill_id=given[f"skill{at}"], skill="", level=given[f"level{at}"] or ABLE)
            for at in range(_SKILLS)
            if given[f"skill{at}"]
        )
        return Pack(criteria=tuple(criteria), skills=tuple(skills))


class SelectionForm(PartForm):
    """By which stages somebody is chosen."""

    stages = forms.CharField(
        label="By which stages?",
        required=False,
        widget=forms.Textarea,
        help_text="One stage a line; the same for everybody.",
    )
    pass_mark = forms.IntegerField(
        label="Share of points to be reached, in per cent",
        min_value=0,
        max_value=100,
        help_text="Essential criteria count twice, and each must be met whatever the total.",
    )

    @staticmethod
    def values(pack: Pack) -> dict[str, Any]:
        """Return what the form shows of a pack."""
        return {"stages": "\n".join(pack.stages), "pass_mark": pack.pass_mark}

    def pack(self) -> Pack:
        """Return a pack with the selection as it was typed."""
        return Pack(stages=tuple(self.cleaned_data["stages"].splitlines()), pass_mark=self.cleaned_data["pass_mark"])


class InductionForm(PartForm):
    """What a newcomer is given, on which day, by whom."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(_STEPS):
            self.fields[f"day{at}"] = forms.IntegerField(
                label=f"Day {at + 1}", min_value=1, max_value=730, required=False
            )
            self.fields[f"text{at}"] = forms.CharField(label=f"Step {at + 1}", max_length=300, required=False)
            self.fields[f"by{at}"] = forms.ChoiceField(label=f"Done by {at + 1}", choices=By.choices, required=False)

    @staticmethod
    def values(pack: Pack) -> dict[str, Any]:
        """Return what the form shows of a pack."""
        found: dict[str, Any] = {}
        for at, step in enumerate(pack.steps[:_STEPS]):
            found |= {f"day{at}": step.day, f"text{at}": step.text, f"by{at}": step.by}
        return found

    def step_fields(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each step."""
        return [(self[f"day{at}"], self[f"text{at}"], self[f"by{at}"]) for at in range(_STEPS)]

    def pack(self) -> Pack:
        """Return a pack with the induction as it was typed."""
        given = self.cleaned_data
        return Pack(
            steps=tuple(
                Step(day=given[f"day{at}"] or 1, text=given[f"text{at}"], by=given[f"by{at}"] or By.HERSELF)
                for at in range(_STEPS)
                if given[f"text{at}"]
            )
        )


PARTS: dict[str, Any] = {
    "description": DescriptionForm,
    "person": PersonForm,
    "selection": SelectionForm,
    "induction": InductionForm,
}


class PublishForm(forms.Form):
    """Why the pack changes, once one has held."""

    reason = forms.CharField(label="Why does it change?", max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GiveForm(forms.Form):
    """Who has the role, and from when."""

    user_id = forms.TypedChoiceField(label="Who", coerce=int)
    since = forms.DateField(label="From", widget=_DATE)
    with_induction = forms.BooleanField(label="Give her the induction plan", required=False, initial=True)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(row.id, row.name) for row in people]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Until when."""

    until = forms.DateField(label="Until", widget=_DATE)


class CandidateForm(forms.Form):
    """Somebody to consider, by name or reference alone."""

    label = forms.CharField(
        label="Name or reference",
        max_length=80,
        help_text="Nothing else of her is kept, and this goes half a year after the decision.",
    )


class ScoringForm(forms.Form):
    """What was seen of a candidate, by criterion."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, candidate: CandidateRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = candidate.scores
        for row in self.rows:
            key = row.criterion.id
            self.fields[f"score{key}"] = forms.TypedChoiceField(
                label=f"Score: {row.criterion.text}",
                choices=[("", "not yet"), *((points, f"{points} {name}") for points, name in SCORES.items())],
                coerce=int,
                empty_value=None,
                required=False,
                initial=row.score,
            )
            self.fields[f"evidence{key}"] = forms.CharField(
                label=f"What was seen: {row.criterion.text}", max_length=500, required=False, initial=row.evidence
            )

    def row_fields(self) -> list[tuple[Criterion, Any, Any]]:
        """Return each criterion with its fields."""
        return [
            (row.criterion, self[f"score{row.criterion.id}"], self[f"evidence{row.criterion.id}"]) for row in self.rows
        ]

    def scores(self) -> dict[int, tuple[int, str]]:
        """Return what was typed, by criterion; what has no score is left out."""
        given = self.cleaned_data
        return {
            row.criterion.id: (given[f"score{row.criterion.id}"], given[f"evidence{row.criterion.id}"])
            for row in self.rows
            if row.criterion.id and given[f"score{row.criterion.id}"] is not None
        }


class DecisionForm(forms.Form):
    """What became of a candidate, and why."""

    outcome = forms.ChoiceField(
        label="Outcome", choices=[pair for pair in Outcome.choices if pair[0] != Outcome.OPEN.value]
    )
    reason = forms.CharField(label="Why, by the criteria", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AdjustmentForm(forms.Form):
    """What is done so that somebody can work well."""

    text = forms.CharField(
        label="What is done",
        max_length=500,
        help_text="Such as: starts at ten on Tuesdays; a headset for both ears. Leave out why.",
    )
    review_on = forms.DateField(label="Looked at again on", widget=_DATE)
