"""Reads of what is promised: versions in force, and which policy holds for a ticket."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards import adapters, models, types
from wellserved.apps.standards.types.wording import say_span
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World, in_world
from wellserved.platform.paging import Keyset
from wellserved.science import calendars as science

_BY_NAME = Keyset("name", "id")
_IN_ORDER = Keyset("position", "id")

# For a field of a condition, what its values are called.
Names = Mapping[str, Mapping[str, str]]


def _in_force(versions: Iterable[models.PolicyVersion], at: dt.datetime) -> models.PolicyVersion | None:
    in_force = [version for version in versions if version.effective_from <= at]
    return max(in_force, key=lambda version: (version.effective_from, version.number), default=None)


def calendars(*, actor: Actor, now: dt.datetime) -> tuple[types.CalendarRow, ...]:
    """Return the world's calendars by name, each with the version in force. Three queries."""
    return _calendar_rows(actor, list(in_world(models.Calendar.objects.order_by("name"), actor.world)), now)


def calendar_page(
    *, actor: Actor, cursor: str | None, limit: int = 50, now: dt.datetime
) -> tuple[tuple[types.CalendarRow, ...], str | None]:
    """Return one page of calendars by name, and the cursor of the next. Three queries."""
    page = _BY_NAME.page(in_world(models.Calendar.objects.all(), actor.world), cursor=cursor, limit=limit)
    return _calendar_rows(actor, page.rows, now), page.next_cursor


def _calendar_rows(actor: Actor, found: Sequence[models.Calendar], now: dt.datetime) -> tuple[types.CalendarRow, ...]:
    versions: dict[int, list[models.CalendarVersion]] = {}
    rows = models.CalendarVersion.objects.filter(calendar__in=[row.pk for row in found])
    for version in rows.select_related("calendar", "created_by").order_by("effective_from", "number"):
        versions.setdefault(version.calendar_id, []).append(version)
    used = _calendars_in_use(actor.world)
    return tuple(
        types.CalendarRow(
            id=row.pk,
            name=row.name,
            version=row.version,
            current=adapters.calendar_version(_newest(versions[row.pk], now)),
            policies=sum(bool(ids & {version.pk for version in versions[row.pk]}) for ids in used),
        )
        for row in found
    )


def _newest(versions: list[models.CalendarVersion], now: dt.datetime) -> models.CalendarVersion:
    in_force = [version for version in versions if version.effective_from <= now]
    return in_force[-1] if in_force else versions[0]


def _calendars_in_use(world: World) -> list[set[int]]:
    latest: dict[int, set[int]] = {}
    rows = in_world(models.PolicyVersion.objects.filter(policy__is_active=True), world, field="policy__origin")
    for policy_id, targets in rows.order_by("effective_from", "number").values_list("policy_id", "targets"):
        latest[policy_id] = {target["calendar"] for target in targets}
    return list(latest.values())


def calendar_history(*, actor: Actor, calendar_id: int) -> tuple[types.CalendarVersion, ...]:
    """Return every version of a calendar, newest first. One query."""
    rows = in_world(models.CalendarVersion.objects.filter(calendar=calendar_id), actor.world, field="calendar__origin")
    found = tuple(
        adapters.calendar_version(row) for row in rows.select_related("calendar", "created_by").order_by("-number")
    )
    if not found:
        raise NotFound("There is no such calendar.")
    return found


def calendar_version(version_id: int) -> types.CalendarVersion:
    """Return one version of a calendar; a version never changes. One query."""
    row = models.CalendarVersion.objects.select_related("calendar", "created_by").filter(pk=version_id).first()
    if row is None:
        raise NotFound("There is no such version of a calendar.")
    return adapters.calendar_version(row)


def opens_at(key: str, *, at: dt.datetime) -> dt.datetime | None:
    """Return the first open instant from `at` on of the calendar version with this key, None if it never opens."""
    try:
        return calendar_version(int(key.removeprefix("calendar:"))).working.next_opening(at)
    except science.CalendarError:
        return None


