"""How the desk's facts read on a screen. Pure: the moment is an argument."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from wellserved.apps.desk.types import ClockFace, Kind, Level, Move, Priority, Status
from wellserved.apps.desk.types.competence import QueueCover
from wellserved.apps.desk.types.promises import PromiseFigures
from wellserved.apps.desk.types.referrals import ReferralFigures, ReferralState
from wellserved.apps.desk.types.updates import CopyState, NoticeDetail
from wellserved.apps.people.queries import REMEDIES
from wellserved.apps.people.types import Allowance
from wellserved.platform.ui import formatting

SOON = dt.timedelta(hours=1)
CURRENCY = "GBP"

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
    """Return a type of ticket as a person reads it."""
    return str(Kind(kind).label)


def say_level(level: str) -> str:
    """Return an impact or urgency as a person reads it."""
    return str(Level(level).label)


def say_allowance(allowance: Allowance) -> str:
    """Return what somebody may grant of one remedy, and who may grant more."""
    amount = formatting.format_money(allowance.amount, allowance.currency)
    left = formatting.format_money(allowance.left, allowance.currency)
    may = f"up to {amount} {allowance.period_name}, {left} left" if allowance.amount else "not alone"
    more = f"; above that {' or '.join(allowance.above)}" if allowance.above else "; nobody may grant more"
    return f"{allowance.name}: {may}{more}."


def say_authority(allowances: Sequence[Allowance]) -> str:
    """Return a writer's limits in one sentence; nothing while the service has set none."""
    if not allowances:
        return ""
    able = [row for row in allowances if row.amount]
    money = [f"{row.name.lower()} to {formatting.format_money(row.left, row.currency)}" for row in able]
    return f"You may still grant here: {', '.join(money)}." if able else "You may grant nothing alone."


def channel_icon(channel: str) -> str:
    """Return the icon of a channel."""
    return CHANNEL_ICONS.get(channel, "web")


def say_money(remedy: str, amount: Decimal | None) -> str:
    """Return a remedy and its amount as a person reads them.

    >>> say_money("refund", Decimal(80))
    'Refund of £80.00'
    """
    if amount is None:
        return ""
    return f"{REMEDIES.get(remedy, remedy)} of {formatting.format_money(amount, CURRENCY)}"


def say_referral_state(state: str) -> str:
    """Return where a referral stands as a person reads it."""
    return str(ReferralState(state).label)


def say_referrals(found: ReferralFigures) -> str:
    """Return in one sentence what waits for a decision and how much was settled without one."""
    waits = f"{found.open} {'waits' if found.open == 1 else 'wait'} for an answer"
    late = f", {found.overdue} past {'its' if found.overdue == 1 else 'their'} time" if found.overdue else ""
    mine = f"; {found.mine} put to you" if found.mine else ""
    share = (
        f" {found.solved_first} of {found.solved} tickets of the last {found.days} days were solved without one."
        if found.solved
        else ""
    )
    return f"{waits}{late}{mine}.{share}"


def say_advisers(count: int, *, here: int, q: str) -> str:
    """Return in one sentence whom one may ask."""
    if not count:
        return f"Nobody is known for “{q}”. Try one word of it, or leave the box empty to see everybody."
    known = f" for “{q}”" if q else ""
    people = f"{count} {'colleague' if count == 1 else 'colleagues'} to ask{known}"
    return f"{people}, {here} available now; who knows most comes first."


def say_promises(found: PromiseFigures) -> str:
    """Return in one sentence how promises stand."""
    now = f"{found.open} open, {found.overdue} past their time, {found.due_in_a_day} due within a day."
    if not found.total:
        return f"{now} Nothing has come due in the last {found.days} days."
    return f"{found.kept} of {found.total} promises of the last {found.days} days were kept. {now}"


def say_silences(running: int, overdue: int, longest: dt.timedelta | None) -> str:
    """Return in one sentence who waits to hear from us."""
    if not running:
        return "No open ticket has an update clock: a standard with “Keep informed” starts one."
    if not overdue or longest is None:
        return f"All {running} customers with an update clock have heard from us in time."
    silent = formatting.format_duration(longest)
    return f"{overdue} of {running} customers should have heard from us by now; the longest silence is {silent}."


def say_notices(count: int, *, waiting: int) -> str:
    """Return in one sentence what was told to many at once."""
    if not count:
        return "Nothing has been told to many customers at once yet. Choose tickets in the inbox to begin."
    return f"{count} {'notice' if count == 1 else 'notices'}, {waiting} not sent yet; each customer gets each once."


def say_notice(found: NoticeDetail) -> str:
    """Return in one sentence what became of a notice."""
    total = sum(found.counts.values())
    tickets = f"{total} {'ticket' if total == 1 else 'tickets'}"
    if found.sent_at is None:
        return f"Not sent. It would be told on {tickets}; below stands what each customer would read."
    waiting = found.counts.get(CopyState.WAITING, 0)
    sent = found.counts.get(CopyState.SENT, 0)
    held = f", {waiting} wait for their turn" if waiting else ""
    return f"{sent} {'customer was' if sent == 1 else 'customers were'} sent it, of {tickets}{held}."


def say_queue_cover(row: QueueCover) -> str:
    """Return how far a queue has those it asks for.

    >>> from wellserved.apps.desk.types.competence import Asked
    >>> asked = Asked(queue_id=1, queue="Billing", skill_id=2, skill="Refunds", level=3)
    >>> say_queue_cover(QueueCover(asked=asked, able=("Ben Okafor",), needed=2, held_back=1))
    'Refunds: 1 of 2 needed may be given tickets of Billing today; 1 open ticket lies with somebody who may not.'
    """
    who = f"{len(row.able)} of {row.needed} needed" if row.missing else f"{len(row.able)} colleagues"
    back = (
        f"; {row.held_back} open {'ticket lies' if row.held_back == 1 else 'tickets lie'} with somebody who may not"
        if row.held_back
        else ""
    )
    return f"{row.asked.skill}: {who} may be given tickets of {row.asked.queue} today{back}."


def say_break(row: QueueCover) -> str:
    """Return what would become of a queue if those who hold what it asks for were away.

    >>> from wellserved.apps.desk.types.competence import Asked
    >>> asked = Asked(queue_id=1, queue="Billing", skill_id=2, skill="Refunds", level=3)
    >>> say_break(QueueCover(asked=asked, able=("Ben Okafor",), needed=2, held_back=0))
    'Without Ben Okafor nobody may be given its tickets.'
    """
    if not row.able:
        return "Nobody may be given its tickets now, unless a leader says why."
    if len(row.able) == 1:
        return f"Without {row.able[0]} nobody may be given its tickets."
    spare = len(row.able) - row.needed
    if spare < 0:
        return f"{-spare} fewer than needed: each absence is felt at once."
    return f"{len(row.able)} hold it; {spare} may be away before the cover is short."
