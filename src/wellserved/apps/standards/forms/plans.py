"""What is typed about plans: their frame, each section in rows, targets, spending, reviews, decisions."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from wellserved.apps.standards.types.measures import MEASURES
from wellserved.apps.standards.types.plan_templates import TEMPLATES
from wellserved.apps.standards.types.plans import CLASSES, CRITERIA, FREQUENCIES, LINE_KINDS, Content
from wellserved.apps.standards.types.targets import LEVELS

Choices = Iterable[tuple[Any, str]]
CHOOSE = ("", "Choose")
BLANK_ROWS = 2
_DAY = forms.DateInput(attrs={"type": "date"})


def choose(choices: Choices, **kwargs: Any) -> forms.TypedChoiceField:
    """Return a field for one record out of many, None when nothing is chosen."""
    return forms.TypedChoiceField(coerce=int, empty_value=None, choices=[CHOOSE, *choices], **kwargs)


class FrameForm(forms.Form):
    """What a plan is called, who answers for it, when it runs."""

    name = forms.CharField(label="What is the plan called?", max_length=120)
    starts_on = forms.DateField(label="It begins on", widget=_DAY)
    ends_on = forms.DateField(label="It ends on", widget=_DAY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_id"] = choose(people, label="Who answers for it?")


class NewPlanForm(FrameForm):
    """The frame, and what to begin from."""

    template_key = forms.ChoiceField(
        label="Begin from",
        required=False,
        choices=[("", "An empty plan"), *((each.key, each.label) for each in TEMPLATES)],
        widget=forms.RadioSelect,
    )
    standard_id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class RowsForm(forms.Form):
    """Rows of the same fields: those there are, and a few empty ones; a row emptied is taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        columns: Mapping[str, Callable[[], forms.Field]],
        rows: Sequence[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = tuple(columns)
        known = len(rows) + BLANK_ROWS
        sent = [int(name.rpartition("_")[2]) for name in self.data if name.rpartition("_")[2].isdigit()]
        self.count = min(max([known, *(at + 1 for at in sent)]), 60)
        for at in range(self.count):
            row = rows[at] if at < len(rows) else {}
            self.fields[f"key_{at}"] = forms.CharField(
                required=False, max_length=20, widget=forms.HiddenInput, initial=row.get("key", "")
            )
            for name, make in columns.items():
                field = make()
                field.required, field.initial = False, row.get(name)
                self.fields[f"{name}_{at}"] = field

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields row by row, for the page."""
        return [[self[f"{name}_{at}"] for name in ("key", *self.columns)] for at in range(self.count)]

    def given(self) -> list[dict[str, Any]]:
        """Return the rows somebody filled, as the action takes them; a row is empty when its first field is."""
        found = []
        for at in range(self.count):
            row = {name: self.cleaned_data.get(f"{name}_{at}") for name in ("key", *self.columns)}
            if any(row[name] for name in self.columns[:1] + (("library",) if "library" in row else ())):
                found.append(row)
        return found


class ObjectivesForm(forms.Form):
    """One objective a line."""

    text = forms.CharField(
        label="Objectives",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="One on each line: what is different once the plan has worked, so that anybody could check it.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def given(self) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in self.cleaned_data["text"].splitlines() if line.strip()]


class StandardsForm(forms.Form):
    """Which standards the plan delivers."""

    chosen = forms.TypedMultipleChoiceField(
        label="Standards this plan delivers", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = list(standards)  # type: ignore[attr-defined]

    def given(self) -> list[int]:
        """Return the standards ticked."""
        return list(self.cleaned_data["chosen"])


class SustainabilityForm(forms.Form):
    """What the figures mean for whether the plan can be kept up."""

    words = forms.CharField(
        label="Your comment",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="What do the figures above mean: can the team, the money and the equipment keep this up?",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def given(self) -> str:
        """Return the comment."""
        return str(self.cleaned_data["words"])


SectionForm = RowsForm | ObjectivesForm | StandardsForm | SustainabilityForm


def section_form(
    section: str, data: Any, *, content: Content, version: int, people: Choices, standards: Choices
) -> SectionForm:
    """Return the form of one section, filled with what the plan says."""
    people = list(people)
    if section == "objectives":
        return ObjectivesForm(data, initial={"text": "\n".join(content.objectives), "version": version})
    if section == "standards":
        initial = {"chosen": list(content.standards), "version": version}
        return StandardsForm(data, initial=initial, standards=standards)
    if section == "sustainability":
        return SustainabilityForm(data, initial={"words": content.sustainability, "version": version})
    columns, rows = _rows_of(section, content, people)
    return RowsForm(data, columns=columns, rows=rows, initial={"version": version})


def _rows_of(
    section: str, content: Content, people: list[tuple[Any, str]]
) -> tuple[dict[str, Callable[[], forms.Field]], list[dict[str, Any]]]:
    def words(label: str) -> Callable[[], forms.Field]:
        return lambda: forms.CharField(label=label, max_length=300)

    def day(label: str) -> Callable[[], forms.Field]:
        return lambda: forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))

    def one_of(label: str, choices: Choices) -> Callable[[], forms.Field]:
        listed = [CHOOSE, *choices]
        return lambda: forms.ChoiceField(label=label, choices=listed)

    def person(label: str) -> Callable[[], forms.Field]:
        return lambda: choose(people, label=label)

    if section == "actions":
        columns = {"what": words("What is done"), "owner_id": person("Who"), "due_on": day("By")}
        return columns, [_fields(row, columns) for row in content.actions]
    if section == "monitoring":
        columns = {
            "what": words("What is looked at"),
            "every": one_of("How often", [(key, label) for key, (label, _) in FREQUENCIES.items()]),
            "reviewer_id": person("By whom"),
            "starts_on": day("First on"),
        }
        return columns, [_fields(row, columns) for row in content.monitoring]
    if section == "criteria":
        library = [(key, f"{CLASSES[kind]}: {text}") for key, (kind, text) in CRITERIA.items()]
        columns = {
            "words": words("Criterion in your words"),
            "library": one_of("or from the library", library),
            "kind": one_of("Class", CLASSES.items()),
            "level": words("Met when"),
        }
        return columns, [_fields(row, columns) for row in content.criteria]
    columns = {
        "label": words("What for"),
        "kind": one_of("Kind", LINE_KINDS.items()),
        "monthly": lambda: forms.DecimalField(label="£ a month", min_value=0, max_digits=11, decimal_places=2),
    }
    return columns, [_fields(row, columns) for row in content.lines]


def _fields(row: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in ("key", *columns)}


class SendForm(forms.Form):
    """Who is asked, and how long she has."""

    days = forms.IntegerField(label="Days to answer", min_value=1, max_value=90, initial=14)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, approvers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver_id"] = choose(approvers, label="Who decides?")


class ReopenForm(forms.Form):
    """Why an agreed plan is taken up again, and on which evaluation."""

    reason = forms.CharField(label="Why does it change?", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, evaluations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evaluation_id"] = choose(evaluations, label="Which evaluation shows it?")


class EvaluateForm(forms.Form):
    """What holding the plan against what happened showed."""

    finding = forms.CharField(label="What did you find?", max_length=1000, widget=forms.Textarea)
    decision = forms.ChoiceField(
        label="What follows?",
        choices=[("keep", "Keep the plan"), ("modify", "Modify the plan"), ("stop", "Stop the plan")],
        widget=forms.RadioSelect,
    )


class SpendingForm(forms.Form):
    """What a line cost in a month."""

    month = forms.TypedChoiceField(label="Month", coerce=dt.date.fromisoformat)
    line = forms.ChoiceField(label="Line")
    amount = forms.DecimalField(label="Spent", min_value=0, max_digits=11, decimal_places=2)
    note = forms.CharField(
        label="Why it differs", max_length=300, required=False, help_text="Needed beyond a tenth off the plan."
    )

    def __init__(self, *args: Any, months: Choices, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = list(months)  # type: ignore[attr-defined]
        self.fields["line"].choices = list(lines)  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """A target: for whom, measured by what, how much, by when."""

    level = forms.ChoiceField(label="For", choices=LEVELS.items())
    statement = forms.CharField(label="What is to be reached?", max_length=300)
    measure = forms.ChoiceField(label="Measured by", choices=[CHOOSE, *((m.key, m.label) for m in MEASURES.values())])
    aim = forms.DecimalField(
        label="Aim", min_value=0, max_digits=11, decimal_places=2, help_text="In per cent; for a cost, in pounds."
    )
    due_on = forms.DateField(label="By", widget=_DAY)
    change = forms.CharField(
        label="What changes so that it can be reached?",
        max_length=300,
        required=False,
        help_text="Asked for when past weeks do not reach it.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parents: Choices, teams: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_id"] = choose(parents, label="Contributes to", required=False)
        self.fields["team_id"] = choose(teams, label="Team", required=False)
        self.fields["user_id"] = choose(people, label="Person", required=False)

    def value(self) -> float:
        """Return the aim as the action takes it: shares from 0 to 1."""
        measure = MEASURES.get(self.cleaned_data["measure"])
        aim = float(self.cleaned_data["aim"])
        return aim if measure is not None and measure.shape == "amount" else aim / 100