def calendar_versions(version_ids: Iterable[int]) -> dict[int, types.CalendarVersion]:
    """Return these versions by id. One query."""
    rows = models.CalendarVersion.objects.select_related("calendar", "created_by").filter(pk__in=set(version_ids))
    return {row.pk: adapters.calendar_version(row) for row in rows}


def policies(*, actor: Actor, now: dt.datetime) -> tuple[types.PolicyRow, ...]:
    """Return the world's policies in the order they are tried, retired ones last. Three queries."""
    return _policy_rows(in_world(models.Policy.objects.order_by("-is_active", "position", "pk"), actor.world), now)


def policy(*, actor: Actor, policy_id: int, now: dt.datetime) -> types.PolicyRow:
    """Return one policy, or say there is none. Three queries."""
    for row in _policy_rows(in_world(models.Policy.objects.filter(pk=policy_id), actor.world), now):
        return row
    raise NotFound("There is no such standard.")


def policy_page(
    *, actor: Actor, is_active: bool = True, cursor: str | None, limit: int = 50, now: dt.datetime
) -> types.PolicyPage:
    """Return one page of the policies in force in the order they are tried, or of the retired ones. Four queries."""
    rows = in_world(models.Policy.objects.filter(is_active=is_active), actor.world)
    page = _IN_ORDER.page(rows, cursor=cursor, limit=limit)
    before = Q()
    if page.rows:
        first = page.rows[0]
        before = Q(position__lt=first.position) | Q(position=first.position, pk__lt=first.pk)
    return types.PolicyPage(
        rows=_policy_rows(page.rows, now),
        next_cursor=page.next_cursor,
        before=rows.filter(before).count() if cursor and page.rows else 0,
    )


def policy_order(*, actor: Actor) -> tuple[int, ...]:
    """Return the policies in force in the order they are tried. One query."""
    rows = in_world(models.Policy.objects.filter(is_active=True), actor.world)
    return tuple(rows.order_by("position", "pk").values_list("pk", flat=True))


def _policy_rows(rows: Iterable[models.Policy], now: dt.datetime) -> tuple[types.PolicyRow, ...]:
    found = list(rows)
    versions: dict[int, list[models.PolicyVersion]] = {}
    written = models.PolicyVersion.objects.filter(policy__in=[row.pk for row in found]).select_related("created_by")
    for version in written.order_by("number"):
        versions.setdefault(version.policy_id, []).append(version)
    current = {row.pk: _in_force(versions[row.pk], now) or versions[row.pk][0] for row in found}
    named = calendar_versions(t["calendar"] for version in current.values() for t in version.targets)
    return tuple(_policy_row(row, current[row.pk], named) for row in found)


def _policy_row(
    row: models.Policy, current: models.PolicyVersion, calendars: Mapping[int, types.CalendarVersion]
) -> types.PolicyRow:
    return types.PolicyRow(
        id=row.pk,
        name=row.name,
        agreement=row.agreement,
        position=row.position,
        is_active=row.is_active,
        version=row.version,
        current=adapters.policy_version(current),
        sentence="; ".join(target_sentence(target, calendars) for target in current.targets),
    )


def target_sentence(target: Mapping[str, Any], calendars: Mapping[int, types.CalendarVersion]) -> str:
    """Return a target in words, saying which time it counts."""
    length = say_span(target["seconds"])
    who = f" at priority {target['priority']}" if target["priority"] else ""
    return f"{types.METRIC_LABELS[target['metric']]}{who} within {length} of {calendars[target['calendar']].name}"


def policy_history(*, actor: Actor, policy_id: int) -> tuple[types.PolicyVersion, ...]:
    """Return every version of a policy, newest first. One query."""
    rows = in_world(models.PolicyVersion.objects.filter(policy=policy_id), actor.world, field="policy__origin")
    found = tuple(adapters.policy_version(row) for row in rows.select_related("created_by").order_by("-number"))
    if not found:
        raise NotFound("There is no such policy.")
    return found


def keys_of_policy(*, actor: Actor, policy_id: int) -> frozenset[str]:
    """Return what the clocks call every version of a policy, at every priority. One query."""
    rows = in_world(models.PolicyVersion.objects.filter(policy=policy_id), actor.world, field="policy__origin")
    return frozenset(
        f"policy:{pk}/{priority}{end}"
        for pk in rows.values_list("pk", flat=True)
        for priority in range(1, 5)
        for end in ("", f"/{types.OUTCOME}")
    )


