"""How the fictional retailer works with others: partners asked and answering, views gathered, colleagues learning."""

import datetime as dt

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.desk import actions, queries
from wellserved.apps.desk.queries import partnering
from wellserved.apps.desk.types import InboxFilters
from wellserved.apps.ledger.actions import standpoints
from wellserved.apps.standards.queries import plans
from wellserved.demo.commitments import CARE_LEADER, DELIVERIES, MANAGER
from wellserved.platform.origin import World
from wellserved.platform.outbox import samples as mail_samples

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PLAN = "The busy season"
_COURIER = {"name": "Marta Ruiz", "email": "claims@swiftline.example", "organisation": "Swiftline Couriers"}
_ASKED = (
    ("Parcel 88231 shows “at depot” since Tuesday. Is it there?", "It is; the label was torn. On the van tomorrow."),
    ("The driver noted “nobody in” at nine. Was it the right house?", ""),
)
_VIEWS = (
    (CARE_LEADER, "colleague", "for", "Two more from October would keep the chat open until ten."),
    (DELIVERIES, "colleague", "concern", "Whoever joins in October is no help before November."),
    (DELIVERIES, "customer", "concern", "Rather no extra adviser than one who cannot say where the parcel is."),
)
_ANSWER = "They begin in September, with three weeks beside somebody."


def liaise(*, now: dt.datetime) -> None:
    """Write what partners were asked, what is thought of a plan, and who is learning what."""
    staff = accounts.active_staff(world=World.SAMPLE)
    cast = {user.name: accounts.actor_for(user=user, world=World.SAMPLE) for user in staff}
    leader, manager = cast[DELIVERIES], cast[MANAGER]
    rows = queries.inbox(actor=leader, filters=InboxFilters(view="all_open", sort="newest"), limit=4, now=now).rows
    for row, (ask, answer) in zip(rows[2:], _ASKED, strict=False):
        asked = actions.ask_partner(actor=leader, ticket_id=row.id, ask=ask, **_COURIER, now=now - 5 * HOUR)
        if answer:
            token = partnering.link_for(collaborator_id=asked, now=now - 5 * HOUR)
            actions.answer_partner(token=token, words=answer, now=now - 3 * HOUR)
    mail_samples.remove()
    [plan_id] = [pk for pk, name in plans.choices(actor=manager) if name == PLAN]
    subject = ("standards.plan", plan_id)
    for at, (who, side, stance, words) in enumerate(_VIEWS):
        source = ("desk.ticket", rows[0].id) if side == "customer" and rows else None
        made = standpoints.gather(
            actor=cast[who], subject=subject, side=side, stance=stance, words=words, source=source, now=now - 2 * DAY
        )
        if at == 1:
            standpoints.answer(actor=manager, standpoint_id=made, words=_ANSWER, now=now - DAY)
