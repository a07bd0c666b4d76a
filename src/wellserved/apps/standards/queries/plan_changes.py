"""What differs between two plans, in words: label, before, after."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from wellserved.apps.standards.types.plans import FREQUENCIES, LINE_KINDS
from wellserved.platform.ui.formatting import format_day

_FRAME = {
    "name": "Name",
    "starts_on": "Begins",
    "ends_on": "Ends",
    "amount": "Budget",
    "sustainability": "Sustainability",
}
_ROWS = {
    "actions": "Action",
    "criteria": "Criterion",
    "monitoring": "Monitoring",
    "lines": "Budget line",
    "targets": "Target",
}


def between(
    before: Mapping[str, Any], after: Mapping[str, Any], *, names: Mapping[int, str], standards: Mapping[int, str]
) -> tuple[tuple[str, str, str], ...]:
    """Return every difference; of rows those that came, went or changed."""
    found = [
        (label, _say_frame(key, before), _say_frame(key, after))
        for key, label in _FRAME.items()
        if (before.get(key) or "") != (after.get(key) or "")
    ]
    for key, label in (("objectives", "Objective"), ("standards", "Standard")):
        old = [standards.get(each, str(each)) for each in before.get(key, ())]
        new = [standards.get(each, str(each)) for each in after.get(key, ())]
        found += [(label, each, "") for each in old if each not in new]
        found += [(label, "", each) for each in new if each not in old]
    for key, label in _ROWS.items():
        old_rows = {each["key"]: _say(key, each, names) for each in before.get(key, ())}
        new_rows = {each["key"]: _say(key, each, names) for each in after.get(key, ())}
        found += [
            (label, old_rows.get(at, ""), new_rows.get(at, ""))
            for at in {**old_rows, **new_rows}
            if old_rows.get(at) != new_rows.get(at)
        ]
    return tuple(found)


def _say_frame(key: str, content: Mapping[str, Any]) -> str:
    value = str(content.get(key) or "")
    return _day(value) if value and key.endswith("_on") else value


def _day(written: str) -> str:
    return format_day(dt.date.fromisoformat(written))


def _say(key: str, row: Mapping[str, Any], names: Mapping[int, str]) -> str:
    match key:
        case "actions":
            return f"{row['what']}: {names.get(row['owner_id'], 'somebody')} by {_day(row['due_on'])}"
        case "criteria":
            return f"{row['words']}: {row['level']}"
        case "monitoring":
            every = FREQUENCIES[row["every"]][0].lower()
            return f"{row['what']} {every} from {_day(row['starts_on'])}: {names.get(row['reviewer_id'], 'somebody')}"
        case "lines":
            return f"{row['label']} ({LINE_KINDS[row['kind']].lower()}): {row['monthly']} a month"
    return f"{row['who']}: {row['statement']} {row['shown']} by {_day(row['due_on'])}"
