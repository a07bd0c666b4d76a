"""How the fictional retailer hears, thanks and rewards its staff, and settles what stands between two of them."""

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import (
    behaviours,
    conflicts,
    consultations,
    pulse,
    recognition,
    rewards,
    suggestions,
    team_events,
)
from wellserved.apps.development.types.pulse import ITEMS
from wellserved.apps.development.types.recognition import EVENT_TEMPLATES, SchemeGiven
from wellserved.apps.standards.queries import vision
from wellserved.demo.commitments import CARE_LEADER, DELIVERIES, MANAGER
from wellserved.demo.company import CARE, DELIVERY
from wellserved.platform.origin import World

Staff = Mapping[str, Actor]
DAY = dt.timedelta(days=1)
# Nobody has thanked them for a while, so that somebody looks.
_QUIET = ("Karim Haddad", "Yusuf Demir")

_BEHAVIOURS = (
    ("Plain words", "Says what happens next, and by when, before ending", "Does the reply say what happens next?"),
    ("Plain words", "Writes a sentence a neighbour would understand", "Is it free of our own words?"),
    ("One hand", "Keeps the ticket until the customer says it is settled", "Did whoever took it finish it?"),
    ("One hand", "Rings the other team herself instead of passing on", "Was the customer spared a second telling?"),
    ("Put right", "Offers to put it right before being asked", "Was a remedy offered unasked?"),
)
_THANKS = (
    ("Plain words", "The letter about the broken lamp: even I understood it."),
    ("One hand", "You stayed on the hotel's order until the last bed was there."),
    ("One hand", "Took my three open parcels when I was off, and closed them all."),
    ("Put right", "You sent the courier back the same evening."),
    ("Put right", ""),
    ("Plain words", "Calm on the telephone while the shop was shouting."),
)
_SCORES = (
    {"respects": 4.1, "values": 3.4, "nurtures": 3.2, "recognises": 3.6, "rewards": 3.3, "vision": 3.9},
    {"respects": 4.2, "values": 3.5, "nurtures": 3.4, "recognises": 3.1, "rewards": 3.4, "vision": 4.0},
)
_SUGGESTIONS = (
    # who, or None without a name; title; text; days ago; state; answer; what was done
    (
        "Chloe Martin", "Show the courier's own number", "We copy it by hand from the courier's page, every time.", 70,
        "done", "You are right, it costs each of us minutes a day.", "The number stands on every delivery ticket.",
    ),
    (
        None, "Quiet hour for letters", "Nobody can write a final letter while the chat rings.", 44, "planned",
        "Agreed: from next month ten to eleven, two at a time.", "",
    ),
    (
        "Ben Dahl", "Let us grant £30 without asking", "Most refusals at £20 come back as complaints.", 35, "declined",
        "Not yet: the limit rises with the refund course, so that nobody is left alone with it.", "",
    ),
    (
        "Priya Shah", "A rota a month ahead", "I cannot book the child minder from week to week.", 16, "new", "", "",
    ),
    (None, "The late shift eats alone", "The canteen closes at five.", 6, "new", "", ""),
    ("Owen Price", "Photos from the depot", "A picture on arrival would end half of the disputes.", 2, "new", "", ""),
)  # fmt: skip


def hear(*, now: dt.datetime, rng: random.Random) -> None:
    """Write what was said, thanked, asked and answered up to `now`; the vision and the people are there already."""
    staff = {
        user.name: accounts.actor_for(user=user, world=World.SAMPLE)
        for user in sorted(accounts.active_staff(world=World.SAMPLE), key=lambda user: user.name)
    }
    for value, sentence, item in _BEHAVIOURS:
        behaviours.add(actor=staff[MANAGER], value=value, sentence=sentence, quality_item=item, now=now - 9 * DAY)
    _thank(staff, now, rng)
    _ask(staff, now, rng)
    _suggest(staff, now)
    _consult(staff, now)
    _reward(staff, now)
    _gather(staff, now)
    _settle(staff, now)


def _thank(staff: Staff, now: dt.datetime, rng: random.Random) -> None:
    names = [name for name in staff if name not in _QUIET]
    for days in range(168, 0, -3):
        giver, taker = rng.sample(names, 2)
        value, words = rng.choice(_THANKS)
        at = now - days * DAY + dt.timedelta(minutes=rng.randrange(-200, 200))
        recognition.thank(actor=staff[giver], user_id=staff[taker].person_id, value=value, words=words, now=at)
    recognition.thank(
        actor=staff[CARE_LEADER],
        user_id=staff["Ben Dahl"].person_id,
        value="One hand",
        words="You stayed with Mrs Reyes until her sofa stood.",
        now=now - dt.timedelta(hours=20),
    )


