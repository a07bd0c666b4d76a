"""Reads of briefings: the register, one whole with who has met it, what is still asked of somebody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Briefing, Check, Delivery
from wellserved.apps.development.queries import audience, checks, subjects, understanding
from wellserved.apps.development.types import briefings as types
from wellserved.apps.standards.queries import plans
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.paging import Keyset

KIND, PLAN, STANDARD = "development.briefing", "standards.plan", "standards.standard"
State = types.BriefingState
VIEWS: dict[str, str] = {"published": "Published", "mine": "For you to do", "draft": "Drafts", "withdrawn": "Withdrawn"}
WRITERS_VIEWS = frozenset({"draft", "withdrawn"})
# An agent is prompted for one thing a shift that is no ticket.
SHIFT = dt.timedelta(hours=9)
_NEWEST = Keyset("-created_at", "-id")


def briefs(actor: Actor) -> bool:
    """Return whether this person writes briefings, and sees who has met them."""
    return actor.can(accounts.BRIEF)


def visible(*, actor: Actor) -> QuerySet[Briefing]:
    """Return the briefings of the actor's world; drafts to those who write them alone. For this app alone."""
    if not actor.can(accounts.READ_STANDARDS):
        return Briefing.objects.none()
    rows = in_world(Briefing.objects.all(), actor.world)
    return rows if briefs(actor) else rows.filter(state=State.PUBLISHED)


def find(*, actor: Actor, briefing_id: int) -> Briefing:
    """Return the row, or say there is none; for this app alone. One query."""
    row = visible(actor=actor).select_related("published_by").filter(pk=briefing_id).first()
    if row is None:
        raise NotFound("There is no such briefing, or it is not published yet.", code="briefing_not_found")
    return row


def register(
    *, actor: Actor, filters: types.Filters, today: dt.date, cursor: str | None = None, limit: int = 50
) -> types.BriefingPage:
    """Return one page of briefings, the newest first. Queries grow with the kinds of subject alone."""
    rows = _filtered(actor, filters).select_related("published_by")
    page = _NEWEST.page(rows, cursor=cursor, limit=limit)
    return types.BriefingPage(rows=as_rows(page.rows, actor=actor, today=today), next_cursor=page.next_cursor)


def _filtered(actor: Actor, filters: types.Filters) -> QuerySet[Briefing]:
    rows = visible(actor=actor)
    if filters.view == "mine":
        return rows.filter(pk__in=[row.briefing_id for row in _open(actor)])
    wanted = filters.view if filters.view in WRITERS_VIEWS and briefs(actor) else State.PUBLISHED
    rows = rows.filter(state=wanted)
    if filters.kind in types.BriefingKind.values:
        rows = rows.filter(kind=filters.kind)
    if filters.plan is not None:
        rows = rows.filter(_of_plan(actor, filters.plan))
    return rows.filter(title__icontains=filters.q) if filters.q else rows


def _of_plan(actor: Actor, plan_id: int) -> Q:
    """Return the condition of what tells of a plan, or of a standard it delivers."""
    named = actor.can(accounts.READ_PLANS)
    delivered = plans.delivered(actor=actor, plan_id=plan_id) if named else ()
    return Q(subject_kind=PLAN, subject_id=plan_id) | Q(subject_kind=STANDARD, subject_id__in=delivered)


def as_rows(rows: Sequence[Briefing], *, actor: Actor, today: dt.date) -> tuple[types.BriefingRow, ...]:
    """Return rows as other layers may know them; for this app alone."""
    told = _deliveries(rows)
    marks = _marks(rows, told)
    counted = understanding.people_of(actor=actor) if briefs(actor) and rows else ()
    known = {person.id for person in counted}
    return tuple(_row(row, told[row.pk], marks, actor=actor, known=known, today=today) for row in rows)


