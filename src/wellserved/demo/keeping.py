"""How the fictional retailer keeps its word: matters referred, promises given, customers asked and told."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk import actions, queries, samples
from wellserved.apps.desk.actions import referrals
from wellserved.apps.desk.queries import advisers, comfort
from wellserved.apps.desk.types import InboxFilters, TicketRow
from wellserved.platform.origin import World
from wellserved.platform.outbox import samples as mail_samples

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
MOST = 60

# question, remedy, amount, hours since it was asked, hours until it is due, what came of it
_REFERRALS: tuple[tuple[str, str, str, int, int, str], ...] = (
    ("The vase came broken and the maker no longer makes it. May I refund it whole?", "refund", "85.00", 3, 4, ""),
    ("She waited five weeks for the sofa and asks for something for the delivery.", "goodwill", "60.00", 30, -6, ""),
    (
        "The table was scratched by the courier; a new one costs more.",
        "refund",
        "95.00",
        6,
        3,
        "accept",
    ),
    ("The lamp failed after the guarantee, by four days. May I refund it?", "refund", "75.00", 26, 2, "granted"),
    ("He wants the whole set refunded, and used it for a month.", "refund", "90.00", 50, -20, "refused"),
    ("Does the law let her return a rug that was cut to size?", "", "", 28, -2, "advise"),
)
_ANSWERS = {
    "refused": "He has used it for a month: offer a repair, and a discount on the next one.",
    "advise": "Goods made to measure are outside the right to cancel, unless they are faulty.",
}
# what, to whom, the name, hours ago, due after hours, how it ended, why
_PROMISES: tuple[tuple[str, str, str, int, int, str, str], ...] = (
    ("Ring back with the courier's answer", "customer", "", 2, 5, "", ""),
    ("Send the return label", "customer", "", 5, 9, "", ""),
    ("Confirm the new delivery day", "customer", "", 28, 24, "", ""),
    ("Check the invoice with the bank", "customer", "", 70, 24, "kept", ""),
    ("Tell her when the chair is back in stock", "customer", "", 90, 48, "kept", ""),
    ("Ring back in the morning", "customer", "", 100, 20, "broken", "capacity"),
    ("Send the photographs of the damage", "partner", "Swiftline Couriers", 60, 24, "kept", ""),
    ("Answer the courier's claim form", "partner", "Swiftline Couriers", 80, 24, "broken", "information"),
    ("Write up how the double payment was undone", "partner", "Oakfield Upholstery", 10, 30, "", ""),
)
_SILENT = (
    ("Third wrong part for the same bed", "This is the third part that does not fit. Who looks at this?", 5),
    ("Nobody has rung me about the stained rug", "I was promised a call last week and nobody has rung.", 4),
)


def keep(*, now: dt.datetime) -> int:
    """Refer, promise, ask and tell on some of the sample's open tickets; return on how many."""
    house = accounts.system_actor(world=World.SAMPLE)
    filters = InboxFilters(view="all_open", sort="oldest")
    rows = queries.inbox(actor=house, filters=filters, limit=MOST, now=now).rows
    owned = [row for row in rows if row.assignee_id and row.kind != "complaint"]
    _refer(owned, now=now)
    _promise(owned[::-1], now=now)
    _promise_herself(owned[0], house=house, now=now)
    _ask(owned[6:9], now=now)
    _tell(owned, house=house, now=now)
    silent = _leave_silent(owned, house=house, now=now)
    samples.detach_mail(ticket_ids=[*silent, *(row.id for row in rows)])
    # What the story tells was sent long ago: nothing of it waits in the outbox.
    mail_samples.remove()
    return len(owned)


def _person(user_id: int | None) -> Actor:
    return accounts.actor_by_id(user_id, world=World.SAMPLE)


def _refer(rows: list[TicketRow], *, now: dt.datetime) -> None:
    for row, (question, remedy, amount, ago, due, ending) in zip(rows, _REFERRALS, strict=False):
        asker = _person(row.assignee_id)
        money = Decimal(amount) if amount else None
        able = advisers.able_to_answer(actor=asker, ticket_id=row.id, remedy=remedy, amount=money)
        decider = _person(next(person.id for person in able if person.role != "agent"))
        made = referrals.refer(
            actor=asker,
            ticket_id=row.id,
            kind="decision" if remedy else "advice",
            asked_of_id=decider.person_id,
            question=question,
            remedy=remedy,
            amount=money,
            due_at=now + due * HOUR,
            now=now - ago * HOUR,
        )
        _answer(made, ending, decider=decider, at=now - (ago - 1) * HOUR)


