"""What a manager types about promises: durations, opening hours, holidays, read into what the actions take."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wellserved.apps.standards.types import METRIC_LABELS
from wellserved.platform.errors import Invalid

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PRIORITIES = {None: "Every priority", 1: "Critical", 2: "High", 3: "Normal", 4: "Low"}
WAITING = [
    ("waiting_customer", "waiting for the customer"),
    ("waiting_supplier", "waiting for a supplier"),
    ("waiting_other", "on hold"),
]
AGREEMENTS = [
    ("sla", "Promise to customers"),
    ("ola", "Internal agreement"),
    ("supplier", "Agreement with a supplier"),
]
COUNTRIES = [
    ("", "Choose"),
    ("GB/ENG", "England"),
    ("GB/SCT", "Scotland"),
    ("GB/WLS", "Wales"),
    ("GB/NIR", "Northern Ireland"),
    ("IE", "Ireland"),
    ("DE", "Germany"),
    ("FR", "France"),
    ("ES", "Spain"),
    ("PT", "Portugal"),
    ("IT", "Italy"),
    ("NL", "Netherlands"),
    ("BE", "Belgium"),
    ("PL", "Poland"),
    ("SE", "Sweden"),
    ("US", "United States"),
    ("CA", "Canada"),
    ("AU", "Australia"),
    ("NZ", "New Zealand"),
    ("IN", "India"),
    ("ZA", "South Africa"),
]
UNITS = {"h": 3600, "min": 60, "s": 1}
_PART = re.compile(r"\s*(\d{1,6})\s*(h|min|m|s)(?![a-z])", re.IGNORECASE)
_WINDOW = re.compile(r"^(\d{1,2}:\d{2})\s*[-\N{EN DASH}]\s*(\d{1,2}:\d{2})$")
_DATED = re.compile(r"^((?:\d{4}-)?\d{2}-\d{2})(?:\s+(\d{1,2}:\d{2})\s*[-\N{EN DASH}]\s*(\d{1,2}:\d{2}))?(?:\s+(.+))?$")


def read_duration(text: str) -> int:
    """Return a span in seconds; a day is refused because it may mean 24 hours or a working day.

    >>> read_duration("8 h 30 min")
    30600
    """
    seconds, at = 0, 0
    for part in _PART.finditer(text):
        if text[at : part.start()].strip():
            break
        unit = part[2].lower()
        seconds += int(part[1]) * UNITS["min" if unit == "m" else unit]
        at = part.end()
    if not seconds or text[at:].strip():
        raise forms.ValidationError("Give hours and minutes, such as 1 h, 8 h 30 min or 45 min.")
    return seconds


def write_duration(seconds: int) -> str:
    """Return a span as it is typed.

    >>> write_duration(30600)
    '8 h 30 min'
    """
    parts = []
    for unit, size in UNITS.items():
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts)


class PolicyForm(forms.Form):
    """A standard: whom it holds for, what it promises, who is told when it slips."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the standard a name."})
    agreement = forms.ChoiceField(label="Kind of agreement", choices=AGREEMENTS)
    reason = forms.CharField(
        label="Reason for this change",
        max_length=300,
        required=False,
        help_text="Kept in the history of the standard.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, calendars: Iterable[tuple[int, str]], conditions: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.condition_names = [name for name, (_, choices) in conditions.items() if choices]
        for name in self.condition_names:
            label, choices = conditions[name]
            self.fields[f"when_{name}"] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        options = [(str(pk), label) for pk, label in calendars]
        for metric, label in METRIC_LABELS.items():
            self._add_metric(metric, label, options)

    def _add_metric(self, metric: str, label: str, calendars: list[tuple[str, str]]) -> None:
        for priority, words in PRIORITIES.items():
            self.fields[f"{metric}_{priority or 'all'}"] = forms.CharField(
                label=f"{label}: {words.lower()}", required=False, max_length=40
            )
        self.fields[f"{metric}_calendar"] = forms.ChoiceField(
            label=f"{label}: counted in", choices=calendars, required=False
        )
        self.fields[f"{metric}_aim"] = forms.IntegerField(
            label=f"{label}: aim, per cent", required=False, min_value=1, max_value=100
        )
        self.fields[f"{metric}_warn"] = forms.CharField(label=f"{label}: warn before", required=False, max_length=40)
        self.fields[f"{metric}_pause"] = forms.MultipleChoiceField(
            label=f"{label}: pauses while", choices=WAITING, required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean(self) -> dict[str, Any]:
        """Read the rows into targets; a row without a time promises nothing."""
        cleaned = super().clean() or {}
        targets: list[dict[str, Any]] = []
        for metric in METRIC_LABELS:
            targets += self._read_metric(metric, cleaned)
        if not targets and not self.errors:
            self.add_error("first_reply_all", "Promise at least one thing, such as a first reply within 4 h.")
        cleaned["targets"] = targets
        return cleaned

    def _read_metric(self, metric: str, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        common = {
            "calendar": int(cleaned.get(f"{metric}_calendar") or 0),
            "aim": cleaned[f"{metric}_aim"] / 100 if cleaned.get(f"{metric}_aim") else None,
            "pause_on": cleaned.get(f"{metric}_pause") or [],
            "warn_before": [],
        }
        warn = self._read_span(f"{metric}_warn")
        rows = []
        for priority in PRIORITIES:
            seconds = self._read_span(f"{metric}_{priority or 'all'}")
            if seconds:
                warnings = [warn] if warn and warn < seconds else []
                rows.append(
                    {"metric": metric, "priority": priority, "seconds": seconds, **common, "warn_before": warnings}
                )
        return rows

    def _read_span(self, name: str) -> int | None:
        text = str(self.cleaned_data.get(name) or "").strip()
        if not text:
            return None
        try:
            return read_duration(text)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return None

    def conditions(self) -> dict[str, list[Any]]:
        """Return whom the standard holds for."""
        given = {name: self.cleaned_data[f"when_{name}"] for name in self.condition_names}
        return {name: [int(v) if v.isdigit() else v for v in values] for name, values in given.items() if values}


def policy_initial(
    *, name: str, agreement: str, version: int, conditions: Mapping[str, Any], targets: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the form shows for a standard that exists."""
    initial: dict[str, Any] = {"name": name, "agreement": agreement, "version": version}
    initial |= {f"when_{field}": [str(value) for value in values] for field, values in conditions.items()}
    for target in targets:
        metric = target["metric"]
        initial[f"{metric}_{target['priority'] or 'all'}"] = write_duration(target["seconds"])
        initial[f"{metric}_calendar"] = str(target["calendar"])
        initial[f"{metric}_aim"] = round(target["aim"] * 100) if target.get("aim") else None
        initial[f"{metric}_pause"] = target["pause_on"]
        if target["warn_before"]:
            initial[f"{metric}_warn"] = write_duration(target["warn_before"][0])
    return initial


class CalendarForm(forms.Form):
    """Opening hours, several windows a day, and the days we are closed."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the calendar a name."})
    tz = forms.CharField(label="Time zone", max_length=64, initial="Europe/London")
    holidays = forms.CharField(
        label="Closed days",
        widget=forms.Textarea,
        required=False,
        help_text=(
            "One a line: 2026-12-25 Christmas Day closes one day, 12-25 closes it every year, "
            "2026-12-24 12:00-17:30 Christmas Eve closes a part of it."
        ),
        max_length=60_000,
    )
    country = forms.ChoiceField(label="Add public holidays of", choices=COUNTRIES, required=False)
    ical = forms.CharField(
        label="Or paste an iCalendar file", widget=forms.Textarea, required=False, max_length=500_000
    )
    reason = forms.CharField(
        label="Reason for this change",
        max_length=300,
        required=False,
        help_text="Kept in the history of the calendar.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = forms.CharField(label=label, required=False, max_length=200)

    @property
    def days(self) -> list[forms.BoundField]:
        """Return the seven fields of the week."""
        return [self[f"day_{number}"] for number in range(7)]

    def clean(self) -> dict[str, Any]:
        """Read hours and closed days into a definition."""
        cleaned = super().clean() or {}
        hours = {}
        for number in range(7):
            windows = self._read_day(f"day_{number}", str(cleaned.get(f"day_{number}") or ""))
            if windows:
                hours[str(number)] = windows
        if not hours and not self.errors:
            self.add_error("day_0", "Open on at least one day, such as 09:00-17:30.")
        cleaned["spec"] = {"tz": cleaned.get("tz", ""), "hours": hours, "holidays": self._read_holidays(cleaned)}
        return cleaned

    def _read_day(self, name: str, text: str) -> list[list[str]]:
        windows = []
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            match = _WINDOW.match(part)
            if match is None:
                self.add_error(name, f"“{part}” is not a window. Write 09:00-12:00, 13:00-17:30.")
                return []
            windows.append([match[1].zfill(5), match[2].zfill(5)])
        return windows

    def _read_holidays(self, cleaned: dict[str, Any]) -> list[dict[str, str]]:
        found = []
        for line in filter(None, (text.strip() for text in str(cleaned.get("holidays") or "").splitlines())):
            match = _DATED.match(line)
            if match is None:
                self.add_error("holidays", f"“{line}” does not begin with a date such as 2026-12-25 or 12-25.")
                return []
            day = {"date": match[1], "name": match[4] or ""}
            found.append(day | {"from": match[2], "to": match[3]} if match[2] else day)
        return found


def calendar_initial(*, name: str, version: int | None, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows for a calendar that exists."""
    hours = spec.get("hours", {})
    return {
        "name": name,
        "version": version,
        "tz": spec.get("tz", ""),
        "holidays": write_holidays(spec.get("holidays", [])),
        **{f"day_{n}": ", ".join(f"{a}-{b}" for a, b in hours.get(str(n), [])) for n in range(7)},
    }


def write_holidays(holidays: Iterable[Any]) -> str:
    """Return closed days one a line."""
    lines = []
    for holiday in holidays:
        if isinstance(holiday, str):
            lines.append(holiday)
            continue
        window = f"{holiday['from']}-{holiday['to']}" if holiday.get("from") else ""
        lines.append(" ".join(filter(None, (holiday["date"], window, holiday.get("name", "")))))
    return "\n".join(lines)


def read_country(code: str) -> tuple[str, str]:
    """Return the country and its part."""
    country, _, part = code.partition("/")
    return country, part


def read_moment(text: str) -> dt.datetime | None:
    """Return the moment typed into a preview, or None; what cannot be read is refused in words."""
    if not text:
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("Give a moment such as 2026-11-24T14:30.", code="moment") from None
