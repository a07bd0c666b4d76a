"""What a manager types about calendars: opening hours and closed days, read into what the actions take."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from wellserved.platform.errors import Invalid
from wellserved.science.calendars import holiday_countries

LARGEST_ICAL = 1_000_000
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# These four keep holidays of their own and are asked for by name.
NATIONS = [("GB/ENG", "England"), ("GB/NIR", "Northern Ireland"), ("GB/SCT", "Scotland"), ("GB/WLS", "Wales")]
_TIME = r"(\d{1,2}:\d{2}(?::\d{2})?)"
_SPAN = _TIME + r"\s*[-\N{EN DASH}]\s*" + _TIME
_WINDOW = re.compile(rf"^{_SPAN}$")
_DATED = re.compile(rf"^((?:\d{{4}}-)?\d{{2}}-\d{{2}})(?:\s+{_SPAN})?(?:\s+(.+))?$")
_OPENING = re.compile(rf"^(\d{{4}}-\d{{2}}-\d{{2}})\s+{_SPAN}$")


def list_countries() -> list[tuple[str, str]]:
    """Return every country whose public holidays are known, to choose from."""
    return [("", "Choose"), *NATIONS, *holiday_countries()]


def read_ical(upload: "UploadedFile[bytes] | None") -> str:
    """Return the text of an uploaded iCalendar file, empty without one."""
    if upload is None:
        return ""
    if (upload.size or 0) > LARGEST_ICAL:
        raise Invalid(f"The file is larger than {LARGEST_ICAL:,} bytes; give holidays alone.", code="ical", field="ics")
    try:
        return str(upload.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("This is not an iCalendar file: it is not written in UTF-8.", code="ical", field="ics") from None


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
    country = forms.ChoiceField(label="Add public holidays of", choices=list_countries, required=False)
    part = forms.CharField(label="State or region", max_length=40, required=False, help_text="Its code, such as BY.")
    ical = forms.CharField(
        label="Or paste an iCalendar file", widget=forms.Textarea, required=False, max_length=500_000
    )
    ics = forms.FileField(
        label="Or choose an iCalendar file (.ics)", required=False, widget=forms.FileInput(attrs={"accept": ".ics"})
    )
    openings = forms.CharField(
        label="Extra openings",
        widget=forms.Textarea,
        required=False,
        help_text="One a line: 2026-12-19 10:00-16:00 opens that Saturday; it holds on a closed day too.",
        max_length=60_000,
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
        dated = {"holidays": self._read_holidays(cleaned), "openings": self._read_openings(cleaned)}
        cleaned["spec"] = {"tz": cleaned.get("tz", ""), "hours": hours, **dated}
        return cleaned

    def _read_day(self, name: str, text: str) -> list[list[str]]:
        windows = []
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            match = _WINDOW.match(part)
            if match is None:
                self.add_error(name, f"“{part}” is not a window. Write 09:00-12:00, 13:00-17:30.")
                return []
            windows.append([_pad(match[1]), _pad(match[2])])
        return windows

    def _read_holidays(self, cleaned: dict[str, Any]) -> list[dict[str, str]]:
        found = []
        for line in _lines(cleaned.get("holidays")):
            match = _DATED.match(line)
            if match is None:
                self.add_error("holidays", f"“{line}” does not begin with a date such as 2026-12-25 or 12-25.")
                return []
            day = {"date": match[1], "name": match[4] or ""}
            found.append(day | {"from": _pad(match[2]), "to": _pad(match[3])} if match[2] else day)
        return found

    def _read_openings(self, cleaned: dict[str, Any]) -> list[dict[str, str]]:
        found = []
        for line in _lines(cleaned.get("openings")):
            match = _OPENING.match(line)
            if match is None:
                self.add_error("openings", f"“{line}” is not an opening. Write 2026-12-19 10:00-16:00.")
                return []
            found.append({"date": match[1], "from": _pad(match[2]), "to": _pad(match[3])})
        return found


def _lines(text: object) -> list[str]:
    return [line for line in (raw.strip() for raw in str(text or "").splitlines()) if line]


def _pad(time: str) -> str:
    return time if time[1:2] != ":" else f"0{time}"


def calendar_initial(*, name: str, version: int | None, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows for a calendar that exists."""
    hours = spec.get("hours", {})
    return {
        "name": name,
        "version": version,
        "tz": spec.get("tz", ""),
        "holidays": write_holidays(spec.get("holidays", [])),
        "openings": "\n".join(f"{day['date']} {day['from']}-{day['to']}" for day in spec.get("openings", [])),
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
