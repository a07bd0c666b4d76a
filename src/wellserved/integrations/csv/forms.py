"""Forms of the import wizard: the file, what its columns and words mean, a folder to watch."""

import dataclasses
import json
import zoneinfo
from collections.abc import Iterator
from typing import Any

from django import forms

from wellserved.integrations.csv.models import ImportRun
from wellserved.science import formats
from wellserved.science.formats.mapping import SHAPES
from wellserved.science.formats.moments import TIME_FORMATS

MAIN_ROLES = ("case", "time", "opened", "activity", "status", "first_reply", "resolved", "closed")
SHOWN_WORDS = 60
_ROLE_NAMES = {
    "case": "Case number",
    "time": "Time of each event",
    "opened": "Came in at",
    "time_of_day": "Time of day, where it stands apart",
    "activity": "What happened",
    "first_reply": "First reply at",
    "resolved": "Resolved at",
    "closed": "Closed at",
    "updated": "Last changed at",
}
_SHAPE_NAMES = {"events": "each row is one event of a case", "tickets": "each row is one ticket"}
_NOTHING = ("", "not in this file")


def zones() -> list[tuple[str, str]]:
    """Return every time zone by name."""
    return [(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name or name == "UTC"]


class UploadForm(forms.Form):
    """The file, and where it comes from."""

    file = forms.FileField(
        label="Export or event log",
        help_text="CSV, TSV, gzip, zip or xlsx, up to 512 MB. It stays on this server and is deleted after the import.",
    )
    system = forms.CharField(
        label="System it comes from",
        max_length=60,
        required=False,
        help_text="Tickets are known by this name and their number, so give the same name next time.",
    )
    time_zone = forms.ChoiceField(label="Zone of times that name none", initial="UTC")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """Which column plays which part, and what its words mean; `mapping_json` gives it as JSON."""

    system = forms.CharField(label="System it comes from", max_length=60)
    link_template = forms.CharField(
        label="Link back to a ticket",
        max_length=300,
        required=False,
        help_text="With {id} where the number goes, as https://desk.example/tickets/{id}.",
    )
    shape = forms.ChoiceField(label="Each row is", choices=[(key, _SHAPE_NAMES[key]) for key in SHAPES])
    time_format = forms.CharField(
        label="How times are written",
        max_length=60,
        help_text=f"{', '.join(TIME_FORMATS)}, or a pattern such as %d.%m.%Y %H:%M.",
    )
    timezone = forms.ChoiceField(label="Zone of times that name none")

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        self.given = formats.Mapping.from_json(json.dumps(run.mapping))
        kwargs.setdefault("initial", _initial(run, self.given))
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = zones()  # type: ignore[attr-defined]
        columns = [_NOTHING, *((name, name) for name in run.account.get("columns", ()))]
        for role in formats.ROLES:
            label = _ROLE_NAMES.get(role, role.capitalize())
            self.fields[f"col_{role}"] = forms.ChoiceField(label=label, required=False, choices=columns)
        self.status_words = self._add_words("status", self.given.status_map, formats.STATUS_CATEGORIES)
        self.activity_words = self._add_words("activity", self.given.activity_map, formats.EVENT_KINDS)

    def _add_words(self, part: str, words: Any, meanings: tuple[str, ...]) -> list[str]:
        shown = sorted(words)[:SHOWN_WORDS]
        nothing = [("", "changes no status")] if part == "status" else []
        choices = [*nothing, *((meaning, meaning.replace("_", " ")) for meaning in meanings)]
        for index, word in enumerate(shown):
            field = forms.ChoiceField(label=word or "(empty)", required=False, choices=choices)
            self.fields[f"{part}_{index}"] = field
            self.initial[f"{part}_{index}"] = words[word] or ""
        return shown

    def main_columns(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Yield the fields of the columns every import needs, with their role."""
        return ((self[f"col_{role}"], role) for role in MAIN_ROLES)

    def other_columns(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Yield the fields of the columns that tell more, with their role."""
        return ((self[f"col_{role}"], role) for role in formats.ROLES if role not in MAIN_ROLES)

    def mapping_json(self) -> str:
        """Return the mapping the form describes, on top of what it does not show."""
        said = self.cleaned_data
        columns = {role: said[f"col_{role}"] for role in formats.ROLES if said.get(f"col_{role}")}
        statuses = {word: said[f"status_{n}"] or None for n, word in enumerate(self.status_words)}
        acts = {word: said[f"activity_{n}"] or "other" for n, word in enumerate(self.activity_words)}
        changed = said["time_format"] != self.given.time_format
        try:
            mapping = dataclasses.replace(
                self.given,
                shape=said["shape"],
                columns=columns,
                time_format=said["time_format"],
                time_formats={} if changed else {r: f for r, f in self.given.time_formats.items() if r in columns},
                timezone=said["timezone"],
                status_map=self._kept(columns, "status", {**self.given.status_map, **statuses}),
                activity_map=self._kept(columns, "activity", {**self.given.activity_map, **acts}),
            )
        except formats.MappingError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return mapping.to_json()

    def _kept(self, columns: dict[str, str], role: str, words: dict[str, Any]) -> dict[str, Any]:
        """Words belong to the column they were found in; of another column they are looked for anew."""
        return words if columns.get(role) == self.given.columns.get(role) else {}

    def clean(self) -> dict[str, Any]:
        """Say what no mapping can be."""
        said = super().clean() or {}
        if not self.errors:
            said["text"] = self.mapping_json()
        return said


class MappingFileForm(forms.Form):
    """A mapping written elsewhere: a file, or its text."""

    file = forms.FileField(label="Mapping file", required=False)
    text = forms.CharField(label="Mapping as JSON", required=False, widget=forms.Textarea, strip=False)

    def clean(self) -> dict[str, Any]:
        """Read the file, if there is one, as the text."""
        said = super().clean() or {}
        if said.get("file"):
            said["text"] = said["file"].read(2_000_000).decode("utf-8", errors="replace")
        if not said.get("text", "").strip():
            raise forms.ValidationError("Choose a mapping file, or write the mapping in the box.")
        return said


class StartForm(forms.Form):
    """Whether a world without promises gets the default one first."""

    wants_standards = forms.BooleanField(
        label="Judge these tickets by a standard promise",
        required=False,
        initial=True,
        help_text="Nothing is promised yet. First reply within one working day, resolution within five, office hours: "
        "change it in Standards at any time. Undoing the import takes it back unless other tickets count by it.",
    )


class WatchForm(forms.Form):
    """A folder another help desk exports to."""

    folder = forms.CharField(label="Folder on this server", max_length=500)
    pattern = forms.CharField(label="Files", max_length=80, initial="*.csv*", required=False)
    system = forms.CharField(label="System they come from", max_length=60)
    link_template = forms.CharField(label="Link back to a ticket", max_length=300, required=False)
    time_zone = forms.ChoiceField(label="Zone of times that name none", initial="UTC", required=False)
    mapping = forms.CharField(
        label="Mapping as JSON",
        required=False,
        widget=forms.Textarea,
        strip=False,
        help_text="Only when columns are not found by themselves: import one file by hand and download its mapping.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        """Read times as UTC where no zone is chosen."""
        return self.cleaned_data["time_zone"] or "UTC"


def _initial(run: ImportRun, mapping: formats.Mapping) -> dict[str, Any]:
    return {
        "system": run.system,
        "link_template": run.link_template,
        "shape": mapping.shape,
        "time_format": mapping.time_format,
        "timezone": mapping.timezone,
        **{f"col_{role}": name for role, name in mapping.columns.items()},
    }
