"""How the desk's facts read on a screen. Pure: the moment is an argument."""

import dataclasses
import datetime as dt

from wellserved.apps.desk.types import ClockFace, Kind, Level, Move, Priority, Status
from wellserved.platform.ui import formatting

SOON = dt.timedelta(hours=1)

STATUS_TONES: dict[str, str] = {
    Status.NEW: "info",
    Status.OPEN: "info",
    Status.WAITING_CUSTOMER: "",
    Status.WAITING_SUPPLIER: "",
    Status.WAITING_OTHER: "",
    Status.RESOLVED: "ok",
    Status.CLOSED: "ok",
}
PRIORITY_TONES: dict[int, str] = {Priority.CRITICAL: "bad", Priority.HIGH: "warn"}
CHANNEL_ICONS: dict[str, str] = {"email": "mail", "phone": "phone", "chat": "chat", "import": "import"}
PORTAL_STATUS: dict[str, str] = {
    Status.NEW: "We have your message and will answer it.",
    Status.OPEN: "We are working on it.",
    Status.WAITING_CUSTOMER: "We need something from you: please read our last message.",
    Status.WAITING_SUPPLIER: "We are waiting for somebody who helps us with this.",
    Status.WAITING_OTHER: "This is on hold. We will tell you when it moves.",
    Status.RESOLVED: "We believe this is solved. Write back if it is not.",
    Status.CLOSED: "This is closed. Ask again if you need us.",
}
MOVE_KEYS: dict[str, str] = {Move.RESOLVE: "e"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """A clock in words: `state` picks the badge, `at` is the moment due."""

    state: str
    text: str
    at: dt.datetime | None


def say_due(*, due_at: dt.datetime | None, now: dt.datetime) -> Countdown:
    """Return how long is left until a moment.

    >>> at = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    >>> say_due(due_at=at, now=at - dt.timedelta(minutes=8)).text
    '8 min left'
    >>> say_due(due_at=at, now=at + dt.timedelta(minutes=4)).text
    'Overdue 4 min'
    """
    if due_at is None:
        return Countdown(state="none", text="No clock running", at=None)
    left = due_at - now
    if left < dt.timedelta():
        return Countdown(state="breached", text=f"Overdue {formatting.format_duration(-left)}", at=due_at)
    state = "due_soon" if left <= SOON else "running"
    return Countdown(state=state, text=f"{formatting.format_duration(left)} left", at=due_at)


def say_clock(face: ClockFace, *, now: dt.datetime) -> Countdown:
    """Return how a clock stands, whether it runs, rests or is over."""
    if face.stopped_at is not None:
        missed = face.breached_at is not None
        return Countdown(state="missed" if missed else "met", text="Missed" if missed else "Kept", at=face.stopped_at)
    if face.state == "paused":
        left = formatting.format_duration(max(face.remaining_seconds, 0))
        return Countdown(state="paused", text=f"Paused, {left} left", at=face.due_at)
    if face.state in ("cancelled", "void"):
        return Countdown(state="stopped", text="No longer counts", at=None)
    return say_due(due_at=face.due_at, now=now)


def say_status(status: str) -> str:
    """Return a status as a person reads it."""
    return str(Status(status).label)


def say_priority(priority: int) -> str:
    """Return a priority as a person reads it."""
    return str(Priority(priority).label)


def say_kind(kind: str) -> str:
    """Return a type of issue as a person reads it."""
    return str(Kind(kind).label)


def say_level(level: str) -> str:
    """Return an impact or urgency as a person reads it."""
    return str(Level(level).label)


def channel_icon(channel: str) -> str:
    """Return the icon of a channel."""
    return CHANNEL_ICONS.get(channel, "web")
