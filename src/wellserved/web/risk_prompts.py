"""What may go wrong here: the usual contingencies, filled in from the last year's own figures."""

import dataclasses

from wellserved.apps.desk.queries.readings import Past
from wellserved.apps.standards.types.losses import place_likelihood
from wellserved.apps.standards.types.risks import Category
from wellserved.platform.ui.formatting import format_day


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A contingency to consider: a title to start from, what last year says, and the place on the scale it suggests."""

    key: str
    label: str
    title: str
    trigger: str
    evidence: str
    likelihood: int
    is_from_data: bool


def prompts(past: Past) -> tuple[Prompt, ...]:
    """Return the six usual contingencies, those that last year has seen first."""
    found = (_surge(past), _absence(past), _supplier(past), *_unseen())
    return tuple(sorted(found, key=lambda prompt: not prompt.is_from_data))


def _surge(past: Past) -> Prompt:
    week = f" in the week of {format_day(past.peak_week)}" if past.peak_week else ""
    return _prompt(
        Category.SURGE,
        title="More contacts than we can answer",
        trigger="Tickets opened in 24 hours rise to half as many again as usual",
        evidence=(
            f"{past.surges} of {past.weeks} weeks had half as many contacts again as the usual "
            f"{past.median_contacts:,}; the most were {past.peak_contacts:,}{week}."
            if past.surges
            else ""
        ),
        times=past.surges,
    )


def _absence(past: Past) -> Prompt:
    week = f" in the week of {format_day(past.late_week)}" if past.late_week else ""
    return _prompt(
        Category.ABSENCE,
        title="A fifth of the team is absent",
        trigger="The share of first replies in time falls below 80 % over 24 hours",
        evidence=(
            f"{past.late:,} promises were late in {past.weeks} weeks; {past.late_peaks} weeks had more than twice the "
            f"usual number, and the most were {past.late_peak:,}{week}."
            if past.late
            else ""
        ),
        times=past.late_peaks,
    )


def _supplier(past: Past) -> Prompt:
    return _prompt(
        Category.SUPPLIER_FAILURE,
        title="A supplier we wait for stops answering",
        trigger="Tickets handed to the supplier come back late",
        evidence=(
            f"{past.waiting_supplier:,} tickets came back late from a supplier last year."
            if past.waiting_supplier
            else ""
        ),
        times=past.waiting_supplier // 12,
    )


def _unseen() -> tuple[Prompt, ...]:
    return (
        _prompt(
            Category.SYSTEM_LOSS,
            title="The ticket system or the telephone is down",
            trigger="No ticket opened for an hour in office hours",
        ),
        _prompt(Category.WEATHER, title="Nobody can reach the office", trigger="A warning of severe weather"),
        _prompt(
            Category.DATA_BREACH,
            title="A customer's data reach somebody else",
            trigger="A customer or colleague says so",
        ),
    )


def _prompt(category: Category, *, title: str, trigger: str, evidence: str = "", times: int = 0) -> Prompt:
    return Prompt(
        key=category.value,
        label=str(category.label),
        title=title,
        trigger=trigger,
        evidence=evidence or "Last year's figures show none; that it was not seen does not make it impossible.",
        likelihood=place_likelihood(times) if times else 2,
        is_from_data=bool(evidence),
    )
