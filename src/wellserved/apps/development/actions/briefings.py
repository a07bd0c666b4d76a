"""Write a briefing, publish it to those it concerns, take it back."""

import datetime as dt

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk.queries.names import queue_teams
from wellserved.apps.development.actions import keeping, telling
from wellserved.apps.development.events.briefings import BriefingPublished, BriefingWithdrawn
from wellserved.apps.development.models import Briefing, Delivery
from wellserved.apps.development.policies import briefings as rules
from wellserved.apps.development.queries import audience as audiences
from wellserved.apps.development.queries import checks, subjects
from wellserved.apps.development.types.briefings import Audience, BriefingState, Content
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.ledger import subjects as records
from wellserved.apps.thread import actions as thread
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import live_origin

BRIEFING = keeping.BRIEFING
State = BriefingState


@transaction.atomic
def save(
    *,
    actor: Actor,
    briefing_id: int | None,
    content: Content,
    subject: tuple[str, int] | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> int:
    """Keep a draft and return its id; what it is about is said when it is begun and stays."""
    row = keeping.locked_briefing(actor=actor, briefing_id=briefing_id, version=version) if briefing_id else None
    if row is not None and row.state != State.DRAFT:
        raise Conflict("It has been published: what was sent stays as sent. Write another.", code="published")
    rules.require_brief(actor)
    read = rules.read_content(content)
    _check_named(actor, read.audience)
    if row is None:
        row = Briefing(origin=live_origin(actor.world), version=0, created_at=now, created_by_id=actor.user_id)
        _set_subject(actor, row, subject)
    before = (row.title, len(row.items)) if row.pk else (None, None)
    row.kind, row.title, row.due_on = read.kind, read.title, read.due_on
    row.items, row.audience = [item.as_data() for item in read.items], read.audience.as_data()
    row.by_mail, row.needs_check, row.version = read.by_mail, read.needs_check, row.version + 1
    row.save()
    ledger.record(
        actor=actor,
        action="development.save_briefing",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"title": (before[0], row.title), "items": (before[1], len(row.items))},
    )
    return row.pk


def _set_subject(actor: Actor, row: Briefing, subject: tuple[str, int] | None) -> None:
    if subject is None:
        return
    subjects.source_of(subject[0])
    records.require_visible(actor=actor, subject=subject)
    number = subjects.numbers([subject]).get(subject)
    if number is None:
        raise Conflict("It is not in force, so there is nothing to brief of.", code="subject_not_in_force")
    row.subject_kind, row.subject_id, row.subject_number = *subject, number


def _check_named(actor: Actor, audience: Audience) -> None:
    """Every colleague and team an audience names is authorised like the briefing itself."""
    if set(audience.people) - accounts.visible_staff_ids(actor=actor, user_ids=audience.people):
        raise NotFound("There is no such colleague, or she is not in your teams.", code="colleague_not_found")
    if set(audience.teams) - accounts.visible_team_ids(actor=actor, team_ids=audience.teams):
        raise NotFound("There is no such team, or it is not yours.", code="team_not_found")
    if set(audience.queues) - queue_teams(actor=actor).keys():
        raise NotFound("There is no such queue.", code="queue_not_found")


@transaction.atomic
def publish(*, actor: Actor, briefing_id: int, version: int | None = None, now: dt.datetime) -> int:
    """Put it on the staff page and send it once to each person it concerns; return to how many."""
    row = keeping.locked_briefing(actor=actor, briefing_id=briefing_id, version=version)
    if row.state != State.DRAFT:
        raise Conflict("It has been published already.", code="published")
    rules.require_brief(actor)
    if row.due_on is not None and row.due_on < clock.day_of(now):
        raise Invalid("The day by which it is to be read has passed. Choose another.", code="due_on", field="due_on")
    _require_current(actor, row)
    reach = audiences.reach(actor=actor, audience=Audience.from_data(row.audience))
    rules.require_within_reach(reach.outside, len(reach.people))
    people = tuple(person for person in reach.people if person.is_active)
    if not people:
        raise Invalid("It concerns nobody yet. Choose roles, teams, queues or people.", code="nobody", field="audience")
    row.state, row.published_at, row.published_by_id, row.version = State.PUBLISHED, now, actor.user_id, row.version + 1
    row.save(update_fields=["state", "published_at", "published_by", "version"])
    _deliver(row, people, now=now)
    ledger.record(
        actor=actor,
        action="development.publish_briefing",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"state": (State.DRAFT.value, State.PUBLISHED.value), "told": (None, len(people))},
        event=BriefingPublished(briefing_id=row.pk),
    )
    if row.subject_id is not None:
        thread.link(
            actor=actor, start=(BRIEFING, row.pk), verb="tells_of", end=(row.subject_kind, row.subject_id), now=now
        )
    return len(people)


def _require_current(actor: Actor, row: Briefing) -> None:
    """Refuse to tell of a version that is no longer the newest, or to ask what was written for another."""
    if row.subject_id is None:
        return
    subject = (row.subject_kind, row.subject_id)
    current = subjects.numbers([subject]).get(subject)
    if current != row.subject_number:
        raise Conflict(
            f"It tells of version {row.subject_number}, which is no longer in force. Write one of what holds now.",
            code="older_version",
            current=current,
        )
    check = checks.check_for(actor=actor, subject=subject)
    asks = check is not None and row.needs_check and check.questions.filter(is_active=True).exists()
    if check is not None and asks and check.number != row.subject_number:
        raise Conflict(
            f"The questions were written for version {check.number}. Look whether they still hold, and say so.",
            code="questions_behind",
            check=check.pk,
        )


def _deliver(row: Briefing, people: tuple[Person, ...], *, now: dt.datetime) -> None:
    Delivery.objects.bulk_create(
        [Delivery(briefing=row, user_id=person.id, sent_at=now) for person in people], ignore_conflicts=True
    )
    if row.by_mail:
        for person in people:
            telling.mail(row, address=person.email, opening="There is something new for you.", now=now)


@transaction.atomic
def withdraw(*, actor: Actor, briefing_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Take a briefing back: it asks nothing of anybody any more, and who had read it stays known."""
    row = keeping.locked_briefing(actor=actor, briefing_id=briefing_id, version=version)
    if row.state == State.WITHDRAWN:
        raise Conflict("It has been withdrawn already.", code="withdrawn")
    rules.require_brief(actor)
    said = reason.strip()
    if not 1 <= len(said) <= 300:
        raise Invalid("Say why it is withdrawn: whoever has read it will ask.", code="reason", field="reason")
    before, row.state, row.reason, row.version = row.state, State.WITHDRAWN, said, row.version + 1
    row.save(update_fields=["state", "reason", "version"])
    ledger.record(
        actor=actor,
        action="development.withdraw_briefing",
        subject=(BRIEFING, row.pk),
        now=now,
        changes={"state": (before, State.WITHDRAWN.value)},
        reason=said,
        event=BriefingWithdrawn(briefing_id=row.pk),
    )
