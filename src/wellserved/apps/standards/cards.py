"""The cards of this app: who customers are, what to offer them, what to promise, where to steer."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import cards
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import bids, expectations
from wellserved.platform.origin import in_world

_SOON = dt.timedelta(days=90)


def register() -> None:
    """Make the cards known; called once when Django starts."""
    for card in (*_of_customers(), *_of_steering()):
        cards.register(card)


def _of_customers() -> tuple[cards.Card, ...]:
    return (
        cards.Card(
            key="standards-from-expectations",
            rows=("F17-K1",),
            title="From expectation to standard",
            points=(
                "Begin with what a segment expects and how important that is, not with what is easy to count.",
                "Say it so that anybody can see whether it was kept: which share, of what, within which time.",
                "Hold it against the past and the people you have; one nobody can keep teaches to ignore all.",
                "Name who answers for it and when it is looked at again.",
            ),
            applied=_say_standard,
            own=_own_standard,
            url="/standards/new",
        ),
        cards.Card(
            key="customers-and-needs",
            rows=("F17-B3", "F17-C1", "F11-Bc", "F11-K14"),
            title="Real and perceived needs",
            points=(
                "What customers say matters and what their tickets show need not agree; both are true of something.",
                "A perceived need is met by telling, a real one by changing what we do.",
                "A source grows old: markets, habits and neighbours change what people take for granted.",
                "Colleagues are customers too, of every department that waits for another.",
            ),
            applied=_say_sources,
            url="/expectations/segments",
        ),
        cards.Card(
            key="offer-from-expectations",
            rows=("U34-2.1", "U34-A1.3f", "POC-P2", "F11-K13"),
            title="An offer that answers what is expected",
            points=(
                "Every line of an offer costs something; a line that meets no expectation costs without return.",
                "An expectation nobody serves is lost trust, or an agreed no: say which, to customers too.",
                "What is served and not promised is left to chance; what is promised and not served is broken.",
            ),
            applied=_say_gaps,
            url="/offer?view=coverage",
        ),
    )


def _of_steering() -> tuple[cards.Card, ...]:
    return (
        cards.Card(
            key="objectives-that-steer",
            rows=("POC-K7", "F11-K15", "U34-A1.1a"),
            title="Objectives that steer",
            points=(
                "A vision says where to; an objective says by what and by when anybody can see that you came nearer.",
                "Specific, measurable, achievable, relevant, time-bound: what is missing is what people argue about.",
                "What no plan, budget or allocation cites does not steer anything.",
            ),
            applied=_say_objectives,
            url="/vision",
        ),
        cards.Card(
            key="negotiating-resources",
            rows=("POC-K3", "POC-P7"),
            title="Negotiating for people and means",
            points=(
                "Behind every position stands an interest: what whoever decides must show, save or avoid.",
                "Know before you begin what you do if nothing is granted; an offer is good or bad by that alone.",
                "Fall back in steps prepared beforehand, each with what it means for customers.",
                "Trade: what costs you little and is worth much to the other side, for what you need.",
                "Keep what was agreed and what it means for the target: nobody is measured by what was refused.",
            ),
            applied=_say_bids,
            url="/bids",
        ),
    )


def _newest_standard(actor: Actor) -> models.Standard | None:
    rows = in_world(models.Standard.objects.filter(state=models.Standard.State.LIVE), actor.world)
    mine = rows.filter(owner=actor.user_id).order_by("-effective_on", "-pk").first() if actor.user_id else None
    return mine or rows.order_by("-effective_on", "-pk").first()


def _say_standard(actor: Actor, _now: dt.datetime) -> str:
    row = _newest_standard(actor)
    if row is None:
        return "No standard is in force here yet; the steps of the wizard follow these points."
    whose = "Yours" if row.owner_id == actor.user_id else "The newest here"
    return f"{whose} in force is “{row.name}”; see whether it says all five."


def _own_standard(actor: Actor, _now: dt.datetime) -> tuple[str, str] | None:
    row = _newest_standard(actor)
    return (f"Open {row.name}", f"/standards/{row.pk}") if row else None


def _say_sources(actor: Actor, now: dt.datetime) -> str:
    total, old, believed = expectations.count_sources(actor=actor, now=now)
    if not total:
        return "Nothing is written down here yet."
    return f"Of {total} expectations here {old} have a source over a year old, and {believed} are perceived needs."


def _say_gaps(actor: Actor, _now: dt.datetime) -> str:
    found = expectations.coverage(actor=actor)
    if not found.total:
        return "Nothing is written down here yet."
    return (
        f"Of {found.total} expectations here {found.total - found.served} are served by nothing you offer, and "
        f"{found.served - found.covered} are served with nothing promised."
    )


def _say_bids(actor: Actor, _now: dt.datetime) -> str:
    settled = bids.granted_shares(actor=actor)
    if not settled:
        return "No bid has been settled here yet."
    said = f"{len(settled)} bids were settled here, with {_mean(settled, None)} of what was asked for on average"
    both = {prepared for prepared, _ in settled}
    if len(both) == 1:
        return f"{said}."
    return (
        f"{said}: {_mean(settled, True)} where a position to fall back on was named, {_mean(settled, False)} elsewhere."
    )


def _mean(settled: Sequence[tuple[bool, float]], prepared: bool | None) -> str:
    shares = [share for was_prepared, share in settled if prepared in (None, was_prepared)]
    return f"{sum(shares) / len(shares) * 100:.0f} %"


def _say_objectives(actor: Actor, now: dt.datetime) -> str:
    rows = in_world(models.Objective.objects.filter(state="open"), actor.world)
    running = models.Allocation.objects.filter(objective=OuterRef("pk"), ended_at=None, ends_on__gte=now.date())
    known = list(rows.annotate(has_means=Exists(running)).values_list("due_on", "has_means")[:1000])
    due = [day for day, _ in known]
    if not due:
        return "No objective is open here."
    over, soon = sum(day < now.date() for day in due), sum(now.date() <= day <= (now + _SOON).date() for day in due)
    bare = sum(not has_means for _, has_means in known)
    return (
        f"{len(due)} objectives are open here: {over} overdue, {soon} due within 90 days, {bare} with no resource "
        "allocated to them."
    )