def _deliveries(rows: Iterable[Briefing]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    for each in Delivery.objects.filter(briefing__in=[row.pk for row in rows]).select_related("user"):
        found[each.briefing_id].append(each)
    return found


def _marks(rows: Iterable[Briefing], told: dict[int, list[Delivery]]) -> dict[tuple[int, int], str]:
    """Return how each person told stands with what a briefing asks her to understand: (briefing, person) to mark.

    Held against the version the briefing tells of: what came later has a briefing of its own.
    """
    asking = [row for row in rows if row.needs_check and row.subject_id is not None]
    wanted = Q(pk=None)
    for row in asking:
        wanted |= Q(subject_kind=row.subject_kind, subject_id=row.subject_id)
    held = Check.objects.filter(wanted, questions__is_active=True).distinct() if asking else ()
    by_subject = {(check.subject_kind, check.subject_id): check.pk for check in held}
    wanted_of = {
        (row.pk, each.user_id): (each.user_id, check, row.subject_number)
        for row in asking
        if (check := by_subject.get((row.subject_kind, row.subject_id or 0)))
        for each in told[row.pk]
    }
    found = understanding.standings_at(wanted=set(wanted_of.values())) if wanted_of else {}
    return {key: found[each].standing for key, each in wanted_of.items()}


def _row(
    row: Briefing,
    told: Sequence[Delivery],
    marks: dict[tuple[int, int], str],
    *,
    actor: Actor,
    known: Collection[int],
    today: dt.date,
) -> types.BriefingRow:
    each = [delivery_row(delivery, marks.get((row.pk, delivery.user_id), "")) for delivery in told]
    mine = next((line for line in each if line.user_id == actor.user_id), None)
    counted = [line for line in each if line.user_id in known]
    is_open = mine is not None and not mine.is_done and row.state == State.PUBLISHED
    return types.BriefingRow(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        state=row.state,
        subject=(row.subject_kind, row.subject_id) if row.subject_id is not None else None,
        number=row.subject_number,
        due_on=row.due_on,
        published_at=row.published_at,
        published_by=row.published_by.name if row.published_by else "",
        told=len(counted),
        done=sum(line.is_done for line in counted),
        is_mine=mine is not None,
        is_open=is_open,
        is_overdue=row.state == State.PUBLISHED and row.due_on is not None and row.due_on < today,
        version=row.version,
    )


def delivery_row(row: Delivery, mark: str) -> types.DeliveryRow:
    """Return the row as other layers may know it; its person is loaded."""
    return types.DeliveryRow(
        user_id=row.user_id,
        name=row.user.name,
        read_at=row.read_at,
        heard_at=row.heard_at,
        catch_up_on=row.catch_up_on,
        understanding=mark,
        reminded_at=row.reminded_at,
        reminders=row.reminders,
    )


def standing_of(row: Briefing) -> tuple[types.DeliveryRow, ...]:
    """Return how everybody it went to stands with a briefing, by name; for this app alone. Three queries."""
    told = _deliveries([row])
    marks = _marks([row], told)
    found = [delivery_row(each, marks.get((row.pk, each.user_id), "")) for each in told[row.pk]]
    return tuple(sorted(found, key=lambda each: (each.name, each.user_id)))


def briefing(*, actor: Actor, briefing_id: int, today: dt.date) -> types.BriefingDetail:
    """Return one briefing; who has met it, to those who lead them. Constant queries."""
    row = find(actor=actor, briefing_id=briefing_id)
    shown = as_rows([row], actor=actor, today=today)[0]
    known = {person.id for person in understanding.people_of(actor=actor)}
    everybody = standing_of(row)
    check = _check_of(actor, row)
    content = content_of(row)
    may_edit = briefs(actor)
    reached = audience.reach(actor=actor, audience=content.audience) if may_edit and row.state == State.DRAFT else None
    return types.BriefingDetail(
        row=shown,
        content=content,
        reason=row.reason,
        audience=audience.say(actor=actor, audience=content.audience),
        reaches=len(reached.people) if reached else 0,
        outside=reached.outside if reached else 0,
        deliveries=tuple(each for each in everybody if each.user_id in known) if may_edit else (),
        mine=next((each for each in everybody if each.user_id == actor.user_id), None),
        sessions=_sessions(row, known) if may_edit else (),
        check_id=check.pk if check else None,
        check_number=check.number if check else 0,
        questions=check.questions.filter(is_active=True).count() if check else 0,
        current=_current(shown),
        may_edit=may_edit,
    )


def _check_of(actor: Actor, row: Briefing) -> Check | None:
    if row.subject_id is None:
        return None
    return checks.check_for(actor=actor, subject=(row.subject_kind, row.subject_id))


def _current(row: types.BriefingRow) -> int:
    return subjects.numbers([row.subject]).get(row.subject, 0) if row.subject else 0


def _sessions(row: Briefing, known: Collection[int]) -> tuple[types.SessionRow, ...]:
    found = row.sessions.select_related("led_by").prefetch_related("attendances__user").order_by("-held_at", "-pk")
    return tuple(
        types.SessionRow(
            held_at=session.held_at,
            led_by=session.led_by.name if session.led_by else "",
            note=session.note,
            present=_names(session.attendances.all(), known, was_there=True),
            absent=_names(session.attendances.all(), known, was_there=False),
        )
        for session in found
    )


def _names(rows: Iterable[object], known: Collection[int], *, was_there: bool) -> tuple[str, ...]:
    return tuple(
        sorted(each.user.name for each in rows if each.user_id in known and each.was_there == was_there)  # type: ignore[attr-defined]
    )


def content_of(row: Briefing) -> types.Content:
    """Return what a person wrote of it."""
    return types.Content(
        kind=row.kind,
        title=row.title,
        items=tuple(types.Item.from_data(each) for each in row.items),
        audience=types.Audience.from_data(row.audience),
        due_on=row.due_on,
        by_mail=row.by_mail,
        needs_check=row.needs_check,
    )


def _open(actor: Actor) -> tuple[Delivery, ...]:
    """Return what is still asked of this person: not read or heard, or not shown to be understood. Four queries."""
    if actor.user_id is None:
        return ()
    rows = Delivery.objects.filter(
        user=actor.user_id, briefing__in=in_world(Briefing.objects.filter(state=State.PUBLISHED), actor.world)
    ).select_related("briefing", "user")
    mine = list(rows)
    told = {each.briefing_id: [each] for each in mine}
    marks = _marks([each.briefing for each in mine], told)
    return tuple(
        each for each in mine if not delivery_row(each, marks.get((each.briefing_id, actor.user_id), "")).is_done
    )


def to_do(*, actor: Actor, now: dt.datetime) -> tuple[types.BriefingRow, ...]:
    """Return what is still asked of this person, the soonest due first. Constant queries."""
    found = [each.briefing for each in _open(actor)]
    rows = as_rows(found, actor=actor, today=clock.day_of(now))
    return tuple(sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.id)))


