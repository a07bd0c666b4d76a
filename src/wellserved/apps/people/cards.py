"""Learning cards: a few sentences where the knowledge is used, and one worked out from the reader's own data.

Apps register their cards when Django starts, in a module `cards` of their own. Nobody is asked to read one.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import queries
from wellserved.platform.errors import NotFound

Apply = Callable[[Actor, dt.datetime], str]
# The reader's own record the card speaks of, by name and address.
Point = Callable[[Actor, dt.datetime], tuple[str, str] | None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a manager should know, and `applied`, what it means here and now, empty when the data do not say.

    `rows` are the criteria of the occupational standards it serves; `url` is the screen where it is used.
    """

    key: str
    rows: tuple[str, ...]
    title: str
    points: tuple[str, ...]
    applied: Apply
    url: str
    own: Point | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card as one person sees it now; `understood_at` is when she last said that she has understood it."""

    key: str
    rows: tuple[str, ...]
    title: str
    points: tuple[str, ...]
    applied: str
    url: str
    own: tuple[str, str] | None
    understood_at: dt.datetime | None


registry: dict[str, Card] = {}


def register(card: Card) -> None:
    """Make a card known."""
    registry[card.key] = card


def show(*, actor: Actor, key: str, now: dt.datetime) -> CardView:
    """Return a card as this person sees it. One query, and those of its applied sentence."""
    card = registry.get(key)
    if card is None:
        raise NotFound("There is no such card.", code="card_not_found")
    return _view(card, actor, now, queries.understood(actor=actor))


def every(*, actor: Actor, now: dt.datetime) -> tuple[CardView, ...]:
    """Return every card by title. One query, and those of the applied sentences."""
    known = queries.understood(actor=actor)
    return tuple(_view(card, actor, now, known) for card in sorted(registry.values(), key=lambda card: card.title))


def _view(card: Card, actor: Actor, now: dt.datetime, known: dict[str, dt.datetime]) -> CardView:
    return CardView(
        key=card.key,
        rows=card.rows,
        title=card.title,
        points=card.points,
        applied=card.applied(actor, now),
        url=card.url,
        own=card.own(actor, now) if card.own else None,
        understood_at=known.get(card.key),
    )