def _ask(staff: Staff, now: dt.datetime, rng: random.Random) -> None:
    manager, made = staff[MANAGER], []
    for means, opened in zip(_SCORES, (now - 110 * DAY, now - 26 * DAY), strict=True):
        found = pulse.open_pulse(actor=manager, closes_on=(opened + 9 * DAY).date(), now=opened)
        for name in staff:
            if name not in _QUIET:
                scores = {key: min(5, max(1, round(rng.gauss(means[key], 0.7)))) for key in ITEMS}
                pulse.answer(actor=staff[name], pulse_id=found, scores=scores, now=opened + 2 * DAY)
        pulse.close(actor=manager, pulse_id=found, now=opened + 10 * DAY)
        made.append(found)
    first, last = made
    pulse.plan(
        actor=manager,
        pulse_id=first,
        item="nurtures",
        what="One hour a week for learning stands in every rota.",
        due_on=(now - 60 * DAY).date(),
        now=now - 95 * DAY,
    )
    pulse.plan(
        actor=manager,
        pulse_id=last,
        item="recognises",
        what="Each weekly meeting begins with thanks, and leaders look whom nobody has thanked.",
        due_on=(now + 20 * DAY).date(),
        now=now - 14 * DAY,
    )
    running = pulse.open_pulse(actor=manager, closes_on=(now + 6 * DAY).date(), now=now - 2 * DAY)
    for name in list(staff)[:4]:
        pulse.answer(actor=staff[name], pulse_id=running, scores=dict.fromkeys(ITEMS, 4), now=now - DAY)


def _suggest(staff: Staff, now: dt.datetime) -> None:
    manager = staff[MANAGER]
    goals = [pk for pk, name in vision.objective_choices(actor=manager) if "parcels" in name]
    for who, title, text, days, state, answer, done in _SUGGESTIONS:
        at = now - days * DAY
        given = suggestions.suggest(
            actor=staff[who or "Tom Whelan"], title=title, text=text, is_anonymous=who is None, now=at
        )
        if state == "new":
            continue
        steps = ("planned", "done") if state == "done" else (state,)
        for order, step in enumerate(steps):
            suggestions.answer(
                actor=manager,
                suggestion_id=given.id,
                state=step,
                answer=answer,
                done=done,
                done_in=("standards.objective", goals[0]) if step == "done" and goals else None,
                now=at + (5 + 20 * order) * DAY,
            )


def _consult(staff: Staff, now: dt.datetime) -> None:
    manager = staff[MANAGER]
    over = consultations.consult(
        actor=manager,
        title="Open on Saturdays until four",
        proposal="Customers write most on Saturdays after one. We propose to stay until four, with a free Monday for "
        "whoever works. Open: how many, and who begins.",
        closes_on=(now - 20 * DAY).date(),
        now=now - 34 * DAY,
    )
    for name, text in (
        ("Ben Dahl", "Yes, if it is every third Saturday and known a month ahead."),
        ("Ruth Mensah", "The last bus leaves at half past three."),
        ("Isla Grant", "Billing has nothing to do on Saturdays; two of care would do."),
    ):
        consultations.speak(actor=staff[name], consultation_id=over, text=text, now=now - 30 * DAY)
    consultations.respond(
        actor=manager,
        consultation_id=over,
        outcome="changed",
        response="Until three, because of the bus; two of care and one of delivery, every third Saturday, known a "
        "month ahead. Billing stays as it is.",
        now=now - 18 * DAY,
    )
    consultations.consult(
        actor=manager,
        title="One chat at a time for newcomers",
        proposal="In their first eight weeks newcomers answer one chat at a time. It lengthens the queue by about a "
        "minute. What else would help them more?",
        closes_on=(now + 9 * DAY).date(),
        now=now - 3 * DAY,
    )