def settled_lately(*, actor: Actor, now: dt.datetime) -> bool:
    """Return whether this person has read a briefing in this shift already. One query."""
    since = now - SHIFT
    return Delivery.objects.filter(user=actor.user_id, read_at__gt=since, read_at__lte=now).exists()


def drafts(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the drafts the product wrote because a version came into force, the newest first. One query."""
    if not briefs(actor):
        return ()
    rows = visible(actor=actor).filter(state=State.DRAFT, is_drafted=True).order_by("-created_at", "-pk")
    return tuple(rows.values_list("pk", "title")[:101])


def overdue(*, actor: Actor, today: dt.date) -> tuple[tuple[int, str, int], ...]:
    """Return for who briefs each briefing past its day that somebody she leads has not met: id, title, how many."""
    if not briefs(actor):
        return ()
    rows = visible(actor=actor).filter(state=State.PUBLISHED, due_on__lt=today).order_by("due_on", "pk")
    shown = as_rows(list(rows.select_related("published_by")[:50]), actor=actor, today=today)
    return tuple((row.id, row.title, row.told - row.done) for row in shown if row.told > row.done)


def titles(ids: Collection[int]) -> dict[int, str]:
    """Return what briefings are called. One query."""
    return dict(Briefing.objects.filter(pk__in=ids).values_list("pk", "title"))


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids the actor may see. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))