def policy_versions(version_ids: Iterable[int]) -> dict[int, types.PolicyVersion]:
    """Return these versions by id. One query."""
    rows = models.PolicyVersion.objects.select_related("created_by").filter(pk__in=set(version_ids))
    return {row.pk: adapters.policy_version(row) for row in rows}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PolicyBook:
    """The active policies of one world with all their versions, in the order they are tried."""

    policies: tuple[tuple[models.Policy, tuple[models.PolicyVersion, ...]], ...]

    def try_all(
        self, *, facts: types.TicketFacts, at: dt.datetime, names: Names | None = None
    ) -> tuple[types.Trial, ...]:
        """Return how each policy fares: the first that matches is chosen."""
        trials: list[types.Trial] = []
        chosen = False
        for policy, versions in self.policies:
            version = _in_force(versions, at)
            matched, why = (
                (False, ("No version was in force then.",)) if version is None else judge(version, facts, names)
            )
            trials.append(
                types.Trial(
                    policy_id=policy.pk, name=policy.name, matched=matched, chosen=matched and not chosen, why=why
                )
            )
            chosen = chosen or matched
        return tuple(trials)

    def match(self, *, facts: types.TicketFacts, at: dt.datetime) -> types.Match | None:
        """Return the first policy that matches with its version in force at `at`, or None."""
        for policy, versions in self.policies:
            version = _in_force(versions, at)
            if version is None:
                continue
            matched, why = judge(version, facts)
            if matched:
                return types.Match(policy_version_key=f"policy:{version.pk}", name=policy.name, why=why)
        return None


def judge(
    version: models.PolicyVersion, facts: types.TicketFacts, names: Names | None = None
) -> tuple[bool, tuple[str, ...]]:
    """Return whether the conditions hold for these facts, and a sentence for each condition."""
    if not version.conditions:
        return True, ("It has no conditions, so it holds for every ticket.",)
    verdicts = [
        _judge_field(field, wanted, getattr(facts, field), (names or {}).get(field, {}))
        for field, wanted in version.conditions.items()
    ]
    return all(held for held, _ in verdicts), tuple(sentence for _, sentence in verdicts)


def _judge_field(field: str, wanted: list[Any], actual: Any, names: Mapping[str, str]) -> tuple[bool, str]:
    held = bool(set(wanted) & set(actual)) if isinstance(actual, tuple) else actual in wanted
    values = actual if isinstance(actual, tuple) else (actual,)
    shown = ", ".join(_named(value, names) for value in values if value is not None) or "none"
    asked = " or ".join(_named(value, names) for value in wanted)
    verb = "is" if held else "is not"
    return held, f"The {types.CONDITION_FIELDS[field]} ({shown}) {verb} {asked}."


def _named(value: Any, names: Mapping[str, str]) -> str:
    return names.get(str(value), str(value))


def policy_book(*, world: World) -> PolicyBook:
    """Return the world's active policies to match many tickets against. Two queries."""
    rows = models.Policy.objects.filter(is_active=True).order_by("position", "pk").prefetch_related("versions")
    return PolicyBook(policies=tuple((row, tuple(row.versions.all())) for row in in_world(rows, world)))


def match_policy(*, facts: types.TicketFacts, world: World, at: dt.datetime) -> types.Match | None:
    """Return the policy version that holds for a ticket at `at`; first match wins. Two queries."""
    return policy_book(world=world).match(facts=facts, at=at)


def try_policies(
    *, actor: Actor, facts: types.TicketFacts, at: dt.datetime, names: Names | None = None
) -> tuple[types.Trial, ...]:
    """Return, for every policy in order, whether it would hold and why. Two queries.

    `names` says for a field what its values are called; what it does not name is shown as it is.
    """
    return policy_book(world=actor.world).try_all(facts=facts, at=at, names=names)


