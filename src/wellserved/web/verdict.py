"""The one sentence of Today, made by rules. Pure: a situation in, words out.

The rules are read from the top, and each clause is decided by one fact only, so two clauses cannot contradict:
`promises` speaks of the last 30 days, `worst` names the one promise furthest below its target, `now` counts what waits.
"""

import dataclasses

from wellserved.web.standing import Standing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What Today knows."""

    ever: bool
    open: int
    overdue: int
    due_soon: int
    unassigned: int
    policies: int
    standings: tuple[Standing, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Clauses in reading order and a tone: empty, good, watch or bad. `strong` is the clause to print bold."""

    promises: str
    worst: str = ""
    now: str = ""
    tone: str = "good"

    @property
    def text(self) -> str:
        """Return the clauses as one paragraph."""
        return " ".join(part for part in (self.promises, self.worst, self.now) if part)


def state_verdict(situation: Situation) -> Verdict:
    """Return what to say first on Today."""
    if not situation.ever:
        return Verdict(
            promises="Nothing has happened here yet, so there is nothing to judge: "
            "load the sample service, import your history, or answer your first ticket.",
            tone="empty",
        )
    now = _say_now(situation)
    if not situation.policies:
        return Verdict(
            promises="No standard promises anything yet, so no clock is running.",
            now=now,
            tone="watch" if situation.open else "empty",
        )
    below = [s for s in situation.standings if s.against == "below"]
    return Verdict(
        promises=_say_promises(situation.standings),
        worst=_say_worst(situation.standings),
        now=now,
        tone=_tone(situation, below=len(below)),
    )


def _say_promises(standings: tuple[Standing, ...]) -> str:
    judged = [s for s in standings if s.against in ("on_target", "below", "close")]
    if not judged:
        return _say_few(standings)
    met = sum(s.against == "on_target" for s in judged)
    below = sum(s.against == "below" for s in judged)
    if met == len(judged):
        said = f"{_name(judged[0])} is on target" if met == 1 else f"{_all(met)} targets are met"
        return f"We are keeping our {_plural(met, 'promise')}: {said}."
    if below == len(judged):
        if below == 1:
            return f"We are not keeping our promise on {_name(judged[0])}."
        return f"We are not keeping our promises: {_all(below)} targets are missed."
    if below:
        return f"We are keeping some of our promises: {met} of {len(judged)} targets met."
    return f"Too close to call: {met} of {len(judged)} targets met, the rest within the margin."


def _say_few(standings: tuple[Standing, ...]) -> str:
    few, kept = sum(s.promise.total for s in standings), sum(s.promise.kept for s in standings)
    if not few:
        return "No promise has come due in the last 30 days."
    return f"{kept} of {few} {_plural(few, 'promise')} kept in the last 30 days: too few to judge a rate."


def _say_worst(standings: tuple[Standing, ...]) -> str:
    below = [s for s in standings if s.against == "below" and s.promise.target and s.share is not None]
    if not below:
        sinking = [s for s in standings if s.variation == "concern"]
        if not sinking:
            return ""
        return f"{sinking[0].promise.label} has been worse than usual."
    worst = max(below, key=lambda s: (s.promise.target or 0) - (s.share or 0))
    return (
        f"{worst.promise.label} was kept {worst.promise.kept:,} of {worst.promise.total:,} times "
        f"against a target of {(worst.promise.target or 0) * 100:.0f} %."
    )


def _say_now(situation: Situation) -> str:
    late, soon, open_now = situation.overdue, situation.due_soon, situation.open
    if not open_now:
        return "No ticket is open."
    if late:
        more = f" and {soon:,} more {_come(soon)} due within the hour" if soon else ""
        return f"Now {late:,} {_plural(late, 'ticket')} {_are(late)} overdue{more}."
    if soon:
        return f"{soon:,} {_plural(soon, 'ticket')} {_come(soon)} due within the hour."
    if situation.unassigned:
        count = situation.unassigned
        return f"Nothing is overdue; {count:,} of {open_now:,} open {_have(count)} no owner."
    return f"Nothing is overdue among {open_now:,} open {_plural(open_now, 'ticket')}."


def _tone(situation: Situation, *, below: int) -> str:
    if below or situation.overdue:
        return "bad" if below and situation.overdue else "watch"
    return "watch" if situation.due_soon or any(s.variation == "concern" for s in situation.standings) else "good"


def _name(standing: Standing) -> str:
    return standing.promise.label[:1].lower() + standing.promise.label[1:]


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def _all(count: int) -> str:
    return "both" if count == 2 else f"all {count}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _come(count: int) -> str:
    return "comes" if count == 1 else "come"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
