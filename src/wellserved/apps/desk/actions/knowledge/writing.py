"""Write a guideline: a draft beside what is in force, which nobody but writers and deciders sees."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor
from wellserved.apps.desk.actions.knowledge import keeping
from wellserved.apps.desk.models import Guideline, Product, Queue
from wellserved.apps.desk.policies import knowledge as policies
from wellserved.apps.desk.queries.knowledge import scope
from wellserved.apps.desk.types import Kind
from wellserved.apps.desk.types.knowledge import MOST_STEPS, Content, GuidelineKind, GuidelineState
from wellserved.apps.ledger import actions as ledger
from wellserved.platform.errors import Conflict, Invalid
from wellserved.platform.origin import in_world, live_origin

LONGEST_BODY, LONGEST_REPLY = 20_000, 5_000


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    guideline_id: int | None,
    content: Content,
    reason: str = "",
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep a draft of a new guideline or of the next version of one, and return the guideline's id.

    What was approved of an earlier draft holds no longer.
    """
    row = keeping.locked(actor=actor, guideline_id=guideline_id, version=version) if guideline_id else None
    if row and row.state == GuidelineState.RETIRED:
        raise Conflict("A retired guideline is not changed. Write a new one.", code="guideline_retired")
    policies.require_edit(actor)
    content = _checked(actor, content, previous=row)
    if len(reason) > 300:
        raise Invalid("Say in at most 300 letters why it changes.", code="guideline_reason", field="reason")
    if row is None:
        row = Guideline(created_at=now, origin=live_origin(actor.world), version=0)
    before = row.draft
    row.draft, row.draft_reason = content.as_data(), reason.strip()
    if actor.user_id is not None and actor.user_id not in row.writers:
        row.writers = [*row.writers, actor.user_id]
    if row.current_id is None:
        keeping.show(row, content)
    row.version += 1
    row.save()
    ledger.record(
        actor=actor,
        action="desk.save_guideline",
        subject=(scope.KIND, row.pk),
        now=now,
        changes={"title": ((before or {}).get("title"), content.title)},
        reason=row.draft_reason,
    )
    return row.pk


@transaction.atomic
def drop_draft(*, actor: Actor, guideline_id: int, version: int | None = None, now: dt.datetime) -> None:
    """Throw the draft of the next version away; what is in force stays."""
    row = keeping.locked(actor=actor, guideline_id=guideline_id, version=version)
    if row.draft is None or row.current_id is None:
        raise Conflict("There is no draft beside a version in force to throw away.", code="no_draft")
    policies.require_edit(actor)
    title = row.draft["title"]
    row.version += 1
    row.save(update_fields=[*keeping.end_draft(row), "version"])
    ledger.record(
        actor=actor,
        action="desk.drop_guideline_draft",
        subject=(scope.KIND, row.pk),
        now=now,
        changes={"title": (title, None)},
    )


def _checked(actor: Actor, content: Content, *, previous: Guideline | None) -> Content:
    """Return the content tidied up, or say what keeps it from being one."""
    if content.kind not in GuidelineKind.values:
        raise Invalid("It is a guideline or a procedure.", code="guideline_kind", field="kind")
    if previous and previous.current_id and previous.kind != content.kind:
        raise Invalid("What is in force keeps its kind. Write a new one beside it.", code="kind_fixed", field="kind")
    title = " ".join(content.title.split())
    if not 1 <= len(title) <= 160:
        raise Invalid("Give it a title of 1 to 160 letters.", code="guideline_title", field="title")
    body, reply = content.body.strip(), content.reply.strip()
    if not body or len(body) > LONGEST_BODY:
        raise Invalid(f"Say in 1 to {LONGEST_BODY:,} letters what to do.", code="guideline_body", field="body")
    if len(reply) > LONGEST_REPLY:
        raise Invalid(f"A text for the reply has at most {LONGEST_REPLY:,} letters.", code="long_reply", field="reply")
    if content.review_on:
        _check_day(content.review_on)
    _check_scope(actor, content)
    return dataclasses.replace(content, title=title, body=body, reply=reply, steps=_steps(content))


def _steps(content: Content) -> tuple[tuple[str, str], ...]:
    steps = tuple((" ".join(title.split()), detail.strip()) for title, detail in content.steps)
    if content.kind == GuidelineKind.GUIDELINE:
        return ()
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid(f"A procedure has 1 to {MOST_STEPS} steps, one on each line.", code="steps", field="steps")
    if any(not 1 <= len(title) <= 160 or len(detail) > 1000 for title, detail in steps):
        raise Invalid(
            "A step has a title of up to 160 letters, and after a colon up to 1,000 more.", code="steps", field="steps"
        )
    return steps


def _check_day(day: str) -> None:
    try:
        dt.date.fromisoformat(day)
    except ValueError as error:
        raise Invalid("A review day reads 2026-03-31.", code="review_on", field="review_on") from error


def _check_scope(actor: Actor, content: Content) -> None:
    if set(content.kinds) - set(Kind.values):
        raise Invalid("Choose types of ticket from the list.", code="guideline_scope", field="kinds")
    if set(content.roles) - set(STAFF_ROLES):
        raise Invalid("Choose roles of staff from the list.", code="concern", field="roles")
    _check_known(Queue, actor, content.queues, field="queues")
    _check_known(Product, actor, content.products, field="products")
    everybody = accounts.system_actor(world=actor.world)
    if set(content.teams) - accounts.visible_team_ids(actor=everybody, team_ids=content.teams):
        raise Invalid("Choose teams from the list.", code="concern", field="teams")
    if content.owner_id and not accounts.visible_staff_ids(actor=everybody, user_ids=[content.owner_id]):
        raise Invalid("Choose a colleague as the owner.", code="owner", field="owner_id")
    if any(not 1 <= len(tag) <= 60 for tag in content.tags) or len(content.tags) > 20:
        raise Invalid("Name at most 20 tags of up to 60 letters.", code="guideline_scope", field="tags")


def _check_known(model: Any, actor: Actor, ids: Collection[int], *, field: str) -> None:
    known = in_world(model._default_manager.filter(pk__in=ids), actor.world).count() if ids else 0
    if known != len(set(ids)):
        raise Invalid(f"Choose {field} from the list.", code="guideline_scope", field=field)
