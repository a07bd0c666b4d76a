"""The kinds of record briefings are about, as the apps below know them."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping

from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.queries import knowledge
from wellserved.apps.desk.queries.knowledge import versions as guideline_versions
from wellserved.apps.development.queries.subjects import Lines, Ref, Source, Telling, register
from wellserved.apps.development.types.briefings import Audience, Item
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.queries import commitments, expectations, offer, plans, targets, versions, vision
from wellserved.apps.standards.types.offer import LINE_KINDS
from wellserved.apps.thread import queries as thread
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import World
from wellserved.platform.ui.formatting import format_day

STANDARD, EXPECTATION = "standards.standard", "standards.expectation"
_DESK_ROLES = (Role.AGENT.value, Role.TEAM_LEADER.value)
_MOST_EXTRACTS = 5


def register_all() -> None:
    """Make the kinds known; called once when Django starts."""
    for kind, part, noun, telling in (
        ("standards.standard", "standards", "standard", tell_standard),
        ("standards.service", "standards", "offer", tell_service),
        ("standards.vision", "vision", "vision", tell_vision),
        ("standards.objective", "objectives", "objective", tell_objective),
        ("standards.plan", "plan", "plan", tell_plan),
    ):
        register(
            Source(kind=kind, part=part, noun=noun, numbers=_numbers_of(kind), world=_world_of(kind), telling=telling)
        )
    register(
        Source(
            kind="desk.guideline",
            part="procedures",
            noun="guideline",
            numbers=lambda ids: guideline_versions.numbers(ids=ids),
            world=lambda pk: guideline_versions.world(guideline_id=pk),
            telling=tell_guideline,
        )
    )


def _numbers_of(kind: str) -> Callable[[Collection[int]], Mapping[int, int]]:
    return lambda ids: versions.numbers(kind=kind, ids=ids)


def _world_of(kind: str) -> Callable[[int], World | None]:
    return lambda pk: versions.world(kind=kind, record_id=pk)


def tell_standard(actor: Actor, pk: int, now: dt.datetime) -> Telling:
    """A standard concerns those whose queues it covers; without a queue, everybody who answers tickets."""
    found = commitments.standard(actor=actor, standard_id=pk, now=now)
    newest = found.versions[0]
    promise = Item(
        title="What we promise now",
        body=_lines([newest.answers.promise, found.row.sentence]),
        about=(STANDARD, pk),
    )
    wanted = _expectations(actor, (STANDARD, pk), now)
    stated = (
        [Item(title="What customers expect", body=newest.answers.expectation)] if newest.answers.expectation else []
    )
    return Telling(
        title=found.row.name,
        number=newest.number,
        changes=newest.changes,
        reason=newest.reason,
        extracts=(promise, *(wanted or stated), *_targets(actor, newest.answers.measure, now)),
        audience=Audience(
            roles=_DESK_ROLES, queues=_queues(actor, found.row.policy_id, newest.answers.conditions, now)
        ),
        expectations=tuple(item.about for item in wanted if item.about),
    )


def _queues(
    actor: Actor, policy_id: int | None, given: Mapping[str, Iterable[int]], now: dt.datetime
) -> tuple[int, ...]:
    """Return the queues a standard covers: those it names, else those of the policy that carries it."""
    if named := tuple(int(pk) for pk in given.get("queue", ())):
        return named
    rows = standards.policies(actor=actor, now=now) if policy_id else ()
    policy = next((row for row in rows if row.id == policy_id), None)
    return tuple(int(pk) for pk in policy.current.conditions.get("queue", ())) if policy else ()


def _targets(actor: Actor, measure: str, now: dt.datetime) -> tuple[Item, ...]:
    """Return what plans want of this measure, persons' targets apart."""
    rows = [row for row in targets.mine(actor=actor) if row.measure == measure and row.due_on >= clock.day_of(now)]
    said = [f"- {row.who}: {row.statement} {row.shown}, by {format_day(row.due_on)}" for row in rows]
    if not said:
        return ()
    return (Item(title="Targets", body="\n".join(said[:_MOST_EXTRACTS]), about=("standards.plan", rows[0].plan_id)),)


def _expectations(actor: Actor, subject: Ref, now: dt.datetime) -> tuple[Item, ...]:
    """Return the expectations linked to a record, as extracts."""
    linked = thread.linked(actor=actor, refs=[subject], step="expectation")
    found = [expectations.expectation(actor=actor, expectation_id=each.id, now=now) for each in linked[:_MOST_EXTRACTS]]
    return tuple(
        Item(
            title="What customers expect",
            body=_lines([f"{row.title} ({row.segment}, importance {row.importance} of 5)", row.detail]),
            about=(EXPECTATION, row.id),
        )
        for row in found
    )


