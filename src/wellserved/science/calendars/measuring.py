"""From cycles to clocks: working time used, due times, breaches and warnings under the policies in force."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from wellserved.science.calendars.calendar import WorkingCalendar
from wellserved.science.calendars.errors import ReplayError
from wellserved.science.calendars.instants import to_instant, to_seconds
from wellserved.science.calendars.replay_types import ClockState, ClockStatus, Metric, Policy, Target, Waiting
from wellserved.science.calendars.story import Cycle, Story
from wellserved.science.calendars.timeline import MICRO, Timeline

_WAITING_WORDS = {
    Waiting.NEW: "new",
    Waiting.OPEN: "open",
    Waiting.WAITING_CUSTOMER: "waiting for customer",
    Waiting.WAITING_SUPPLIER: "waiting for supplier",
    Waiting.WAITING_OTHER: "waiting for others",
    Waiting.RESOLVED: "resolved",
    Waiting.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a cycle under one promise: running, paused for a reason, or over for a while.

    `promise` is the policy key and target whose calendar and pauses apply, None when the policy has none for
    the metric. Before the first promise was made its calendar counts the time used, but `binding` is False:
    nothing can be due before it was promised.
    """

    start: int
    end: int
    promise: tuple[str, Target] | None
    binding: bool
    paused: str
    over: str

    @property
    def counts(self) -> bool:
        return self.promise is not None and not self.paused and not self.over


