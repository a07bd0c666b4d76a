"""Guidelines of the sample service: agreed long ago, one just changed, one being written, procedures followed."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts import samples as account_samples
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import samples
from wellserved.apps.desk.actions import knowledge as actions
from wellserved.apps.desk.types.knowledge import Content
from wellserved.apps.ledger.actions import approvals
from wellserved.demo import company, guidelines
from wellserved.platform.origin import World

CHANGED = "When a parcel is late"
RETIRED = Content(
    title="Sorry cards with every late order",
    body="A card by post with every order that came late.",
    tags=("delivery",),
)
WRITTEN = Content(
    title="When the shop promised something else",
    body="Keep the better of the two promises, and tell the shop the same day which one it was.",
    kinds=("problem", "complaint"),
    roles=(Role.AGENT,),
)
ASKED = Content(
    title="When a gift card does not work",
    body="Look the card up by its number, put the amount on a new one, and send it while the customer is with us.",
    tags=("billing",),
    roles=(Role.AGENT,),
)
ASKER = "Sana Patel"


def add_guidelines(*, now: dt.datetime) -> None:
    """Write the guidelines with their versions, who has read them, and what was done by them up to `now`."""
    ids = _people()
    manager, approver = (accounts.actor_by_id(ids[name], world=World.SAMPLE) for name in _writers())
    teams = account_samples.team_ids()
    made = {
        content.title: _agree(
            _completed(content, i, now=now, ids=ids, teams=teams),
            writer=manager,
            approver=approver,
            at=now - dt.timedelta(days=200 - 9 * i),
        )
        for i, content in enumerate(guidelines.CONTENTS)
    }
    _read(made, now=now)
    _change(made[CHANGED], writer=manager, approver=approver, now=now)
    gone = _agree(RETIRED, writer=manager, approver=approver, at=now - dt.timedelta(days=190))
    actions.retire(
        actor=manager,
        guideline_id=gone,
        reason="Customers wanted the parcel, not a card",
        now=now - dt.timedelta(days=60),
    )
    actions.save_draft(actor=manager, guideline_id=None, content=WRITTEN, now=now - dt.timedelta(days=2))
    _put_to(manager, asker=accounts.actor_by_id(ids[ASKER], world=World.SAMPLE), now=now)
    for title in ("Put a damaged order right", "Release a refund that is stuck"):
        samples.follow_procedure(guideline_id=made[title], now=now)
    samples.remember_guidelines(since=now - dt.timedelta(days=5))


def _put_to(approver: Actor, *, asker: Actor, now: dt.datetime) -> None:
    """Let a team leader's guideline wait for somebody's decision."""
    asked = now - dt.timedelta(hours=5)
    content = dataclasses.replace(
        ASKED, owner_id=asker.user_id, review_on=(now.date() + dt.timedelta(days=180)).isoformat()
    )
    guideline_id = actions.save_draft(actor=asker, guideline_id=None, content=content, now=asked)
    actions.ask(actor=asker, guideline_id=guideline_id, approver_id=approver.person_id, now=asked)


def _people() -> Mapping[str, int]:
    everybody = accounts.system_actor(world=World.SAMPLE)
    return {person.name: person.id for person in accounts.staff(actor=everybody)}


def _writers() -> tuple[str, str]:
    named = {person.role: person.name for person in reversed(company.COLLEAGUES)}
    return named[Role.MANAGER], named[Role.DECISION_MAKER]


def _completed(
    content: Content, i: int, *, now: dt.datetime, ids: Mapping[str, int], teams: Mapping[str, int]
) -> Content:
    leaders = [person.name for person in company.COLLEAGUES if person.role == Role.TEAM_LEADER]
    readers = guidelines.READERS.get(content.title, ())
    return dataclasses.replace(
        content,
        owner_id=ids[leaders[i % len(leaders)]],
        # Two are due for review already; the others come due over the year.
        review_on=(now.date() + dt.timedelta(days=27 * i - 40)).isoformat(),
        roles=(Role.AGENT.value,) if readers else (),
        teams=tuple(teams[name] for name in readers),
    )


def _agree(content: Content, *, writer: Actor, approver: Actor, at: dt.datetime) -> int:
    guideline_id = actions.save_draft(actor=writer, guideline_id=None, content=content, now=at)
    _approve(guideline_id, writer=writer, approver=approver, at=at)
    return guideline_id


def _approve(guideline_id: int, *, writer: Actor, approver: Actor, at: dt.datetime) -> None:
    asked = actions.ask(actor=writer, guideline_id=guideline_id, approver_id=approver.person_id, now=at)
    approvals.decide(actor=approver, approval_id=asked, approve=True, now=at + dt.timedelta(hours=20))
    actions.put_in_force(actor=writer, guideline_id=guideline_id, now=at + dt.timedelta(hours=21))


def _change(guideline_id: int, *, writer: Actor, approver: Actor, now: dt.datetime) -> None:
    content = samples.content_of(guideline_id)
    body = content.body.replace("Ten days or more", "Seven days or more")
    actions.save_draft(
        actor=writer,
        guideline_id=guideline_id,
        content=dataclasses.replace(content, body=body),
        reason="Ten days was too long: most who waited a week had given up on us",
        now=now - dt.timedelta(days=6),
    )
    _approve(guideline_id, writer=writer, approver=approver, at=now - dt.timedelta(days=6))


def _read(made: Mapping[str, int], *, now: dt.datetime) -> None:
    """Let most of those concerned have read the first version; one in six has not."""
    everybody = accounts.system_actor(world=World.SAMPLE)
    agents = [person for person in accounts.staff(actor=everybody) if person.role == Role.AGENT]
    teams = account_samples.team_ids()
    for i, (title, names) in enumerate(guidelines.READERS.items()):
        concerned = {teams[name] for name in names}
        for place, person in enumerate(agents):
            if person.team_ids & concerned and (place + i) % 6:
                reader = accounts.actor_by_id(person.id, world=World.SAMPLE)
                at = now - dt.timedelta(days=30 - i, hours=place % 9)
                actions.attest(actor=reader, guideline_id=made[title], number=1, now=at)
