"""Who may write plans, and what each part of one may hold."""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.types import plans as types
from wellserved.platform.errors import Invalid
from wellserved.platform.ui.formatting import format_day

MOST_ROWS = 40
LONGEST = 300
LONGEST_COMMENT = 2000
LARGEST = decimal.Decimal(100_000_000)
LONGEST_PLAN = dt.timedelta(days=366 * 5)
ADVICE = "Ask a manager or an administrator."


def require_edit(actor: Actor) -> None:
    """Refuse whoever may not write plans, budgets, resources and bids."""
    accounts.check_can(actor, accounts.EDIT_PLANS, f"Only managers write plans, budgets and bids. {ADVICE}")


def read_frame(*, name: str, starts_on: dt.date, ends_on: dt.date) -> str:
    """Return the name, or say what is wrong with the frame of a plan."""
    name = name.strip()
    if not name or len(name) > 120:
        raise Invalid("Give the plan a name of up to 120 letters.", code="plan_name", field="name")
    if not (dt.date(2000, 1, 1) <= starts_on < ends_on <= dt.date(2100, 1, 1)) or ends_on - starts_on > LONGEST_PLAN:
        raise Invalid("A plan ends after it begins, and within five years.", code="plan_days", field="ends_on")
    return name


def read_section(section: str, given: Any, *, before: types.Content, ends_on: dt.date) -> Any:
    """Return one section of a plan as its content holds it, or say what cannot be used."""
    read: Callable[[], Any] | None = {
        "objectives": lambda: tuple(_words(each, "objective") for each in _rows(given) if str(each).strip()),
        "standards": lambda: tuple(sorted({int(each) for each in _rows(given)})),
        "actions": lambda: tuple(_action(key, row, ends_on) for key, row in _keyed(given, before.actions, "a")),
        "criteria": lambda: tuple(_criterion(key, row) for key, row in _keyed(given, before.criteria, "c")),
        "monitoring": lambda: tuple(_monitor(key, row, ends_on) for key, row in _keyed(given, before.monitoring, "m")),
        "budget": lambda: tuple(_line(key, row) for key, row in _keyed(given, before.lines, "b")),
        "sustainability": lambda: _comment(given),
    }.get(section)
    if read is None:
        raise Invalid(f"A plan has no {section}; it has {', '.join(types.SECTIONS)}.", code="plan_section")
    return read()


def _comment(given: Any) -> str:
    text = str(given).strip()
    if len(text) > LONGEST_COMMENT:
        raise Invalid(f"Keep it to {LONGEST_COMMENT} letters.", code="too_long", field="sustainability")
    return text


def _rows(given: Any) -> Sequence[Any]:
    rows = list(given)
    if len(rows) > MOST_ROWS:
        raise Invalid(f"A part of a plan holds up to {MOST_ROWS} rows; this has {len(rows)}.", code="plan_rows")
    return rows


