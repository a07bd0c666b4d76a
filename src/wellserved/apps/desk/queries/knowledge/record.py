"""One guideline: its versions, its draft, and what stands between the draft and being in force."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import TextChoices

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person, Role
from wellserved.apps.desk.models import Attestation, Guideline, GuidelineUse, Product, Queue
from wellserved.apps.desk.queries.knowledge import register, scope
from wellserved.apps.desk.types import Choice, Kind
from wellserved.apps.desk.types.knowledge import Content, Difference, GuidelineDetail, VersionRow
from wellserved.apps.ledger.queries import approvals
from wellserved.apps.ledger.types import ApprovalRow
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day

_LABELS = {
    "title": "Title",
    "body": "What to do",
    "steps": "Steps",
    "reply": "Text for the reply",
    "kinds": "Types of ticket",
    "queues": "Queues",
    "products": "Products",
    "tags": "Tags",
    "owner_id": "Owner",
    "review_on": "Review",
    "roles": "Roles that read it",
    "teams": "Teams that read it",
}
_CHOICES: dict[str, type[TextChoices]] = {"kinds": Kind, "roles": Role}
SCOPE = ("kinds", "queues", "products", "tags", "roles", "teams")


def guideline(*, actor: Actor, guideline_id: int, now: dt.datetime, compare: int | None = None) -> GuidelineDetail:
    """Return one guideline; `compare` names the version to set against the one before it. Constant queries."""
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    versions = tuple(
        VersionRow(
            number=version.number,
            content=Content.from_data(version.content),
            in_force_from=version.in_force_from,
            approved_by=version.approved_by.name if version.approved_by else "",
            written_by=version.created_by.name if version.created_by else "",
            reason=version.reason,
        )
        for version in row.versions.select_related("approved_by", "created_by").order_by("-number")
    )
    draft = Content.from_data(row.draft) if row.draft is not None and scope.sees_drafts(actor) else None
    content = versions[0].content if versions else draft or Content()
    named = _names(actor, [content, *([draft] if draft else []), *(version.content for version in versions)])
    request = _request(actor, row, now) if draft else None
    uses = GuidelineUse.objects.filter(version__guideline=row)
    leads = actor.can(accounts_policies.EDIT_KNOWLEDGE)
    return GuidelineDetail(
        row=register.as_rows([row], actor=actor, on=now.date())[0],
        version=row.version,
        content=content,
        draft=draft,
        scope=tuple((_LABELS[name], said) for name in SCOPE if (said := _say(content, name, named))),
        versions=versions,
        changes=_changes(versions, draft, compare=compare, named=named),
        approval=_standing(row, request),
        approval_id=request.id if request else None,
        approver=row.asked_of.name if row.asked_of else "",
        may_decide=request is not None and request.may_decide,
        read_by=_read_by(row, actor) if leads else (),
        used=uses.filter(used=True).count(),
        sent=uses.count(),
        may_edit=leads,
    )


def approvers(*, actor: Actor, guideline_id: int) -> tuple[Choice, ...]:
    """Return who may approve the draft: whoever decides, has not written on it and does not ask. Three queries."""
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    return tuple(
        Choice(id=person.id, name=f"{person.name}, {person.role_name.lower()}")
        for person in deciders(actor=actor)
        if person.id != actor.user_id and person.id not in row.writers
    )


def deciders(*, actor: Actor) -> tuple[Person, ...]:
    """Return everybody of the world who may decide, whichever teams the actor sees. Two queries."""
    found = accounts.staff(actor=accounts.system_actor(world=actor.world))
    able = accounts_policies.CAPABILITIES
    return tuple(person for person in found if accounts_policies.DECIDE in able[person.role])


def differences(before: Content | None, after: Content, *, named: Mapping[str, Mapping[int, str]]) -> list[Difference]:
    """Return the fields that differ in the words of the screens; before the first version all that is filled in."""
    old = before or Content()
    pairs = [(name, _say(old, name, named), _say(after, name, named)) for name in _LABELS]
    return [
        Difference(label=_LABELS[name], before=one or None, after=two or None) for name, one, two in pairs if one != two
    ]


def changes_of_draft(*, actor: Actor, row: Guideline) -> list[Difference]:
    """Return what a draft changes against the version in force; for this app alone."""
    before = Content.from_data(row.current.content) if row.current else None
    after = Content.from_data(row.draft or {})
    return differences(before, after, named=_names(actor, [after, *([before] if before else [])]))


def version_content(*, actor: Actor, guideline_id: int, number: int) -> Content:
    """Return what one version says. Two queries."""
    row = scope.visible_guideline(actor=actor, guideline_id=guideline_id)
    found = row.versions.filter(number=number).first()
    if found is None:
        raise NotFound("There is no such version.", code="version_not_found")
    return Content.from_data(found.content)


def _changes(
    versions: tuple[VersionRow, ...],
    draft: Content | None,
    *,
    compare: int | None,
    named: Mapping[str, Mapping[int, str]],
) -> tuple[Difference, ...]:
    by_number = {version.number: version.content for version in versions}
    if compare is not None:
        if compare not in by_number:
            raise NotFound("There is no such version.", code="version_not_found")
        return tuple(differences(by_number.get(compare - 1), by_number[compare], named=named))
    return tuple(differences(versions[0].content if versions else None, draft, named=named)) if draft else ()


def _request(actor: Actor, row: Guideline, now: dt.datetime) -> ApprovalRow | None:
    if row.approval_id is None:
        return None
    try:
        return approvals.approval(actor=actor, approval_id=row.approval_id, now=now)
    except NotFound:
        return None


def _standing(row: Guideline, request: ApprovalRow | None) -> str:
    if row.draft is None or row.approval_id is None:
        return ""
    if (request is None or request.state in {"open", "approved"}) and row.asked_digest != scope.digest_of(row):
        return "lost"
    if request is None:
        return "asked"
    return request.state if request.state in {"open", "approved", "refused"} else "over"


def _read_by(row: Guideline, actor: Actor) -> tuple[tuple[str, dt.datetime], ...]:
    known = {person.id: person.name for person in accounts.staff(actor=actor)}
    found = Attestation.objects.filter(version=row.current_id).order_by("at", "pk") if row.current_id else ()
    return tuple((known[read.user_id], read.at) for read in found if read.user_id in known)


def _names(actor: Actor, contents: list[Content]) -> dict[str, Mapping[int, str]]:
    queues = {pk for content in contents for pk in content.queues}
    products = {pk for content in contents for pk in content.products}
    return {
        "queues": dict(in_world(Queue.objects.filter(pk__in=queues), actor.world).values_list("pk", "name")),
        "products": dict(in_world(Product.objects.filter(pk__in=products), actor.world).values_list("pk", "name")),
        "teams": accounts.team_names(team_ids={pk for content in contents for pk in content.teams}),
        "people": accounts.names(user_ids={content.owner_id for content in contents if content.owner_id}),
    }


def _say(content: Content, name: str, named: Mapping[str, Mapping[int, str]]) -> str:
    value = getattr(content, name)
    if name in _CHOICES:
        return ", ".join(str(_CHOICES[name](key).label) for key in value)
    if name in {"queues", "products", "teams"}:
        return ", ".join(sorted(named[name].get(pk, f"no. {pk}") for pk in value))
    if name == "steps":
        return "\n".join(f"{i}. {step}" for i, step in enumerate(map(_say_step, value), start=1))
    if name == "owner_id":
        return named["people"].get(value, "")
    if name == "review_on":
        return format_day(dt.date.fromisoformat(value)) if value else ""
    return ", ".join(value) if name == "tags" else str(value)


def _say_step(step: tuple[str, str]) -> str:
    return ": ".join(filter(None, step))