def _reward(staff: Staff, now: dt.datetime) -> None:
    manager = staff[MANAGER]

    def scheme(name: str, kind: str, criterion: str, first: int, last: int) -> int:
        return rewards.set_up_scheme(
            actor=manager,
            given=SchemeGiven(
                name=name,
                kind=kind,
                purpose="Whoever puts things right for customers sees that it counts.",
                rules="A colleague proposes it with the ticket; the leaders decide together, and the reason is given.",
                criterion=criterion,
                budget=Decimal(600),
                starts_on=(now + first * DAY).date(),
                ends_on=(now + last * DAY).date(),
            ),
            now=now + min(first, 0) * DAY,
        )

    past = scheme("Half a day for a rescue", "reward", "“Recognises” rises by 0.3 in the pulse.", -150, -40)
    now_ = scheme("Learn what comes next", "enrichment", "Four advisers handle a new kind of ticket.", -50, 60)
    scheme("Team breakfast for a month without a breach", "team", "Nine in ten first replies in time.", -120, -9)
    for pk, who, what, cost, why, days in (
        (past, "Owen Price", "Half a day off", 90, "Found the hotel's beds and rode with the van.", 80),
        (past, "Ben Dahl", "Half a day off", 90, "Turned a broken sofa into a thank-you letter.", 55),
        (now_, "Priya Shah", "Sits in on the claims with the courier", 0, "Asked for it, and knows the orders.", 12),
    ):
        rewards.award(
            actor=manager,
            scheme_id=pk,
            user_id=staff[who].person_id,
            what=what,
            amount=Decimal(cost),
            why=why,
            now=now - days * DAY,
        )
    rewards.evaluate(
        actor=manager,
        scheme_id=past,
        outcome="missed",
        findings="“Recognises” fell by half a point: two were rewarded, thirteen saw nothing of it.",
        now=now - 12 * DAY,
    )


def _gather(staff: Staff, now: dt.datetime) -> None:
    teams = {name: pk for pk, name in accounts.team_choices(actor=staff[MANAGER])}
    for leader, team, form, at, changed in (
        (CARE_LEADER, CARE, "skills", now - 25 * DAY, "Priya shows claims every Tuesday at ten."),
        (DELIVERIES, DELIVERY, "visit", now - 6 * DAY, "The depot rings us before a van turns round."),
        (CARE_LEADER, CARE, "retro", now + 5 * DAY, ""),
    ):
        template = EVENT_TEMPLATES[form]
        made = team_events.plan(
            actor=staff[leader],
            form=form,
            title=template.title,
            purpose=template.purpose,
            minutes=template.minutes,
            team_id=teams[team],
            starts_at=at,
            place="Kitchen",
            now=min(at, now) - 8 * DAY,
        )
        if changed:
            came = [pk for pk, _ in _members(staff[leader], teams[team])][1:]
            team_events.hold(actor=staff[leader], event_id=made, present=came, what_changed=changed, now=at + DAY)


def _members(actor: Actor, team_id: int) -> list[tuple[int, str]]:
    found = next(team for team in accounts.teams(actor=actor) if team.id == team_id)
    return [(member.user_id, member.name) for member in found.members]


def _settle(staff: Staff, now: dt.datetime) -> None:
    leader, begun = staff[DELIVERIES], now - 45 * DAY
    over = conflicts.open_case(
        actor=leader,
        party_ids=(staff["Owen Price"].person_id, staff["Ruth Mensah"].person_id),
        handler_id=leader.person_id,
        summary="Who takes the late vans. Both say the other leaves them to her or him.",
        now=begun,
    )
    conflicts.move(actor=leader, case_id=over, stage="mediation", handler_id=leader.person_id, now=begun + 2 * DAY)
    conflicts.write_agreement(
        actor=leader,
        case_id=over,
        text="Late vans alternate by day; whoever cannot says so by noon. Looked at again after four weeks.",
        now=begun + 4 * DAY,
    )
    for name in ("Owen Price", "Ruth Mensah"):
        conflicts.sign(actor=staff[name], case_id=over, version=3, now=begun + 5 * DAY)
    conflicts.open_case(
        actor=staff["Ben Dahl"],
        party_ids=(staff["Tom Whelan"].person_id,),
        handler_id=staff[CARE_LEADER].person_id,
        summary="Chats that were begun by one and left to the other at the change of shift.",
        now=now - 3 * DAY,
    )
    _settle_between_leaders(staff, now)


def _settle_between_leaders(staff: Staff, now: dt.datetime) -> None:
    """Two who lead ask the manager, as nobody else leads them both."""
    opened = now - 4 * DAY
    case = conflicts.open_case(
        actor=staff["Sana Patel"],
        party_ids=(staff[DELIVERIES].person_id,),
        handler_id=staff[MANAGER].person_id,
        summary="Whose budget pays for parcels that come back broken.",
        now=opened,
    )
    conflicts.add_note(
        actor=staff[MANAGER],
        case_id=case,
        text="Both come on Thursday with the figures of a quarter, and we look at them together.",
        now=opened + DAY,
    )
