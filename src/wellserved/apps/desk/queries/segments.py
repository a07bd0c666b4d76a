"""Who belongs to a segment, and what its tickets say of what is expected: worked out on reading, never stored."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Customer, Organisation, Product, Tag, Ticket
from wellserved.apps.desk.queries import scope
from wellserved.apps.desk.types import Kind
from wellserved.apps.standards.types.offer import Rule, Signals
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

DAYS = 90
# The newest tickets that are read; above this a share of them is as good as one of all.
MOST_READ = 20_000
MOST_THEMES = 8


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How many tickets tell of one thing: of them late, and complaints."""

    tickets: int = 0
    late: int = 0
    complaints: int = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the tickets of the last 90 days say: of all, of each expectation by its id, and of tags no one named."""

    all: Heard
    of: Mapping[int, Heard]
    unnamed: tuple[tuple[int, str, Heard], ...] = ()
    is_partial: bool = False


def belonging(rule: Rule) -> Q:
    """Return the condition of the customers of a segment."""
    inside = Q(is_internal=True) | Q(organisation__is_internal=True, organisation__isnull=False)
    wanted = {
        "internal": inside,
        "external": ~inside,
        "household": ~inside & Q(organisation=None),
        "organisation": ~inside & Q(organisation__isnull=False),
    }.get(rule.who, Q())
    if rule.organisations:
        wanted &= Q(organisation__in=rule.organisations)
    asked: dict[str, Any] = {"tags": rule.tags, "product": rule.products, "kind": rule.kinds}
    for field, values in asked.items():
        if values:
            wanted &= Q(Exists(Ticket.objects.filter(customer=OuterRef("pk"), **{f"{field}__in": values})))
    return wanted


def sizes(*, actor: Actor, rules: Mapping[int, Rule]) -> dict[int, int]:
    """Return how many customers belong to each segment, by its id. One query, however many segments."""
    if not rules:
        return {}
    customers = in_world(Customer.objects.all(), actor.world).order_by()
    counted = customers.aggregate(**{f"s{pk}": Count("pk", filter=_counting(rule)) for pk, rule in rules.items()})
    return {pk: counted[f"s{pk}"] for pk in rules}


def _counting(rule: Rule) -> Q:
    return belonging(rule) or Q(pk__isnull=False)


def of_customer(*, actor: Actor, customer_id: int, rules: Mapping[int, Rule]) -> tuple[int, ...]:
    """Return the segments this customer belongs to. One query."""
    if not rules:
        return ()
    rows = in_world(Customer.objects.filter(pk=customer_id), actor.world).order_by()
    counted = rows.aggregate(**{f"s{pk}": Count("pk", filter=_counting(rule)) for pk, rule in rules.items()})
    return tuple(pk for pk in rules if counted[f"s{pk}"])


def voice(*, actor: Actor, rule: Rule, signals: Mapping[int, Signals], now: dt.datetime) -> Voice:
    """Return what the tickets of a segment say of these expectations, given by their signals. Three queries.

    Figures of the tickets the actor's teams answer; they name nobody.
    """
    rows = scope.tickets_in_reach(actor=actor).filter(opened_at__gt=now - dt.timedelta(days=DAYS), opened_at__lte=now)
    if rule != Rule():
        rows = rows.filter(customer__in=in_world(Customer.objects.filter(belonging(rule)), actor.world))
    newest = rows.order_by("-opened_at", "-pk")[: MOST_READ + 1]
    read = list(newest.values_list("pk", "subject", "product", "kind", "breached_at", "next_due_at"))
    tags = _tags_of(rows)
    counts: Counter[tuple[int, str]] = Counter()
    every: Counter[str] = Counter()
    unnamed: Counter[tuple[int, str]] = Counter()
    claimed = {tag for each in signals.values() for tag in each.tags}
    for pk, subject, product, kind, breached, due in read[:MOST_READ]:
        marks = ["tickets"]
        marks += ["late"] if breached or (due and due < now) else []
        marks += ["complaints"] if kind == Kind.COMPLAINT else []
        every.update(marks)
        words, borne = subject.lower(), tags.get(pk, frozenset())
        for found, each in signals.items():
            if product in each.products or borne & set(each.tags) or any(word in words for word in each.words):
                counts.update((found, mark) for mark in marks)
        unnamed.update((tag, mark) for tag in borne - claimed for mark in marks)
    return Voice(
        all=Heard(**every),
        of={pk: _heard(counts, pk) for pk in signals},
        unnamed=_name(unnamed),
        is_partial=len(read) > MOST_READ,
    )


def _tags_of(rows: QuerySet[Ticket]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for ticket, tag in Ticket.tags.through.objects.filter(ticket__in=rows).values_list("ticket_id", "tag_id"):
        found.setdefault(ticket, set()).add(tag)
    return {ticket: frozenset(borne) for ticket, borne in found.items()}


def _heard(counts: Counter[tuple[int, str]], key: int) -> Heard:
    return Heard(tickets=counts[key, "tickets"], late=counts[key, "late"], complaints=counts[key, "complaints"])


def _name(counts: Counter[tuple[int, str]]) -> tuple[tuple[int, str, Heard], ...]:
    most = sorted((-count, tag) for (tag, mark), count in counts.items() if mark == "tickets")[:MOST_THEMES]
    named = dict(Tag.objects.filter(pk__in=[tag for _, tag in most]).values_list("pk", "name")) if most else {}
    return tuple((tag, named[tag], _heard(counts, tag)) for _, tag in most)


def offered(*, actor: Actor) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return what a rule may name: organisations, tags and products, 500 at most of each. Three queries."""
    return {
        name: tuple(in_world(model.objects.order_by("name"), actor.world).values_list("pk", "name")[:500])
        for name, model in _TABLES.items()
    }


def names(*, actor: Actor, wanted: Mapping[str, Collection[int]]) -> dict[str, tuple[str, ...]]:
    """Return the names of what a rule or signals name, by list. A query for each list that names something."""
    return {
        name: tuple(
            in_world(_TABLES[name].objects.filter(pk__in=ids), actor.world)
            .order_by("name")
            .values_list("name", flat=True)
        )
        for name, ids in wanted.items()
        if ids
    }


def require_known(*, actor: Actor, wanted: Mapping[str, Collection[int]]) -> None:
    """Refuse what the actor's world does not hold. A query for each list that names something."""
    for name, ids in wanted.items():
        if ids and in_world(_TABLES[name].objects.filter(pk__in=ids), actor.world).count() != len(set(ids)):
            noun = name.removesuffix("s")
            raise NotFound(f"There is no such {noun}.", code=f"{noun}_not_found", field=name)


_TABLES: dict[str, Any] = {"organisations": Organisation, "tags": Tag, "products": Product}
