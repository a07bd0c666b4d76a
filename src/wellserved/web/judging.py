"""How each standard stands: its kept share from the desk, or the figures entered for it, judged against its target."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import keeping
from wellserved.apps.standards.queries import commitments
from wellserved.apps.standards.types.commitments import Past, StandardRow
from wellserved.apps.standards.types.measures import DESK, MEASURES
from wellserved.web import standing

ENTERED_SINCE = dt.timedelta(days=120)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A standard with what may honestly be said of it.

    `mean` and `is_within` stand for amounts, `standing` for shares; `verdict` is pass, fail, maybe or unknown.
    """

    row: StandardRow
    standing: standing.Standing | None
    mean: float | None
    verdict: str
    words: str


def judge_all(*, actor: Actor, rows: Sequence[StandardRow], now: dt.datetime) -> tuple[Judged, ...]:
    """Return how each standard stands now. Six queries at most, however many there are."""
    from_desk = [row for row in rows if row.answers.source == DESK]
    kept = keeping.kept(actor=actor, rows=from_desk, now=now) if from_desk else {}
    entered = [row.id for row in rows if row.answers.source != DESK]
    since = now.date() - ENTERED_SINCE
    readings = commitments.recent_readings(actor=actor, standard_ids=entered, since=since) if entered else {}
    return tuple(_judge(row, kept.get(row.id), readings.get(row.id, ())) for row in rows)


def judge_past(row: StandardRow, past: Past) -> Judged:
    """Return how a standard stands by these counts."""
    return _judge(row, past, ())


def stand(past: Past, *, target: float | None) -> standing.Standing:
    """Return what these counts, with their weeks, may be said to show."""
    weeks = tuple(standing.Week(kept=week.kept, total=week.total) for week in past.weeks)
    return standing.judge(
        standing.Promise(key="", label="", kept=past.kept, total=past.total, target=target, weeks=weeks)
    )


def _judge(row: StandardRow, past: Past | None, readings: Sequence[tuple[dt.date, float, int]]) -> Judged:
    measure = MEASURES.get(row.measure)
    cases = sum(each[2] for each in readings)
    if measure is not None and measure.shape == "amount":
        return _judge_amount(row, sum(each[1] for each in readings), cases)
    if past is None:
        past = Past(kept=int(sum(each[1] for each in readings)), total=cases)
    found = stand(past, target=row.answers.target)
    return Judged(row=row, standing=found, mean=None, verdict=_verdict(row, found), words=found.words)


def _judge_amount(row: StandardRow, value: float, cases: int) -> Judged:
    if not cases or row.answers.target is None:
        return Judged(row=row, standing=None, mean=None, verdict="unknown", words="no figure entered yet")
    mean = value / cases
    limit = row.answers.target
    verdict = "pass" if mean <= limit else "maybe" if mean <= limit + row.answers.tolerance else "fail"
    return Judged(row=row, standing=None, mean=mean, verdict=verdict, words=f"£{mean:,.2f} over {cases:,} cases")


def _verdict(row: StandardRow, found: standing.Standing) -> str:
    if found.against == "below" and found.share is not None:
        return "maybe" if found.share >= (row.answers.target or 0) - row.answers.tolerance else "fail"
    return {"on_target": "pass", "close": "maybe"}.get(found.against, "unknown")


def say_register(judged: Sequence[Judged], *, due: int) -> str:
    """Return the one sentence over the standards in force."""
    if not judged:
        return "No standard is in force yet: begin with one promise you already try to keep."
    known = [each for each in judged if each.verdict != "unknown"]
    below = [each for each in known if each.verdict == "fail"]
    parts = [_say_kept(judged, known, below)]
    worst = min((each for each in below if each.standing), key=_distance, default=None)
    if worst and worst.standing and worst.row.answers.target is not None:
        parts.append(
            f"Furthest below is {worst.row.name}: {(worst.standing.share or 0) * 100:.1f} % of "
            f"{worst.standing.promise.total:,} against {worst.row.answers.target * 100:g} %."
        )
    if due:
        parts.append("One review is due." if due == 1 else f"{due} reviews are due.")
    return " ".join(parts)


def _say_kept(judged: Sequence[Judged], known: Sequence[Judged], below: Sequence[Judged]) -> str:
    total = len(judged)
    if not known:
        noun = "standard is" if total == 1 else "standards are"
        return f"{total} {noun} in force; too few cases have come due to judge."
    met = len(known) - len(below)
    unknown = f", {total - len(known)} cannot be judged yet" if total > len(known) else ""
    return f"{met} of {len(known)} standards that can be judged are kept or too close to call{unknown}."


def _distance(judged: Judged) -> float:
    return ((judged.standing.share if judged.standing else 0) or 0) - (judged.row.answers.target or 0)
