"""The public page of promises: what is promised to customers in plain words, and how far it was kept last quarter."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.desk.queries import keeping
from wellserved.apps.standards.actions import offer as actions
from wellserved.apps.standards.forms import offer as forms
from wellserved.apps.standards.queries import commitments
from wellserved.apps.standards.queries import offer as queries
from wellserved.apps.standards.types.commitments import StandardRow
from wellserved.apps.standards.types.measures import DESK, MEASURES
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs, public
from wellserved.platform.http.forms import attempt, read_number
from wellserved.platform.origin import World

FEW = 20
MOST = 40
_FRESH_SECONDS = 600
_QUARTERS = ("January to March", "April to June", "July to September", "October to December")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicPromise:
    """A promise as anybody may read it; `result` says how far it was kept, with of how many."""

    promise: str
    aim: str
    result: str
    is_kept: bool | None


@require_GET
@public
def page(request: HttpRequest) -> HttpResponse:
    """Show the promises to anybody while they are published; staff of the sample see the sample's."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    is_staff = actor is not None and actor.role in STAFF_ROLES
    world = actor.world if actor and is_staff else World.REAL
    found = queries.promise_page(world=world)
    if found is None or found.published_at is None:
        raise NotFound("No promises are published here.", code="not_published")
    now = clock.now()
    key = f"promises:{world}:{found.version}:{now.date().isoformat()}"
    rows = cache.get(key)
    if rows is None:
        rows = promises(world=world, now=now)
        cache.set(key, rows, _FRESH_SECONDS)
    start, end = last_quarter(now.date())
    context = {
        "page": found,
        "rows": rows,
        "quarter": say_quarter(start),
        "until": end,
        "is_sample": world == World.SAMPLE,
    }
    return render(request, "portal/promises.html", context)


def promises(*, world: World, now: dt.datetime) -> tuple[PublicPromise, ...]:
    """Return what is promised to customers and how far it was kept in the quarter that has ended. Eight queries."""
    house = accounts.system_actor(world=world)
    rows = [row for row in commitments.in_force(actor=house, now=now) if row.audience == "customers"][:MOST]
    start, end = last_quarter(now.date())
    since = dt.datetime.combine(start, dt.time.min, tzinfo=dt.UTC)
    until = dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min, tzinfo=dt.UTC)
    from_desk = [row for row in rows if row.answers.source == DESK]
    kept = keeping.kept_between(actor=house, rows=from_desk, since=since, until=until) if from_desk else {}
    entered = [row.id for row in rows if row.answers.source != DESK]
    readings = commitments.recent_readings(actor=house, standard_ids=entered, since=start) if entered else {}
    found = []
    for row in rows:
        past = kept.get(row.id)
        told = [(value, cases) for day, value, cases in readings.get(row.id, ()) if day <= end]
        met, total = (past.kept, past.total) if past else (sum(v for v, _ in told), sum(n for _, n in told))
        found.append(_public(row, met, total))
    return tuple(found)


def _public(row: StandardRow, met: float, total: int) -> PublicPromise:
    measure, target = MEASURES.get(row.measure), row.answers.target
    promise = row.answers.promise or row.sentence
    if measure is not None and measure.shape == "amount":
        mean = met / total if total else None
        result = f"£{mean:,.2f} on average, over {total:,} cases" if mean is not None else "No figure yet"
        is_kept = mean <= target if mean is not None and target is not None else None
        return PublicPromise(
            promise=promise, aim=f"£{target:,.2f} at most" if target else "", result=result, is_kept=is_kept
        )
    aim = f"{target * 100:g} %" if target is not None else ""
    if not total:
        return PublicPromise(promise=promise, aim=aim, result="Nothing came due", is_kept=None)
    if total < FEW:
        return PublicPromise(promise=promise, aim=aim, result=f"{met:.0f} of {total}", is_kept=None)
    share = met / total
    is_kept = share >= target if target is not None else None
    return PublicPromise(
        promise=promise, aim=aim, result=f"{share * 100:.1f} % ({met:,.0f} of {total:,})", is_kept=is_kept
    )


def last_quarter(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the quarter that has ended.

    >>> last_quarter(dt.date(2026, 2, 11))
    (datetime.date(2025, 10, 1), datetime.date(2025, 12, 31))
    """
    begun = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = begun - dt.timedelta(days=1)
    return dt.date(end.year, end.month - 2, 1), end


def say_quarter(start: dt.date) -> str:
    """Return a quarter in words.

    >>> say_quarter(dt.date(2025, 10, 1))
    'October to December 2025'
    """
    return f"{_QUARTERS[(start.month - 1) // 3]} {start.year}"


@require_http_methods(["GET", "POST"])
@needs(policies.EDIT_STANDARDS)
def publish(request: HttpRequest) -> HttpResponse:
    """See what people would read, and publish it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.promise_page(world=actor.world)
    initial = {"introduction": found.introduction, "version": found.version} if found else {}
    form = forms.PublishForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        form = forms.PublishForm(request.POST)
        status = attempt(form, lambda given: actions.publish_promises(actor=actor, now=now, **given))
        if status == 200:
            messages.success(request, "Published. Anybody with the address can read it.")
            return redirect("web:promises_publish")
    start, _ = last_quarter(now.date())
    rows = promises(world=actor.world, now=now)
    context = {
        "form": form,
        "found": found,
        "rows": rows,
        "quarter": say_quarter(start),
        "sentence": _say_publication(found is not None and found.published_at is not None, rows),
        "form_errors": bool(form.errors),
    }
    return render(request, "web/promises_publish.html", context, status=status)


def _say_publication(is_public: bool, rows: Sequence[PublicPromise]) -> str:
    told = "Anybody can read it now." if is_public else "Nobody outside can read it yet."
    if not rows:
        return f"{told} No standard for customers is in force, so there is nothing to promise."
    missed = sum(row.is_kept is False for row in rows)
    return f"{told} It shows {len(rows)} promises; {missed} of them were not kept last quarter, and it says so."


@require_POST
@needs(policies.EDIT_STANDARDS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Show the promises to nobody outside any more."""
    actions.withdraw_promises(
        actor=request.actor,  # type: ignore[attr-defined]
        version=read_number(request.POST.get("version", "")),
        now=clock.now(),
    )
    messages.success(request, "Withdrawn. The page is gone for everybody outside.")
    return redirect("web:promises_publish")
