"""What a service partner without an account sees of what she was asked."""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One question to a partner and what she answered."""

    ask: str
    asked_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAsked:
    """What a link opens: the question, and those before it on the same ticket, latest first."""

    number: int
    asked_by: str
    now: Spoken
    before: tuple[Spoken, ...]