class Measure:
    """Measures the cycles of one story at one instant."""

    def __init__(
        self,
        story: Story,
        policies: Mapping[str, Policy],
        calendars: Mapping[str, WorkingCalendar],
        until: int,
    ) -> None:
        self._story = story
        self._policies = policies
        self._calendars = calendars
        self._until = until
        self._status_times = [at for at, _, _ in story.statuses]
        self._policy_times = [at for at, _ in story.policies]
        self._targets = {metric: [policies[key].target(metric) for _, key in story.policies] for metric in Metric}

    def timeline(self, target: Target) -> Timeline:
        calendar = self._calendars.get(target.calendar)
        if calendar is None:
            known = ", ".join(sorted(self._calendars)) or "none"
            raise ReplayError(f"There is no calendar {target.calendar!r}; the calendars given are {known}.")
        return calendar.timeline

    def clock(self, cycle: Cycle) -> ClockState | None:
        """Return the state of a cycle, None when nothing was promised for it while it ran."""
        stretches = self.stretches(cycle)
        promises = [stretch.promise for stretch in stretches if stretch.promise and stretch.binding]
        if not promises:
            return None
        policy, target = promises[-1]
        due, breached = self._reach(stretches, partial(_before_due, 0))
        elapsed = sum(
            self.timeline(stretch.promise[1]).elapsed(stretch.start, stretch.end)
            for stretch in stretches
            if stretch.promise and stretch.counts
        )
        stopped = self._stopped_at(cycle, stretches)
        return ClockState(
            metric=cycle.metric,
            cycle=cycle.number,
            policy=policy,
            calendar=target.calendar,
            target_seconds=target.seconds,
            started_at=to_instant(cycle.start),
            stopped_at=None if stopped is None else to_instant(stopped),
            due_at=None if due is None else to_instant(due),
            state=_judge(cycle, stretches, breached),
            breached_at=None if breached is None else to_instant(breached),
            elapsed_seconds=to_seconds(elapsed),
            remaining_seconds=to_seconds(target.seconds * MICRO - elapsed),
            pauses=tuple(
                (to_instant(start), None if end is None else to_instant(end), reason)
                for start, end, reason in _pauses(stretches, stopped)
            ),
            warnings_at=tuple(map(to_instant, self._warnings(stretches, target, stopped))),
        )

    def stretches(self, cycle: Cycle) -> list[Stretch]:
        """Return the parts of a cycle in order; a running clock ends in an empty one that shows its state."""
        end = self._until if cycle.stop is None else cycle.stop
        cuts = {cycle.start, end, *(edge for gap in cycle.gaps for edge in gap)}
        for times in (self._status_times, self._policy_times):
            cuts.update(times[bisect_right(times, cycle.start) : bisect_left(times, end)])
        parts = list(pairwise(sorted(cuts)))
        if cycle.stop is None or not parts:
            parts.append((end, end))
        return [self._stretch(cycle, start, until) for start, until in parts]

    def _stretch(self, cycle: Cycle, start: int, end: int) -> Stretch:
        promise, binding = self._promise(cycle.metric, start)
        _, status, reason = self._story.statuses[bisect_right(self._status_times, start) - 1]
        words = _WAITING_WORDS[status] + (f" ({reason})" if reason else "")
        over = any(since <= start < until for since, until in cycle.gaps)
        pauses = promise is not None and promise[1].pauses(status, reason)
        return Stretch(
            start=start,
            end=end,
            promise=promise,
            binding=binding,
            paused=words if pauses and not over else "",
            over=words if over else "",
        )

    def _promise(self, metric: Metric, at: int) -> tuple[tuple[str, Target] | None, bool]:
        targets = self._targets[metric]
        first = next((place for place, target in enumerate(targets) if target is not None), None)
        if first is None:
            return None, False
        place = bisect_right(self._policy_times, at) - 1
        binding = place >= first
        target = targets[place if binding else first]
        key = self._story.policies[place if binding else first][1]
        return (None if target is None else (key, target)), binding

    def _reach(self, stretches: list[Stretch], amount_of: Callable[[Target], int]) -> tuple[int | None, int | None]:
        """Return when an amount of working time is used up, and the first such instant that passed.

        A change of target asks again: what the time used already exceeds falls due at the change.
        """
        used, due, passed = 0, None, None
        held: Target | None = None
        for stretch in stretches:
            target = stretch.promise[1] if stretch.promise and stretch.binding else None
            if stretch.over:
                # A target used up exactly at the resolution was met, and is due anew on reopening.
                due = due if passed is not None else None
                continue
            if target != held:
                held, due = target, None
            if target is not None:
                due = self._due_in(stretch, target, amount_of(target) - used) if due is None else due
                due = due if due is None or due <= stretch.end or stretch is stretches[-1] else None
                passed = due if passed is None and due is not None and due < stretch.end else passed
            if stretch.promise and stretch.counts:
                used += self.timeline(stretch.promise[1]).elapsed(stretch.start, stretch.end)
        return due, passed

    def _due_in(self, stretch: Stretch, target: Target, left: int) -> int | None:
        if left <= 0:
            return stretch.start
        return None if stretch.paused else self.timeline(target).due(stretch.start, left)

    def _warnings(self, stretches: list[Stretch], target: Target, stopped: int | None) -> list[int]:
        found: list[int] = []
        for warning in sorted(set(target.warn_before), reverse=True):
            at, _ = self._reach(stretches, partial(_before_due, warning))
            if at is not None and (stopped is None or at <= stopped):
                found.append(at)
        return found

    def _stopped_at(self, cycle: Cycle, stretches: list[Stretch]) -> int | None:
        if cycle.stop is not None or stretches[-1].promise is not None:
            return cycle.stop
        kept = [stretch.end for stretch in stretches if stretch.promise is not None]
        return kept[-1]


def _before_due(seconds: int, target: Target) -> int:
    return max(0, target.seconds - seconds) * MICRO


def _judge(cycle: Cycle, stretches: list[Stretch], breached: int | None) -> ClockStatus:
    if cycle.merged:
        return "cancelled"
    if breached is not None:
        return "breached"
    if cycle.stop is not None:
        return "met" if cycle.fulfilled else "cancelled"
    if stretches[-1].promise is None:
        return "cancelled"
    return "paused" if stretches[-1].paused else "running"


def _pauses(stretches: list[Stretch], stopped: int | None) -> list[tuple[int, int | None, str]]:
    found: list[tuple[int, int | None, str]] = []
    for stretch in stretches:
        reason = stretch.paused or stretch.over
        if not reason:
            continue
        if found and found[-1][1] == stretch.start and found[-1][2] == reason:
            found[-1] = (found[-1][0], stretch.end, reason)
        elif stretch.start < stretch.end or stopped is None:
            found.append((stretch.start, stretch.end, reason))
    last = stretches[-1]
    if found and stopped is None and (last.paused or last.over):
        found[-1] = (found[-1][0], None, found[-1][2])
    return found
