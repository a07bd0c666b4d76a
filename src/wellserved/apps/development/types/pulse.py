"""The pulse as it crosses borders: its items, and results of five answers or more."""

import dataclasses
import datetime as dt

PULSE = "development.pulse"
LEAST_ANSWERS = 5
# A reader may be among those who answered and knows her own: what is shown leaves five others.
LEAST_SHOWN = LEAST_ANSWERS + 1
# A mean that falls by this much asks for something to be done.
DROP = 0.3
LOWEST, HIGHEST = 1, 5
FAVOURABLE = 4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PulseItem:
    """One statement of the pulse, what it is called, and what is suggested when it falls."""

    key: str
    name: str
    statement: str
    suggestion: str


ITEMS = {
    item.key: item
    for item in (
        PulseItem(
            key="respects",
            name="Respects",
            statement="I am treated with respect here, also when something went wrong.",
            suggestion="Ask in the next one-to-ones what hurt, and agree on one thing you stop doing.",
        ),
        PulseItem(
            key="values",
            name="Values",
            statement="What I think about how we work makes a difference.",
            suggestion="Answer every open suggestion this week, and consult the team before the next change.",
        ),
        PulseItem(
            key="nurtures",
            name="Nurtures",
            statement="I get the help and the time to become better at what I do.",
            suggestion="Give each colleague one hour a week for learning, and book it in the rota.",
        ),
        PulseItem(
            key="recognises",
            name="Recognises",
            statement="When I do something well, somebody notices and says so.",
            suggestion="Look who has not been thanked for a while, and begin the weekly meeting with thanks.",
        ),
        PulseItem(
            key="rewards",
            name="Rewards",
            statement="What I get for my work is fair, and I know by which rules.",
            suggestion="Explain the rules of each reward scheme in the next briefing, and evaluate those ended.",
        ),
        PulseItem(
            key="vision",
            name="Vision",
            statement="I would tell a friend what our service stands for, and I want to be part of it.",
            suggestion="Tell the vision anew with a customer's story, and ask each team what it means for them.",
        ),
    )
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What a group answered to one item; `change` is the step of the mean since the pulse before, None if unknown."""

    item: str
    answers: int
    mean: float
    favourable: float
    low: float
    high: float
    change: float | None = None

    @property
    def name(self) -> str:
        """Return what the item is called."""
        return ITEMS[self.item].name

    @property
    def has_dropped(self) -> bool:
        """Return whether it fell so far that something should be done."""
        return self.change is not None and self.change <= -DROP

    @property
    def suggestion(self) -> str:
        """Return what is suggested when it fell."""
        return ITEMS[self.item].suggestion


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """What a group answered; `items` is empty when it is withheld, and then `answers` is None."""

    team_id: int | None
    name: str
    asked: int
    answers: int | None
    items: tuple[ItemResult, ...]

    @property
    def is_withheld(self) -> bool:
        """Return whether too few answered."""
        return self.answers is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PulseRow:
    """A pulse of the register. `answers` counts people; it is None where so few answered that nothing is shown."""

    id: int
    opened_at: dt.datetime
    closes_on: dt.date
    closed_at: dt.datetime | None
    asked: int
    answers: int
    has_answered: bool
    version: int

    @property
    def is_open(self) -> bool:
        """Return whether answers are taken."""
        return self.closed_at is None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """What is done about an item; `change` is how far its mean moved in the next pulse, None until that is known."""

    id: int
    item: str
    what: str
    due_on: dt.date
    set_by: str
    set_at: dt.datetime
    change: float | None

    @property
    def name(self) -> str:
        """Return what the item is called."""
        return ITEMS[self.item].name