def tell_service(actor: Actor, pk: int, _now: dt.datetime) -> Telling:
    """A change of the offer concerns the roles it says are told."""
    found = offer.service(actor=actor, service_id=pk)
    newest = found.versions[0]
    says = [f"- {LINE_KINDS[line.kind]}: {line.text}" for line in found.offer.lines]
    extract = Item(
        title="What we offer now",
        body=_lines([found.offer.summary, "", f"Open: {found.calendar}" if found.calendar else "", "", *says]),
        about=("standards.service", pk),
    )
    return Telling(
        title=found.row.name,
        number=newest.number,
        changes=newest.changes,
        reason=newest.reason,
        extracts=(extract,),
        audience=Audience(roles=found.offer.roles or _DESK_ROLES),
        expectations=tuple((EXPECTATION, each) for each in sorted(found.cited)),
    )


def tell_vision(actor: Actor, pk: int, _now: dt.datetime) -> Telling:
    """The vision concerns everybody."""
    found = vision.vision(actor=actor)
    if found is None or found.id != pk:
        raise NotFound("There is no vision yet.", code="vision_not_found")
    newest, before = found.current, found.earlier[0] if found.earlier else None
    values = _lines([f"- {name}: {meaning}" for name, meaning in newest.values])
    old = _lines([f"- {name}: {meaning}" for name, meaning in before.values]) if before else ""
    pairs = (
        ("Vision", before.text if before else "", newest.text),
        ("Values", old, values),
        ("Comes first", before.priorities if before else "", newest.priorities),
    )
    return Telling(
        title="Our vision",
        number=newest.number,
        changes=_changed(pairs) if before else (),
        reason=newest.reason,
        extracts=(
            Item(title="What we want to be", body=_lines([newest.text, "", values]), about=("standards.vision", pk)),
        ),
        audience=Audience(everyone=True),
    )


def tell_objective(actor: Actor, pk: int, now: dt.datetime) -> Telling:
    """An objective concerns everybody."""
    row = vision.objective(actor=actor, objective_id=pk, now=now)
    body = _lines([row.why, f"Measured by: {row.measured_by}", f"By: {format_day(row.due_on)}" if row.due_on else ""])
    return Telling(
        title=row.name,
        number=row.version,
        changes=(),
        reason="",
        extracts=(Item(title="What we are to reach", body=body, about=("standards.objective", pk)),),
        audience=Audience(everyone=True),
    )


def tell_plan(actor: Actor, pk: int, now: dt.datetime) -> Telling:
    """A plan concerns whoever has something to do or to look at in it, its owner, and the teams its targets name."""
    found = plans.plan(actor=actor, plan_id=pk, now=now)
    if not found.versions:
        raise NotFound("This plan has not been agreed yet.", code="plan_without_version")
    newest = found.versions[0]
    content = newest.content
    aims = Item(
        title="What is different once it has worked", body=_bullets(content.objectives), about=("standards.plan", pk)
    )
    names = plans.people_of(content)
    deeds = [f"{each.what} ({names.get(each.owner_id, '')}, by {format_day(each.due_on)})" for each in content.actions]
    wanted = [
        f"{each['who']}: {each['statement']} {each['shown']}" for each in newest.targets if each["level"] != "person"
    ]
    people = {found.row.owner_id, *(a.owner_id for a in content.actions), *(m.reviewer_id for m in content.monitoring)}
    people |= {each["user"] for each in newest.targets}
    return Telling(
        title=found.row.name,
        number=newest.number,
        changes=newest.changes,
        reason=newest.reason,
        extracts=(
            aims,
            *(
                Item(title=title, body=_bullets(lines))
                for title, lines in (("Who does what", deeds), ("Targets", wanted))
                if lines
            ),
        ),
        audience=Audience(
            roles=_DESK_ROLES,
            teams=tuple(sorted({each["team"] for each in newest.targets if each["team"]})),
            people=tuple(sorted(each for each in people if each)),
        ),
    )


def tell_guideline(actor: Actor, pk: int, now: dt.datetime) -> Telling:
    """A guideline concerns those who must have read it; without such, the teams of the queues it holds for."""
    found = knowledge.guideline(actor=actor, guideline_id=pk, now=now)
    number = found.row.number
    told = knowledge.guideline(actor=actor, guideline_id=pk, now=now, compare=number).changes
    content = found.content
    steps = _bullets(title for title, _ in content.steps)
    named = bool(content.roles or content.teams)
    return Telling(
        title=found.row.title,
        number=number,
        changes=tuple((line.label, line.before or "", line.after or "") for line in told) if number > 1 else (),
        reason=found.versions[0].reason if found.versions else "",
        extracts=(Item(title="What to do", body=_lines([content.body, "", steps]), about=("desk.guideline", pk)),),
        audience=Audience(roles=content.roles, teams=content.teams)
        if named
        else Audience(roles=_DESK_ROLES, queues=content.queues),
    )


def _changed(pairs: Iterable[tuple[str, str, str]]) -> Lines:
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()