def _keyed(given: Any, before: Iterable[Any], letter: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return each row with its key; a new row takes a number no row of the plan ever had."""
    known = {row.key for row in before}
    highest = max((int(key[1:]) for key in known), default=0)
    found, taken = [], set()
    for row in _rows(given):
        key = str(row.get("key") or "")
        if key not in known or key in taken:
            highest += 1
            key = f"{letter}{highest}"
        taken.add(key)
        found.append((key, row))
    return found


def _words(given: Any, what: str) -> str:
    text = str(given or "").strip()
    if not text or len(text) > LONGEST:
        raise Invalid(f"Say the {what} in up to {LONGEST} letters.", code="plan_words", what=what)
    return text


def _action(key: str, row: Mapping[str, Any], ends_on: dt.date) -> types.Action:
    what, owner, due_on = _words(row.get("what"), "action"), row.get("owner_id"), row.get("due_on")
    if not owner or not isinstance(due_on, dt.date):
        raise Invalid(f"“{what}” needs an owner and a day.", code="plan_action")
    if due_on > ends_on:
        raise Invalid(f"“{what}” is due after the plan ends on {format_day(ends_on)}.", code="plan_action")
    return types.Action(key=key, what=what, owner_id=int(owner), due_on=due_on)


def _criterion(key: str, row: Mapping[str, Any]) -> types.Criterion:
    chosen = types.CRITERIA.get(str(row.get("library") or ""))
    kind = chosen[0] if chosen else str(row.get("kind") or "")
    words = _words(row.get("words") or (chosen[1] if chosen else ""), "criterion")
    if kind not in types.CLASSES:
        raise Invalid(f"Choose a class for “{words}”: {', '.join(types.CLASSES)}.", code="plan_criterion")
    level = str(row.get("level") or "").strip()
    if not level or len(level) > LONGEST:
        raise Invalid(f"Say which level of “{words}” counts as met.", code="plan_criterion")
    return types.Criterion(key=key, kind=kind, words=words, level=level)


def _monitor(key: str, row: Mapping[str, Any], ends_on: dt.date) -> types.Monitor:
    what, every = _words(row.get("what"), "arrangement"), str(row.get("every") or "")
    starts_on, reviewer = row.get("starts_on"), row.get("reviewer_id")
    if every not in types.FREQUENCIES:
        raise Invalid(f"Say how often “{what}” is looked at: {', '.join(types.FREQUENCIES)}.", code="plan_monitor")
    if not reviewer or not isinstance(starts_on, dt.date) or starts_on > ends_on:
        raise Invalid(f"“{what}” needs a reviewer and a first day before the plan ends.", code="plan_monitor")
    return types.Monitor(key=key, what=what, every=every, reviewer_id=int(reviewer), starts_on=starts_on)


def _line(key: str, row: Mapping[str, Any]) -> types.Line:
    label, kind = _words(row.get("label"), "budget line"), str(row.get("kind") or "")
    if kind not in types.LINE_KINDS:
        raise Invalid(f"Choose what “{label}” is: {', '.join(types.LINE_KINDS)}.", code="plan_line")
    monthly = read_amount(row.get("monthly"), field="monthly")
    return types.Line(key=key, label=label, kind=kind, monthly=monthly)


def read_amount(given: Any, *, field: str) -> decimal.Decimal:
    """Return an amount in whole pence, or say what would do."""
    try:
        amount = decimal.Decimal(str(given)).quantize(decimal.Decimal("0.01"))
    except decimal.InvalidOperation as wrong:
        raise Invalid("Give an amount such as 1200 or 1200.50.", code="amount", field=field) from wrong
    if not 0 <= amount < LARGEST:
        raise Invalid("Give an amount from nothing to a hundred million.", code="amount", field=field)
    return amount


def require_complete(missing: Sequence[types.Missing]) -> None:
    """Refuse to send what is not a whole plan, and say everything that is missing."""
    if missing:
        raise Invalid(
            " ".join(each.sentence for each in missing),
            code="plan_incomplete",
            missing=[each.section for each in missing],
        )


def recost(lines: Sequence[types.Line], *, months: int, amount: decimal.Decimal) -> tuple[types.Line, ...]:
    """Return the lines brought down, each in proportion, so that all months together stay within the amount.

    >>> line = types.Line(key="b1", label="People", kind="people", monthly=decimal.Decimal("100.00"))
    >>> [str(each.monthly) for each in recost([line, line], months=3, amount=decimal.Decimal(540))]
    ['90.00', '90.00']
    """
    total = sum((line.monthly for line in lines), decimal.Decimal(0)) * months
    if not total or total <= amount:
        return tuple(lines)
    penny = decimal.Decimal("0.01")
    return tuple(
        dataclasses.replace(line, monthly=(line.monthly * amount / total).quantize(penny, rounding=decimal.ROUND_DOWN))
        for line in lines
    )
