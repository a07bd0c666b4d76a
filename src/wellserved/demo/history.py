"""Twelve months of tickets, drawn from a seeded generator and cut off at `now`.

Every ticket is simulated to its end and whatever lies after `now` has not happened yet, so today's backlog is simply
the work in progress. A few fresh tickets are added with first replies due within the hour, so that the service is
awake at whatever time it is looked at.
"""

import dataclasses
import datetime as dt
import math
import random
from collections.abc import Iterator, Mapping, Sequence

from wellserved.apps.desk.historic import HistoricCustomer, HistoricEvent, HistoricMessage, HistoricTicket
from wellserved.apps.desk.types import Channel, MessageKind, Status
from wellserved.demo import company, topics

DAYS = 364
TICKETS_A_DAY = 13
FIRST_REPLY = dt.timedelta(hours=4)
BUSY_WEEKS = 8
_HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 8, 9, 9, 8, 6, 4, 2)
_WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.8, 0.75)
_CHANNELS = (Channel.EMAIL,) * 6 + (Channel.WEB,) * 3 + (Channel.PHONE,) * 2 + (Channel.CHAT,)
# Ages at `now` of the tickets that keep today alive, in minutes; the promise is a first reply within 240.
_FRESH = (3, 11, 24, 46, 71, 98, 126, 151, 173, 190, 204, 213, 221, 228, 234, 247, 283)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people a history is told about: agents by queue, and the customers."""

    agents: Mapping[str, Sequence[int]]
    customers: Sequence[HistoricCustomer]


def customers(*, rng: random.Random, count: int = 640) -> tuple[HistoricCustomer, ...]:
    """Return the sample's customers; the first is the one who signs in to the portal."""
    name, email = company.PORTAL_CUSTOMER
    found = {email: HistoricCustomer(key=email, name=name, email=email, time_zone="America/New_York")}
    while len(found) < count:
        first, last = rng.choice(company.FIRST_NAMES), rng.choice(company.LAST_NAMES)
        email = f"{first}.{last}{rng.randrange(1, 40)}@customer.example".lower()
        found[email] = HistoricCustomer(
            key=email,
            name=f"{first} {last}",
            email=email,
            organisation=rng.choice(company.ORGANISATIONS) if rng.random() < 0.08 else "",
            time_zone="" if rng.random() < 0.9 else rng.choice(("Europe/Paris", "Europe/Dublin", "America/New_York")),
        )
    return tuple(found.values())


