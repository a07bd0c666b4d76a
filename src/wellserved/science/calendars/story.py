"""From events to cycles: when each clock of a ticket started and stopped, whatever the policy was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wellserved.science.calendars.errors import ReplayError
from wellserved.science.calendars.instants import to_micros
from wellserved.science.calendars.replay_types import EventKind, Metric, Policy, TicketEvent, Waiting


@dataclass(slots=True, kw_only=True)
class Cycle:
    """One run of a clock: `stop` is None while it runs, `gaps` are stretches in which the ticket was over."""

    metric: Metric
    number: int
    start: int
    stop: int | None = None
    fulfilled: bool = False
    merged: bool = False
    gaps: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Story:
    """What a ticket's events say: cycles, and the status and the policy from each instant on."""

    opened: int
    cycles: list[Cycle] = field(default_factory=list)
    statuses: list[tuple[int, Waiting, str]] = field(default_factory=list)
    policies: list[tuple[int, str]] = field(default_factory=list)
    first_reply: int | None = None
    resolutions: list[int] = field(default_factory=list)
    latest: dict[Metric, Cycle] = field(default_factory=dict)

    @property
    def status(self) -> Waiting:
        return self.statuses[-1][1]

    def running(self, metric: Metric) -> Cycle | None:
        cycle = self.latest.get(metric)
        return cycle if cycle is not None and cycle.stop is None else None

    def start(self, metric: Metric, at: int) -> None:
        before = self.latest.get(metric)
        cycle = Cycle(metric=metric, number=1 if before is None else before.number + 1, start=at)
        self.latest[metric] = cycle
        self.cycles.append(cycle)

    def stop(self, metric: Metric, at: int, *, fulfilled: bool) -> None:
        cycle = self.running(metric)
        if cycle is not None:
            cycle.stop, cycle.fulfilled = at, fulfilled


def read_story(events: Iterable[TicketEvent], policies: Mapping[str, Policy], until: datetime) -> Story | None:
    """Return the story of the events up to and including `until`; None when the ticket is not open by then.

    Raises:
        ReplayError: No event opens the ticket, or one names an unknown policy.
    """
    ordered = sorted(events, key=lambda event: (to_micros(event.at), event.order))
    opening = next((event for event in ordered if event.kind is EventKind.OPENED), None)
    if opening is None:
        raise ReplayError("The events do not say when the ticket was opened; begin with an 'opened' event.")
    opened, last = to_micros(opening.at), to_micros(until)
    if opened > last:
        return None
    story = Story(opened=opened, statuses=[(opened, Waiting.NEW, "")])
    story.start(Metric.FIRST_REPLY, opened)
    story.start(Metric.RESOLUTION, opened)
    teller = _Teller(story, policies)
    for event in ordered:
        if to_micros(event.at) <= last:
            # A clock that was set back can date an event before the opening; it is told as happening then.
            teller.tell(event, max(opened, to_micros(event.at)))
    return story


class _Teller:
    """Applies one event after the other to a story."""

    def __init__(self, story: Story, policies: Mapping[str, Policy]) -> None:
        self._story = story
        self._policies = policies
        self._unanswered = False
        self._answered_once = False

    def tell(self, event: TicketEvent, at: int) -> None:
        if event.policy is not None:
            self._apply_policy(event.policy, at)
        match event.kind:
            case EventKind.AUTOMATIC_MESSAGE:
                # Nothing automatic moves a clock, whatever status it claims.
                return
            case EventKind.MERGED:
                self._merge(at)
                return
            case EventKind.AGENT_REPLY:
                self._hear_agent(event, at)
            case EventKind.CUSTOMER_MESSAGE:
                self._hear_customer(at)
            case EventKind.ASSIGNED_OUT:
                self._hand_out(event, at)
            case EventKind.RETURNED:
                self._take_back(at)
        if event.status is not None:
            self._move(event.status, event.reason, at)
        elif event.kind is EventKind.REOPENED and self._story.status.over:
            self._move(Waiting.OPEN, event.reason, at)

    def _apply_policy(self, key: str, at: int) -> None:
        if key not in self._policies:
            known = ", ".join(sorted(self._policies)) or "none"
            raise ReplayError(f"There is no policy {key!r}; the policies given are {known}.")
        self._story.policies.append((at, key))

    def _move(self, status: Waiting, reason: str, at: int) -> None:
        was_over = self._story.status.over
        self._story.statuses.append((at, status, reason))
        if status.over and not was_over:
            self._resolve(at)
        elif was_over and not status.over:
            self._reopen(at)

    def _hear_agent(self, event: TicketEvent, at: int) -> None:
        story = self._story
        self._unanswered, self._answered_once = False, True
        story.first_reply = at if story.first_reply is None else story.first_reply
        for metric in (Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.KEEP_INFORMED):
            story.stop(metric, at, fulfilled=True)
        # A reply that resolves owes no further word; one that reopens starts the clock as it reopens.
        resolves = event.status is not None and event.status.over
        if not (story.status.over or resolves):
            story.start(Metric.KEEP_INFORMED, at)

    def _hear_customer(self, at: int) -> None:
        self._unanswered = True
        if self._answered_once and not self._story.status.over:
            self._await_next_reply(at)

    def _await_next_reply(self, at: int) -> None:
        if self._story.running(Metric.NEXT_REPLY) is None:
            self._story.start(Metric.NEXT_REPLY, at)

    def _hand_out(self, event: TicketEvent, at: int) -> None:
        self._take_back(at)
        to_supplier = event.status is Waiting.WAITING_SUPPLIER
        self._story.start(Metric.SUPPLIER if to_supplier else Metric.OLA, at)

    def _take_back(self, at: int) -> None:
        self._story.stop(Metric.OLA, at, fulfilled=True)
        self._story.stop(Metric.SUPPLIER, at, fulfilled=True)

    def _resolve(self, at: int) -> None:
        story = self._story
        story.resolutions.append(at)
        story.stop(Metric.RESOLUTION, at, fulfilled=True)
        self._take_back(at)
        for metric in (Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.KEEP_INFORMED):
            story.stop(metric, at, fulfilled=False)
        # A resolved ticket owes no first reply any more: what the customer writes later awaits a next reply.
        self._unanswered, self._answered_once = False, True

    def _merge(self, at: int) -> None:
        for cycle in self._story.latest.values():
            if cycle.stop is None:
                cycle.stop, cycle.merged = at, True
        if not self._story.status.over:
            self._story.statuses.append((at, Waiting.CLOSED, "merged"))

    def _reopen(self, at: int) -> None:
        story = self._story
        self._carry_on(Metric.RESOLUTION, at)
        if not self._answered_once:
            # Only a merge ends a ticket nobody has answered; taken back, the first reply is still owed.
            self._carry_on(Metric.FIRST_REPLY, at)
        elif self._unanswered:
            self._await_next_reply(at)
        if story.first_reply is not None:
            story.start(Metric.KEEP_INFORMED, at)

    def _carry_on(self, metric: Metric, at: int) -> None:
        latest = self._story.latest[metric]
        if latest.stop is None:
            return
        if not latest.merged and self._restarts(metric):
            self._story.start(metric, at)
            return
        latest.gaps.append((latest.stop, at))
        latest.stop, latest.fulfilled, latest.merged = None, False, False

    def _restarts(self, metric: Metric) -> bool:
        if not self._story.policies:
            return False
        target = self._policies[self._story.policies[-1][1]].target(metric)
        return target is not None and target.reopen == "restart"
