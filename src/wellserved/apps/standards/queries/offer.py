"""Reads of the offer: the catalogue, one service with its versions, what changed, and the page of promises."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.people import queries as people
from wellserved.apps.standards import models
from wellserved.apps.standards.queries import commitments, expectations
from wellserved.apps.standards.types import offer as types
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World, in_world, live_origin
from wellserved.platform.paging import Keyset

KIND = "standards.service"
ORDER = Keyset("name", "id")
# Who came later learns the offer when she learns the work; who was away finds it on the service's page.
NEWS_FOR = dt.timedelta(days=21)
MOST_NEWS = 20


def catalogue(
    *, actor: Actor, search: str = "", offered: bool | None = True, cursor: str | None = None, limit: int = 50
) -> tuple[tuple[types.ServiceRow, ...], str | None]:
    """Return one page of services by name, and the cursor of the next. One query."""
    rows = _services(actor)
    if offered is not None:
        rows = rows.filter(is_offered=offered)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(summary__icontains=search))
    page = ORDER.page(rows, cursor=cursor, limit=limit)
    return tuple(_row(row) for row in page.rows), page.next_cursor


def _services(actor: Actor) -> QuerySet[models.Service]:
    counted = Count("meets", filter=Q(meets__is_active=True))
    return in_world(models.Service.objects.all(), actor.world).annotate(counted=counted)


def _row(row: models.Service) -> types.ServiceRow:
    return types.ServiceRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        summary=row.summary,
        is_offered=row.is_offered,
        number=row.number,
        changed_at=row.changed_at,
        meets=row.counted,  # type: ignore[attr-defined]
        strengths=row.strengths,
        weaknesses=row.weaknesses,
        version=row.version,
    )


def met_by(*, actor: Actor, service_ids: Collection[int]) -> dict[int, tuple[types.Met, ...]]:
    """Return what each service meets of what holds, with its importance and its signals. One query."""
    rows = in_world(models.Expectation.objects.filter(is_active=True, services__in=service_ids), actor.world)
    found: dict[int, tuple[types.Met, ...]] = {}
    for service_id, pk, importance, signals in rows.values_list("services", "pk", "importance", "signals"):
        each = types.Met(id=pk, importance=importance, signals=types.Signals.from_data(signals))
        found[service_id] = (*found.get(service_id, ()), each)
    return found


def service(*, actor: Actor, service_id: int) -> types.ServiceDetail:
    """Return a service with every version of its offer. Five queries."""
    row = _services(actor).filter(pk=service_id).first()
    if row is None:
        raise NotFound("There is no such service.", code="service_not_found")
    versions = list(row.versions.order_by("-number"))
    read = [types.Offer.from_data(version.content) for version in versions]
    named = accounts.names(user_ids={v.created_by_id for v in versions if v.created_by_id})
    calendars = commitments.calendar_names(actor=actor)
    cited = expectations.titles(
        actor=actor, ids={pk for offer in read for line in offer.lines for pk in line.expectations}
    )
    return types.ServiceDetail(
        row=_row(row),
        offer=read[0],
        calendar=calendars.get(read[0].calendar or 0, ""),
        versions=tuple(
            types.ServiceVersion(
                id=version.pk,
                number=version.number,
                offer=read[at],
                effective_on=version.effective_on,
                created_at=version.created_at,
                created_by=named.get(version.created_by_id or 0, ""),
                reason=version.reason,
                changes=differences(read[at + 1], read[at], calendars, cited) if at + 1 < len(read) else (),
            )
            for at, version in enumerate(versions)
        ),
        cited=cited,
    )


def differences(
    before: types.Offer, after: types.Offer, calendars: Mapping[int, str], cited: Mapping[int, str]
) -> tuple[tuple[str, str, str], ...]:
    """Return what changed between two versions of an offer as label, before, after."""
    old, new = _in_words(before, calendars, cited), _in_words(after, calendars, cited)
    return tuple(
        (label, old.get(label, ""), new.get(label, ""))
        for label in {**old, **new}
        if old.get(label, "") != new.get(label, "")
    )


def _in_words(offer: types.Offer, calendars: Mapping[int, str], cited: Mapping[int, str]) -> dict[str, str]:
    said = {
        "Name": offer.name,
        "Kind": types.SERVICE_KINDS.get(offer.kind, ""),
        "In short": offer.summary,
        "Opening hours": calendars.get(offer.calendar or 0, ""),
        "Told of changes": ", ".join(str(Role(role).label) for role in offer.roles),
    }
    for kind, label in types.LINE_KINDS.items():
        said[label] = "; ".join(_say_line(line, cited) for line in offer.lines if line.kind == kind)
    return said


def _say_line(line: types.Line, cited: Mapping[int, str]) -> str:
    meets = ", ".join(cited[pk] for pk in line.expectations if pk in cited)
    return f"{line.text} (meets: {meets})" if meets else line.text


def news_for(*, actor: Actor, now: dt.datetime) -> tuple[types.OfferNews, ...]:
    """Return recent changes of the offer told to this person's role that she has not said she has read. Two queries."""
    if actor.user_id is None:
        return ()
    newest = models.ServiceVersion.objects.filter(service=OuterRef("pk"), number=OuterRef("number"))
    rows = in_world(
        models.Service.objects.filter(is_offered=True, changed_at__gt=now - NEWS_FOR), actor.world
    ).annotate(
        said=Subquery(newest.values("content")[:1]),
        why=Subquery(newest.values("reason")[:1]),
        begins=Subquery(newest.values("effective_on")[:1]),
        author=Subquery(newest.values("created_by")[:1]),
    )
    recent = [row for row in rows.order_by("-changed_at", "-pk")[:MOST_NEWS] if _is_told(row, actor)]
    read = people.acknowledged(actor=actor, kind=KIND, record_ids=[row.pk for row in recent]) if recent else {}
    return tuple(
        types.OfferNews(
            service_id=row.pk, name=row.name, number=row.number, reason=row.why or "", effective_on=row.begins
        )
        for row in recent
        if read.get(row.pk, 0) < row.number
    )


def _is_told(row: models.Service, actor: Actor) -> bool:
    return actor.role in row.said["roles"] and row.author != actor.user_id  # type: ignore[attr-defined]


def promise_page(*, world: World) -> types.PublicPage | None:
    """Return the page of promises of a world, None while nobody has begun one. One query."""
    row = models.PromisePage.objects.filter(origin=live_origin(world)).select_related("published_by").first()
    if row is None:
        return None
    return types.PublicPage(
        introduction=row.introduction,
        published_at=row.published_at,
        published_by=row.published_by.name if row.published_by else "",
        version=row.version,
    )


def quadrants(*, rows: Iterable[tuple[str, float, float]]) -> dict[str, str]:
    """Return for each (name, importance, performance) where it falls: keep, mend first, low, or more than needed.

    The lines are drawn at the means, as in importance-performance analysis (Martilla and James 1977).
    """
    found = list(rows)
    if not found:
        return {}
    middle = sum(importance for _, importance, _ in found) / len(found)
    level = sum(performance for _, _, performance in found) / len(found)
    words = {
        (True, True): "Keep it up",
        (True, False): "Mend this first",
        (False, False): "Low priority",
        (False, True): "Perhaps more than they need",
    }
    return {name: words[importance >= middle, performance >= level] for name, importance, performance in found}
