"""What is promised: policies and calendars, tried before they hold."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version, only_reads
from wellserved.api.shapes import standards as shapes
from wellserved.api.shapes.wire import Id, Items, items_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.desk import queries as desk
from wellserved.apps.standards import actions, queries
from wellserved.apps.standards.types import PolicyRow, TicketFacts
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs

router = Router(tags=["Policies"])


@router.get("", response=Items[shapes.Policy], summary="List policies")
@needs(READ_STANDARDS)
def list_policies(request: HttpRequest) -> Any:
    """In the order they are tried, retired ones last."""
    return items_of(queries.policies(actor=actor_of(request), now=clock.now()))


@router.post("", response={201: shapes.Policy}, summary="Add a policy")
@needs(EDIT_STANDARDS)
def add_policy(request: HttpRequest, response: HttpResponse, policy: shapes.PolicyGiven) -> Any:
    """It is tried last until it is moved."""
    written = actions.save_policy(actor=actor_of(request), policy_id=None, **_fields(policy), now=clock.now())
    return _show(request, response, written.policy_id)


@router.put("/order", response={204: None}, summary="Order the policies")
@needs(EDIT_STANDARDS)
def order_policies(request: HttpRequest, order: shapes.Order) -> None:
    """The first that matches a ticket holds."""
    actions.reorder_policies(actor=actor_of(request), policy_ids=order.policy_ids, now=clock.now())


@router.post("/preview", response=shapes.Preview, summary="Try targets on the past")
@only_reads
@needs(EDIT_STANDARDS)
def preview_policy(request: HttpRequest, asked: shapes.PreviewAsked) -> Any:
    """The share of what was resolved in the last 90 days that would have met each target."""
    return desk.preview_policy(
        actor=actor_of(request),
        targets=[target.model_dump() for target in asked.targets],
        conditions=asked.conditions.model_dump(mode="json"),
        calendar_spec=asked.calendar_spec,
        now=clock.now(),
    )


@router.post("/try", response=Items[shapes.Trial], summary="See which policy would hold")
@only_reads
@needs(READ_STANDARDS)
def try_policies(request: HttpRequest, facts: shapes.Facts) -> Any:
    """For each policy in order, whether it would hold for such a ticket, and why."""
    given = facts.model_dump(mode="json", exclude={"at"})
    return items_of(
        queries.try_policies(
            actor=actor_of(request),
            facts=TicketFacts(**{**given, "tag": tuple(facts.tag)}),
            at=facts.at or clock.now(),
        )
    )


@router.get("/{int:policy_id}", response=shapes.Policy, summary="Read a policy")
@needs(READ_STANDARDS)
def read_policy(request: HttpRequest, response: HttpResponse, policy_id: Id) -> Any:
    """With the version in force now."""
    return _show(request, response, policy_id)


@router.put("/{int:policy_id}", response=shapes.Policy, summary="Change a policy")
@needs_version
@needs(EDIT_STANDARDS)
def change_policy(request: HttpRequest, response: HttpResponse, policy_id: Id, policy: shapes.PolicyGiven) -> Any:
    """Write its next version; tickets under it keep the version they have."""
    with on_version():
        actions.save_policy(
            actor=actor_of(request),
            policy_id=policy_id,
            **_fields(policy),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return _show(request, response, policy_id)


@router.get("/{int:policy_id}/versions", response=Items[shapes.PolicyVersion], summary="List a policy's versions")
@needs(READ_STANDARDS)
def list_policy_versions(request: HttpRequest, policy_id: Id) -> Any:
    """Newest first; what was promised before stays readable for ever."""
    return items_of(queries.policy_history(actor=actor_of(request), policy_id=policy_id))


@router.post("/{int:policy_id}/retire", response={204: None}, summary="Retire a policy")
@needs_version
@needs(EDIT_STANDARDS)
def retire_policy(request: HttpRequest, policy_id: Id, retirement: shapes.Retirement) -> None:
    """No further ticket comes under it; those under it keep their clocks."""
    with on_version():
        actions.retire_policy(
            actor=actor_of(request),
            policy_id=policy_id,
            reason=retirement.reason,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


def _fields(policy: shapes.PolicyGiven) -> dict[str, Any]:
    given = policy.model_dump(exclude={"conditions", "escalation"})
    conditions = policy.conditions.model_dump(mode="json", exclude_unset=True)
    steps = [step.model_dump(exclude_none=True) for step in policy.escalation]
    return {**given, "conditions": conditions, "escalation": steps}


def _show(request: HttpRequest, response: HttpResponse, policy_id: int) -> PolicyRow:
    for row in queries.policies(actor=actor_of(request), now=clock.now()):
        if row.id == policy_id:
            versions.tag(response, row.version)
            return row
    raise NotFound("There is no such policy.")