def _answer(referral_id: int, ending: str, *, decider: Actor, at: dt.datetime) -> None:
    if ending:
        referrals.accept(actor=decider, referral_id=referral_id, now=at)
    if ending == "advise":
        referrals.give_advice(actor=decider, referral_id=referral_id, answer=_ANSWERS[ending], now=at + HOUR)
    elif ending in {"granted", "refused"}:
        referrals.decide(
            actor=decider, referral_id=referral_id, outcome=ending, answer=_ANSWERS.get(ending, ""), now=at + HOUR
        )


def _promise(rows: list[TicketRow], *, now: dt.datetime) -> None:
    for row, (text, to, name, ago, due, ending, cause) in zip(rows, _PROMISES, strict=False):
        owner, made_at = _person(row.assignee_id), now - ago * HOUR
        due_at = made_at + due * HOUR
        made = actions.make_promise(
            actor=owner, ticket_id=row.id, text=text, due_at=due_at, made_to=to, to_name=name, now=made_at
        )
        if ending:
            at = due_at - HOUR if ending == "kept" else due_at + HOUR
            actions.settle_promise(actor=owner, promise_id=made, state=ending, cause=cause, now=at)


def _promise_herself(row: TicketRow, *, house: Actor, now: dt.datetime) -> None:
    """Let the manager have given her word as well."""
    manager = next(person for person in accounts.staff(actor=house) if person.role == Role.MANAGER)
    actions.make_promise(
        actor=_person(manager.id),
        ticket_id=row.id,
        text="Ring the customer myself about the repair",
        due_at=now + 4 * HOUR,
        made_to="customer",
        to_name="",
        now=now - 3 * HOUR,
    )


def _ask(rows: list[TicketRow], *, now: dt.datetime) -> None:
    about = "We send a new one on Monday and collect the broken one at the door"
    for row, answer in zip(rows, ("no", "yes", ""), strict=False):
        actions.reply(
            actor=_person(row.assignee_id),
            ticket_id=row.id,
            body="Thank you for the photographs. This is what we would like to do.",
            ask=actions.Ask(moment="before", about=about),
            channel="email",
            now=now - 2 * HOUR,
        )
        asked = comfort.of_ticket(actor=_person(row.assignee_id), ticket_id=row.id)[0]
        if answer:
            words = "I am away on Monday, and I would rather have my money back." if answer == "no" else ""
            token = comfort.link_for(comfort_id=asked.id, now=now - 2 * HOUR)
            actions.answer_comfort(token=token, answer=answer, words=words, now=now - HOUR)


def _leave_silent(rows: list[TicketRow], *, house: Actor, now: dt.datetime) -> list[int]:
    """Open complaints that were answered once and then left: their customers should have heard since."""
    made = []
    for row, (subject, body, days) in zip(rows[3:], _SILENT, strict=False):
        began = now - days * DAY
        opened = actions.open_ticket(
            actor=house,
            subject=subject,
            body=body,
            customer_id=row.customer_id,
            queue_id=row.queue_id,
            kind="complaint",
            now=began,
        )
        owner = _person(row.assignee_id)
        actions.assign(actor=house, ticket_id=opened.ticket_id, assignee_id=owner.user_id, now=began + HOUR)
        words = "I am sorry. I ask the maker, and come back to you."
        actions.reply(actor=owner, ticket_id=opened.ticket_id, body=words, channel="email", now=began + 2 * HOUR)
        made.append(opened.ticket_id)
    return made


def _tell(rows: list[TicketRow], *, house: Actor, now: dt.datetime) -> None:
    leader = next(person for person in accounts.staff(actor=house) if person.role == "manager")
    manager = _person(leader.id)
    sent = actions.save_notice(
        actor=manager,
        title="Swiftline's depot in Leeds is shut by snow",
        body=(
            "Dear {name},\n\nsnow has shut the depot that holds parcels for your area. It opens again on Thursday. "
            "You do not need to do anything: we write to you once your parcel is on its way."
        ),
        ticket_ids=[row.id for row in rows[9:17]],
        now=now - 20 * HOUR,
    )
    actions.send_notice(actor=manager, notice_id=sent, now=now - 20 * HOUR)
    actions.tell_due(now=now - 20 * HOUR + dt.timedelta(minutes=1))
    actions.save_notice(
        actor=manager,
        title="Double payments on Sunday evening",
        body=(
            "Dear {name},\n\nour till took some payments twice on Sunday. If yours was among them, the second is back "
            "in your account by Wednesday."
        ),
        ticket_ids=[row.id for row in rows[17:22]],
        now=now - 2 * HOUR,
    )
