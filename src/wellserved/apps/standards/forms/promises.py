"""A standard as a manager types it: what is promised, in which hours, to whom, and who is told when it slips.

The form says everything a policy can say, so that opening and saving one changes nothing in it. Targets and levels are
rows numbered from 0; a target without a time and a level that tells nobody are left out, which is how one is removed.
"""

import collections
import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from wellserved.apps.standards.forms.durations import read_duration, write_duration
from wellserved.apps.standards.types import METRIC_LABELS, TELL_LABELS

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
REOPENING = [("resume", "Go on from the time already used"), ("restart", "Start anew")]
WHEN = [("after", "after it is due"), ("at", "when it is due"), ("before", "before it is due")]
HOW = [("screen", "on Today and on the ticket"), ("mail", "there, and by mail")]
MOST_TARGETS, MOST_STEPS = 40, 100
FIRST_TARGETS = ("first_reply", "resolution")

# How the values of a condition are kept; the others are ids.
_AS_KEPT: dict[str, Callable[[str], Any]] = {"kind": str, "channel": str, "internal": lambda value: value == "True"}


class PolicyForm(forms.Form):
    """A standard: whom it holds for, what it promises, who is told when it slips."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the standard a name."})
    agreement = forms.ChoiceField(label="Kind of agreement", choices=AGREEMENTS)
    add_customer = forms.CharField(
        label="Add a customer",
        required=False,
        max_length=254,
        help_text="Her address or the beginning of her name.",
    )
    reason = forms.CharField(
        label="Reason for this change",
        max_length=300,
        required=False,
        help_text="Kept in the history of the standard.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        calendars: Iterable[tuple[int, str]],
        conditions: Mapping[str, Any],
        more_targets: int = 0,
        more_steps: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        self.condition_names = [name for name, (_, choices) in conditions.items() if choices]
        for name in self.condition_names:
            label, choices = conditions[name]
            self.fields[f"when_{name}"] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        options = [(str(pk), label) for pk, label in calendars]
        self.fields["calendar"] = forms.ChoiceField(label="Counted in", choices=options)
        self.targets = [f"t{n}" for n in range(_rows(given, "t", MOST_TARGETS, more_targets))]
        self.steps = [f"s{n}" for n in range(_rows(given, "s", MOST_STEPS, more_steps))]
        for row in self.targets:
            self.fields |= _target_fields(row, options)
        for row in self.steps:
            self.fields |= _step_fields(row)

    @property
    def has_conditions(self) -> bool:
        """Return whether it holds for some tickets only, as it stands on the screen."""
        return any(self[f"when_{name}"].value() for name in self.condition_names)

    def has_more(self, row: str) -> bool:
        """Return whether a target says more than its time and its priority."""
        plain: dict[str, tuple[Any, ...]] = {"reopen": ("resume", "", None)}
        names = ("calendar", "aim", "warn", "pause", "reasons", "reopen")
        return any(self[f"{row}_{n}"].value() not in plain.get(n, ("", None, [])) for n in names) or any(
            self[f"{row}_{n}"].errors for n in names
        )

    def clean(self) -> dict[str, Any]:
        """Read the rows into targets and a ladder."""
        cleaned = super().clean() or {}
        targets = [self._read_target(row, cleaned) for row in self.targets]
        steps = [self._read_step(row, cleaned) for row in self.steps]
        cleaned["targets"] = [target for target in targets if target]
        cleaned["escalation"] = [step for step in steps if step]
        if not cleaned["targets"] and not self.errors:
            self.add_error("t0_within", "Promise at least one thing, such as a first reply within 4 h.")
        return cleaned

    def _read_target(self, row: str, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
        seconds = self._read_span(f"{row}_within", cleaned)
        if not seconds:
            return None
        priority = cleaned.get(f"{row}_priority")
        return {
            "metric": cleaned.get(f"{row}_metric"),
            "priority": int(priority) if priority else None,
            "seconds": seconds,
            "calendar": int(cleaned.get(f"{row}_calendar") or cleaned.get("calendar") or 0),
            "pause_on": cleaned.get(f"{row}_pause") or [],
            "pause_reasons": _lines(cleaned.get(f"{row}_reasons")),
            "warn_before": self._read_spans(f"{row}_warn", cleaned),
            "reopen": cleaned.get(f"{row}_reopen") or "resume",
            "aim": self._read_aim(f"{row}_aim", cleaned),
        }

    def _read_step(self, row: str, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
        tell, when = cleaned.get(f"{row}_tell"), cleaned.get(f"{row}_when") or "at"
        if not tell:
            return None
        offset = 0 if when == "at" else self._read_span(f"{row}_span", cleaned)
        if offset is None and f"{row}_span" not in self.errors:
            self.add_error(f"{row}_span", "Say how long before or after, such as 30 min.")
        return {
            "metric": cleaned.get(f"{row}_metric"),
            "level": cleaned.get(f"{row}_level") or 0,
            "before_seconds" if when == "before" else "after_seconds": offset or 0,
            "tell": tell,
            "how": cleaned.get(f"{row}_how") or "screen",
        }

    def _read_span(self, name: str, cleaned: Mapping[str, Any]) -> int | None:
        found = self._read_spans(name, cleaned)
        if len(found) > 1:
            self.add_error(name, "Give one time, such as 8 h 30 min.")
        return found[0] if found else None

    def _read_spans(self, name: str, cleaned: Mapping[str, Any]) -> list[int]:
        pieces = [piece for piece in str(cleaned.get(name) or "").split(",") if piece.strip()]
        try:
            return [read_duration(piece) for piece in pieces]
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return []

    def _read_aim(self, name: str, cleaned: Mapping[str, Any]) -> float | None:
        text = str(cleaned.get(name) or "").strip().rstrip("%").strip()
        if not text:
            return None
        try:
            share = decimal.Decimal(text) / 100
        except decimal.InvalidOperation:
            share = decimal.Decimal(0)
        if not share.is_finite() or not 0 < float(share) <= 1:
            self.add_error(name, "Give a share above 0 and at most 100 per cent, such as 95.")
            return None
        return float(share)

    def conditions(self) -> dict[str, list[Any]]:
        """Return whom the standard holds for."""
        given = {name: self.cleaned_data[f"when_{name}"] for name in self.condition_names}
        return {name: [_AS_KEPT.get(name, int)(v) for v in values] for name, values in given.items() if values}


def _rows(given: Mapping[str, Any], kind: str, most: int, more: int) -> int:
    known = next((n for n in range(most) if f"{kind}{n}_metric" not in given), most)
    return min(known + more, most)


def _target_fields(row: str, calendars: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    priorities = [(str(value or ""), label) for value, label in PRIORITIES.items()]
    return {
        f"{row}_metric": forms.ChoiceField(label="Promise", choices=list(METRIC_LABELS.items())),
        f"{row}_within": forms.CharField(label="Within", required=False, max_length=40),
        f"{row}_priority": forms.ChoiceField(label="For", choices=priorities, required=False),
        f"{row}_calendar": forms.ChoiceField(
            label="Counted in", choices=[("", "The hours of the standard"), *calendars], required=False
        ),
        f"{row}_aim": forms.CharField(label="Aim, per cent", required=False, max_length=40),
        f"{row}_warn": forms.CharField(
            label="Warn before", required=False, max_length=1_200, help_text="One time or several: 2 h, 30 min."
        ),
        f"{row}_reopen": forms.ChoiceField(label="After a reopening", choices=REOPENING, required=False),
        f"{row}_pause": forms.MultipleChoiceField(
            label="The clock pauses while", choices=WAITING, required=False, widget=forms.CheckboxSelectMultiple
        ),
        f"{row}_reasons": forms.CharField(
            label="It pauses for these reasons too",
            required=False,
            max_length=6_200,
            widget=forms.Textarea,
            help_text="One a line, as people give them when they put a ticket on hold.",
        ),
    }


def _step_fields(row: str) -> dict[str, forms.Field]:
    people = [("", "Nobody: leave this level out"), *TELL_LABELS.items()]
    return {
        f"{row}_metric": forms.ChoiceField(label="Promise", choices=list(METRIC_LABELS.items())),
        f"{row}_level": forms.IntegerField(label="Level", required=False, min_value=1, max_value=40),
        f"{row}_span": forms.CharField(label="How long", required=False, max_length=40),
        f"{row}_when": forms.ChoiceField(label="When", choices=WHEN, required=False),
        f"{row}_tell": forms.ChoiceField(label="Tell", choices=people, required=False),
        f"{row}_how": forms.ChoiceField(label="How", choices=HOW, required=False),
    }


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").replace("\r\n", "\n").split("\n") if line.strip()]


def new_policy_initial() -> dict[str, Any]:
    """Return the first questions of a standard that does not exist yet."""
    return {f"t{n}_metric": metric for n, metric in enumerate(FIRST_TARGETS)}


def policy_initial(
    *,
    name: str,
    agreement: str,
    version: int,
    conditions: Mapping[str, Any],
    targets: Sequence[Mapping[str, Any]],
    escalation: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return what the form shows for a standard that exists: all of it."""
    usual = collections.Counter(target["calendar"] for target in targets).most_common(1)[0][0]
    initial: dict[str, Any] = {"name": name, "agreement": agreement, "version": version, "calendar": str(usual)}
    initial |= {f"when_{field}": [str(value) for value in values] for field, values in conditions.items()}
    for n, target in enumerate(targets):
        own = "" if target["calendar"] == usual else str(target["calendar"])
        shown = {
            "metric": target["metric"],
            "within": write_duration(target["seconds"]),
            "priority": str(target["priority"] or ""),
            "calendar": own,
            "aim": _percent(target.get("aim")),
            "warn": ", ".join(write_duration(seconds) for seconds in target["warn_before"]),
            "reopen": target["reopen"],
            "pause": target["pause_on"],
            "reasons": "\n".join(target["pause_reasons"]),
        }
        initial |= {f"t{n}_{part}": value for part, value in shown.items()}
    for n, step in enumerate(escalation):
        before, after = step.get("before_seconds"), step.get("after_seconds")
        shown = {
            "metric": step["metric"],
            "level": step["level"],
            "span": write_duration(before or after or 0),
            "when": "before" if before else "after" if after else "at",
            "tell": step["tell"],
            "how": step.get("how", "screen"),
        }
        initial |= {f"s{n}_{part}": value for part, value in shown.items()}
    return initial


def _percent(aim: float | None) -> str:
    """Return a share in per cent, to its last digit.

    >>> _percent(0.955)
    '95.5'
    """
    return "" if aim is None else f"{(decimal.Decimal(repr(float(aim))) * 100).normalize():f}"