def replay_inputs(
    keys: Iterable[str],
) -> tuple[dict[str, science.Policy], dict[str, science.WorkingCalendar], dict[str, tuple[types.Step, ...]]]:
    """Return what a replay needs for these policy keys: policies, calendars, ladders. Two queries, none without keys.

    A key is `policy:<version id>/<priority>`: of a policy's targets those for that priority hold, before those for all.
    With `/outcome` behind it only targets that need no word of a reply hold: what a log without replies can tell.
    """
    wanted = {key: _read_key(key) for key in set(keys)}
    if not wanted:
        return {}, {}, {}
    versions = models.PolicyVersion.objects.in_bulk({version for version, _, _ in wanted.values()})
    if missing := sorted(key for key, (version, _, _) in wanted.items() if version not in versions):
        raise NotFound(f"There is no policy version {', '.join(missing)}.")
    calendar_ids = {target["calendar"] for version in versions.values() for target in version.targets}
    specs = models.CalendarVersion.objects.filter(pk__in=calendar_ids).values_list("pk", "spec")
    working = {f"calendar:{pk}": adapters.compiled_calendar(spec) for pk, spec in specs}
    policies_by_key = {
        key: adapters.replay_policy(key, _holding(versions[version].targets, outcome_only=outcome_only), priority)
        for key, (version, priority, outcome_only) in wanted.items()
    }
    ladders = {key: adapters.ladder(versions[version].escalation) for key, (version, _, _) in wanted.items()}
    return policies_by_key, working, ladders


def _holding(targets: list[dict[str, Any]], *, outcome_only: bool) -> list[dict[str, Any]]:
    return [target for target in targets if not outcome_only or target["metric"] not in types.REPLY_METRICS]


def _read_key(key: str) -> tuple[int, int, bool]:
    version, _, rest = key.removeprefix("policy:").partition("/")
    priority, _, scope = rest.partition("/")
    return int(version), int(priority or 0), scope == types.OUTCOME


def key_for(match: types.Match, *, priority: int, outcome_only: bool = False) -> str:
    """Return the key a ticket of this priority is put under; `outcome_only` where nothing is known of replies."""
    return f"{match.policy_version_key}/{priority}" + (f"/{types.OUTCOME}" if outcome_only else "")


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of these policy and calendar versions by key. Two queries."""
    wanted = set(keys)
    policy_ids = {_read_key(key)[0] for key in wanted if key.startswith("policy:")}
    calendar_ids = {int(key.removeprefix("calendar:")) for key in wanted if key.startswith("calendar:")}
    policy_names = dict(models.PolicyVersion.objects.filter(pk__in=policy_ids).values_list("pk", "policy__name"))
    calendar_names = dict(
        models.CalendarVersion.objects.filter(pk__in=calendar_ids).values_list("pk", "calendar__name")
    )
    return {
        key: policy_names[_read_key(key)[0]]
        if key.startswith("policy:")
        else calendar_names[int(key.removeprefix("calendar:"))]
        for key in wanted
    }


def aims(book: PolicyBook, *, at: dt.datetime) -> dict[str, float]:
    """Return the share aimed at for each metric by the policies in force, the strictest of several."""
    found: dict[str, float] = {}
    for _, versions in book.policies:
        version = _in_force(versions, at)
        for target in version.targets if version else ():
            if target.get("aim"):
                found[target["metric"]] = max(target["aim"], found.get(target["metric"], 0.0))
    return found


def trial_policies(
    *, actor: Actor, targets: Sequence[Mapping[str, Any]], calendar_spec: Mapping[str, Any] | None = None
) -> adapters.TrialPolicies:
    """Return targets not yet saved as policies to replay the past under, in calendars of her world. One query."""
    if calendar_spec is not None:
        only = adapters.read_calendar(dict(calendar_spec))
        return adapters.trial_policies(targets, {}, only)
    wanted = {target["calendar"] for target in targets}
    rows = models.CalendarVersion.objects.filter(pk__in=wanted)
    specs = in_world(rows, actor.world, field="calendar__origin").values_list("pk", "spec")
    working = {pk: adapters.compiled_calendar(spec) for pk, spec in specs}
    if missing := wanted - set(working):
        raise NotFound("There is no such calendar.", code="calendar_not_found", missing=sorted(missing))
    return adapters.trial_policies(targets, working, None)