def tickets(*, rng: random.Random, now: dt.datetime, cast: Cast, days: int = DAYS) -> Iterator[HistoricTicket]:
    """Yield the last days' tickets, oldest first, none with anything later than `now`."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=days)
    moments: list[tuple[dt.datetime, bool]] = []
    for day in range(days + 1):
        date = start + dt.timedelta(days=day)
        season = 1 + 0.18 * math.sin(2 * math.pi * day / DAYS) + (0.35 if date.month in {11, 12} else 0)
        expected = TICKETS_A_DAY * season * _WEEKDAYS[date.weekday()]
        for _ in range(max(0, round(rng.gauss(expected, math.sqrt(expected))))):
            second = rng.choices(range(24), weights=_HOURS)[0] * 3600 + rng.randrange(3600)
            moments.append((date + dt.timedelta(seconds=second), False))
    latest = now - dt.timedelta(minutes=max(_FRESH) + 20)
    moments = [moment for moment in moments if moment[0] < latest]
    moments += [(now - dt.timedelta(minutes=age, seconds=rng.randrange(40)), True) for age in _FRESH]
    for index, (opened_at, is_fresh) in enumerate(sorted(moments)):
        yield _Story(rng=rng, now=now, cast=cast, index=index, opened_at=opened_at, is_fresh=is_fresh).tell()


class _Story:
    """One ticket, from its first word until it ends or `now` comes."""

    def __init__(
        self, *, rng: random.Random, now: dt.datetime, cast: Cast, index: int, opened_at: dt.datetime, is_fresh: bool
    ) -> None:
        self.rng, self.now, self.opened_at, self.index, self.is_fresh = rng, now, opened_at, index, is_fresh
        self.is_recent = now - opened_at < dt.timedelta(weeks=BUSY_WEEKS)
        weights = [topic.weight * (topic.growth if self.is_recent else 1) for topic in topics.TOPICS]
        self.topic = rng.choices(topics.TOPICS, weights=weights)[0]
        if is_fresh:
            self.topic = rng.choice([topic for topic in topics.TOPICS if topic.key not in {"complaint", "compliment"}])
        self.customer = cast.customers[
            min(int(rng.expovariate(3.2) * len(cast.customers) / 2), len(cast.customers) - 1)
        ]
        self.agent = rng.choice(cast.agents[self.topic.queue])
        self.channel = rng.choice(_CHANNELS)
        self.product = rng.choice(company.PRODUCTS)
        self.place = rng.choice(self.topic.places)
        self.slots = {
            "item": company.ITEMS[self.product],
            "order": str(40000 + index * 7 % 50000),
            "place": self.place if "depot" in self.place else "the depot",
            "first": self.customer.name.split()[0],
            "days": str(rng.randrange(5, 13)),
        }
        self.events: list[HistoricEvent] = []
        self.messages: list[HistoricMessage] = []
        self.status = Status.NEW
        self.is_assigned = False

    def tell(self) -> HistoricTicket:
        """Return the ticket with everything that has happened by `now`."""
        self._say(self.opened_at, MessageKind.CUSTOMER, self._pick(self.topic.openings), kind="opened")
        if not self.is_fresh:
            self._work()
        return HistoricTicket(
            external_id=f"LH-{self.index + 1:06d}",
            opened_at=self.opened_at,
            subject=self._subject(),
            customer=self.customer,
            queue=self.topic.queue,
            events=tuple(self.events),
            messages=tuple(self.messages),
            kind=self.topic.kind,
            channel=self.channel,
            impact=self.topic.impact,
            urgency=self.topic.urgency,
            assignee_id=self.agent if self.is_assigned or (self.is_fresh and self.index % 3 == 0) else None,
            product=self.product,
            place=self.place,
            tags=self.topic.tags,
            attributes={"Topic": self.topic.key, "Order": self.slots["order"]},
        )

    def _work(self) -> None:
        at = self.opened_at + self._delay(minutes=98 if self._is_slow() else 50, sigma=0.9)
        for cycle in range(4):
            at = self._awake(at)
            if not self._answer(at, is_first=cycle == 0):
                return
            if self.rng.random() < (0.5, 0.55, 0.75, 1.0)[cycle]:
                self._settle(at)
                return
            if self.rng.random() < self.topic.waits_for_supplier:
                self._move(at, Status.WAITING_SUPPLIER, "courier")
                at += self._delay(minutes=60 * self.topic.hours * (1.25 if self._is_slow() else 0.7), sigma=0.5)
                self._move(at, Status.OPEN, "")
            else:
                self._move(at, Status.WAITING_CUSTOMER, "question to the customer")
                at += self._delay(minutes=300, sigma=1.0)
                self._say(
                    at, MessageKind.CUSTOMER, self._pick(topics.FOLLOW_UPS), kind="customer_message", to=Status.OPEN
                )
            at += self._delay(minutes=34 * self.topic.hours, sigma=0.7)

    def _answer(self, at: dt.datetime, *, is_first: bool) -> bool:
        if at > self.now:
            return False
        self.is_assigned = True
        if is_first and self.rng.random() < 0.25:
            self._say(at - dt.timedelta(minutes=2), MessageKind.NOTE, self._pick(topics.NOTES), kind="note")
        to = Status.OPEN if is_first else None
        self._say(at, MessageKind.REPLY, self._pick(self.topic.answers), kind="agent_reply", to=to)
        return True

    def _settle(self, at: dt.datetime) -> None:
        done = at + self._delay(minutes=15 * self.topic.hours, sigma=0.6)
        if done - at > dt.timedelta(hours=2):
            done = self._awake(done)
            self._say(done, MessageKind.REPLY, self._pick(topics.CLOSINGS), kind="agent_reply")
        self._move(done, Status.RESOLVED, "")
        self._move(done + dt.timedelta(days=3), Status.CLOSED, "no reply for three days")

    def _say(self, at: dt.datetime, said: MessageKind, body: str, *, kind: str, to: Status | None = None) -> None:
        if at > self.now:
            return
        self.status = to or self.status
        is_ours = said in {MessageKind.REPLY, MessageKind.NOTE}
        self.events.append(
            HistoricEvent(
                at=at, kind=kind, status=self.status if to or kind == "opened" else "", actor_id=self._author(is_ours)
            )
        )
        self.messages.append(
            HistoricMessage(at=at, kind=said, body=body, author_id=self._author(is_ours), channel=self.channel)
        )

    def _move(self, at: dt.datetime, status: Status, reason: str) -> None:
        if at > self.now or status == self.status:
            return
        kind = "returned" if self.status == Status.WAITING_SUPPLIER else "status_changed"
        if status == Status.WAITING_SUPPLIER:
            kind = "assigned_out"
        self.status = status
        self.events.append(HistoricEvent(at=at, kind=kind, status=status, reason=reason, actor_id=self.agent))

    def _author(self, is_ours: bool) -> int | None:
        return self.agent if is_ours else None

    def _is_slow(self) -> bool:
        return self.is_recent and self.topic.growth > 1

    def _delay(self, *, minutes: float, sigma: float) -> dt.timedelta:
        return dt.timedelta(seconds=round(60 * minutes * math.exp(self.rng.gauss(0, sigma))))

    def _awake(self, at: dt.datetime) -> dt.datetime:
        # The night shift answers one in three; the rest wait for the morning.
        if at.hour < 7 and self.rng.random() < 0.66:
            return at.replace(hour=7, minute=self.rng.randrange(5, 55))
        return at

    def _subject(self) -> str:
        subject = self._pick(self.topic.subjects)
        return subject[0].upper() + subject[1:]

    def _pick(self, texts: Sequence[str]) -> str:
        return self.rng.choice(texts).format(**self.slots)
