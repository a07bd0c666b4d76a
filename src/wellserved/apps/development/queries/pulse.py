"""The pulse as it may be read: counted, closed, and never of fewer than five, however one subtracts."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import READ_STANDARDS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import withholding
from wellserved.apps.development.types import pulse as types
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World, in_world
from wellserved.platform.paging import Keyset
from wellserved.platform.ui.formatting import format_day
from wellserved.science.statistics import wilson

ORDER = Keyset("-opened_at", "-id")
EVERYBODY = "Everybody"
# How many gave each score: {team key: {item: {score: people}}}.
Tally = Mapping[int, Mapping[str, Mapping[int, int]]]
# The same of each group that may be shown, None for everybody.
Shown = Mapping[int | None, Mapping[str, Counter[int]]]


def visible(*, actor: Actor) -> "QuerySet[models.Pulse]":
    """Return the pulses this actor may know of."""
    rows = in_world(models.Pulse.objects.all(), actor.world)
    return rows if actor.can(READ_STANDARDS) else rows.none()


def visible_ids(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids this actor may know of. One query."""
    return frozenset(visible(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def titles(ids: Collection[int]) -> Mapping[int, str]:
    """Return what each pulse is called. One query."""
    rows = models.Pulse.objects.filter(pk__in=ids).values_list("pk", "opened_at")
    return {pk: f"Pulse of {format_day(clock.day_of(at))}" for pk, at in rows}


def home_teams(*, world: World) -> dict[int, int]:
    """Return the team each colleague's answers count for, 0 for leaders and for whoever is in none. Three queries."""
    found = {user.pk: withholding.NO_TEAM for user in accounts.active_staff(world=world)}
    for team in sorted(accounts.teams(actor=accounts.system_actor(world=world)), key=lambda team: team.id):
        for member in team.members:
            if found.get(member.user_id) == withholding.NO_TEAM and not member.is_leader:
                found[member.user_id] = team.id
    return found


def register(
    *, actor: Actor, cursor: str | None = None, limit: int = 20
) -> tuple[tuple[types.PulseRow, ...], str | None]:
    """Return a page of pulses, the newest first, and the cursor of the next. Two queries."""
    page = ORDER.page(_counted(actor), cursor=cursor, limit=limit)
    everybody = len(accounts.active_staff(world=actor.world))
    return tuple(_row(row, everybody) for row in page.rows), page.next_cursor


def pulse(*, actor: Actor, pulse_id: int) -> types.PulseRow:
    """Return one pulse, or say there is none. Two queries."""
    row = _counted(actor).filter(pk=pulse_id).first()
    if row is None:
        raise NotFound("There is no such pulse.", code="pulse_not_found")
    return _row(row, len(accounts.active_staff(world=actor.world)))


def open_pulse(*, actor: Actor) -> types.PulseRow | None:
    """Return the pulse that takes answers now, if one does. Two queries."""
    row = _counted(actor).filter(closed_at=None).first()
    return _row(row, len(accounts.active_staff(world=actor.world))) if row else None


def results(
    *, actor: Actor, pulse_id: int, team_id: int | None = None, item: str = ""
) -> tuple[types.GroupResult, ...]:
    """Return what everybody answered, then each team she may know of; or one team alone, or one item. Six queries.

    Nothing while it is open: two looks at a pulse an answer apart would be that answer. What is withheld reads the same
    to everybody, a manager too.
    """
    row = visible(actor=actor).filter(pk=pulse_id).first()
    if row is None:
        raise NotFound("There is no such pulse.", code="pulse_not_found")
    if row.closed_at is None:
        return ()
    before = visible(actor=actor).filter(closed_at__lt=row.closed_at).order_by("-closed_at").first()
    tallies = _tallies([row.pk] + ([before.pk] if before else []))
    now_, then = _published(tallies[row.pk]), _published(tallies[before.pk]) if before else {}
    teams = dict(accounts.team_choices(actor=actor))
    if team_id is not None and team_id not in teams:
        raise NotFound("There is no such team, or it is not yours to see.", code="team_not_found")
    keys = [team_id] if team_id is not None else [None, *teams]
    return tuple(
        _group(
            key,
            name=EVERYBODY if key is None else teams[key],
            asked=row.asked,
            now_=now_,
            then=then,
            only=item,
        )
        for key in keys
    )


def actions(*, actor: Actor, pulse_id: int) -> tuple[types.ActionRow, ...]:
    """Return what is done about a pulse, with how far everybody's mean moved in the next. Four queries at most."""
    row = visible(actor=actor).filter(pk=pulse_id).first()
    if row is None:
        raise NotFound("There is no such pulse.", code="pulse_not_found")
    found = list(row.actions.select_related("set_by").order_by("due_on", "pk"))
    after = (
        visible(actor=actor).filter(opened_at__gt=row.opened_at).exclude(closed_at=None).order_by("opened_at").first()
    )
    changes: dict[str, float] = {}
    if found and after and row.closed_at:
        tallies = _tallies([row.pk, after.pk])
        then, now_ = (_published(tallies[pk]).get(None, {}) for pk in (row.pk, after.pk))
        changes = {key: _mean(now_[key]) - _mean(then[key]) for key in now_.keys() & then.keys()}
    return tuple(
        types.ActionRow(
            id=each.pk,
            item=each.item,
            what=each.what,
            due_on=each.due_on,
            set_by=each.set_by.name if each.set_by else "",
            set_at=each.set_at,
            change=changes.get(each.item),
        )
        for each in found
    )


def trend(*, actor: Actor, most: int = 6) -> tuple[tuple[types.PulseRow, tuple[types.ItemResult, ...]], ...]:
    """Return the last closed pulses of everybody, oldest first, each with its items. Three queries."""
    rows = list(_counted(actor).exclude(closed_at=None).order_by("-closed_at")[:most])[::-1]
    tallies = _tallies([row.pk for row in rows])
    told = []
    then: Mapping[str, Counter[int]] = {}
    for row in rows:
        now_ = _published(tallies[row.pk]).get(None, {})
        told.append((_row(row, 0), tuple(_item(key, now_[key], then.get(key)) for key in types.ITEMS if key in now_)))
        then = now_
    return tuple(told)


def last_closed(*, actor: Actor) -> int | None:
    """Return the pulse closed last. One query."""
    rows = visible(actor=actor).exclude(closed_at=None).order_by("-closed_at")
    return rows.values_list("pk", flat=True).first()


def _counted(actor: Actor) -> "QuerySet[models.Pulse]":
    mine = models.PulseAnswerer.objects.filter(pulse=OuterRef("pk"), user=actor.user_id)
    return visible(actor=actor).annotate(people=Count("answerers"), has_answered=Exists(mine)).order_by("-opened_at")


def _row(row: Any, everybody: int) -> types.PulseRow:
    return types.PulseRow(
        id=row.pk,
        opened_at=row.opened_at,
        closes_on=row.closes_on,
        closed_at=row.closed_at,
        asked=sum(row.asked.values()) if row.closed_at else everybody,
        answers=row.people,
        has_answered=row.has_answered,
        version=row.version,
    )


def _tallies(pulse_ids: Collection[int]) -> dict[int, Tally]:
    found: dict[int, dict[int, dict[str, dict[int, int]]]] = {pk: {} for pk in pulse_ids}
    rows = models.PulseTally.objects.filter(pulse__in=pulse_ids, answers__gt=0)
    for pulse_id, team, item, score, answers in rows.values_list("pulse", "team_key", "item", "score", "answers"):
        found[pulse_id].setdefault(team, {}).setdefault(item, {})[score] = answers
    return dict(found)


def _published(tally: Tally) -> Shown:
    """Return the scores of each group that may be shown."""
    answers = {team: max(sum(scores.values()) for scores in items.values()) for team, items in tally.items()}
    shown: dict[int | None, dict[str, Counter[int]]] = {}
    if withholding.is_whole_open(answers):
        shown[None] = {}
        for items in tally.values():
            for item, scores in items.items():
                shown[None].setdefault(item, Counter()).update(scores)
    for team in withholding.open_teams(answers):
        shown[team] = {item: Counter(scores) for item, scores in tally[team].items()}
    return shown


def _group(
    key: int | None, *, name: str, asked: Mapping[str, int], now_: Shown, then: Shown, only: str
) -> types.GroupResult:
    found, before = now_.get(key, {}), then.get(key, {})
    items = [item for item in types.ITEMS if item in found and only in ("", item)]
    return types.GroupResult(
        team_id=key,
        name=name,
        asked=sum(asked.values()) if key is None else asked.get(str(key), 0),
        answers=max(sum(scores.values()) for scores in found.values()) if found else None,
        items=tuple(_item(item, found[item], before.get(item)) for item in items),
    )


def _item(key: str, scores: Counter[int], before: Counter[int] | None) -> types.ItemResult:
    answers = sum(scores.values())
    liked = sum(people for score, people in scores.items() if score >= types.FAVOURABLE)
    interval = wilson(liked, answers)
    return types.ItemResult(
        item=key,
        answers=answers,
        mean=_mean(scores),
        favourable=liked / answers,
        low=interval.low,
        high=interval.high,
        change=round(_mean(scores) - _mean(before), 6) if before else None,
    )


def _mean(scores: Counter[int]) -> float:
    return sum(score * people for score, people in scores.items()) / sum(scores.values())
