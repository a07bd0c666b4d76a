"""The sample service's risks, playbooks, one crisis that is over and an incident handled before anybody asked."""

import datetime as dt
import random
from decimal import Decimal

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.actions import incidents
from wellserved.apps.desk.types.incidents import Named
from wellserved.apps.standards.actions import activations, contingencies, crises, risks
from wellserved.apps.standards.types.risks import Assessment, Control, Step

_DAY = dt.timedelta(days=1)


def write(*, manager: Actor, leader: Actor, now: dt.datetime, rng: random.Random) -> None:
    """Write the register, the playbooks with their rehearsals, what was activated, and the crisis that came of it."""
    playbooks = {
        name: contingencies.save_playbook(
            actor=manager, contingency_id=None, facts=_playbook(name, manager), now=now - 200 * _DAY
        )
        for name in _PLAYBOOKS
    }
    _rehearse(playbooks, leader=leader, now=now)
    for title, category, words, playbook in _RISKS:
        made = risks.save_risk(
            actor=manager,
            risk_id=None,
            facts=risks.RiskFacts(
                title=title,
                category=category,
                assessment=words,
                proximity="quarter",
                review_on=(now + 90 * _DAY).date(),
                owner_id=manager.user_id,
                trigger="The first sign is a peak in late replies",
            ),
            seed=rng.randrange(2**32),
            now=now - 190 * _DAY,
        )
        if playbook:
            risks.answer(actor=manager, risk_id=made, playbook_ids=[playbooks[playbook]], now=now - 189 * _DAY)
    _crisis(playbooks["The shop's website is down"], leader=leader, manager=manager, now=now - 40 * _DAY)
    _spare(leader=leader, now=now)


def _rehearse(playbooks: dict[str, int], *, leader: Actor, now: dt.datetime) -> None:
    told = (
        ("A fifth of the team is absent", "worked", "Cover from billing stood within 25 minutes.", ""),
        ("The shop's website is down", "partly", "The notice was ready, but nobody knew who may publish it.",
         "Name the team leader on duty in step 2."),
    )  # fmt: skip
    for name, result, findings, to_change in told:
        contingencies.rehearse(
            actor=leader,
            contingency_id=playbooks[name],
            held_on=(now - 60 * _DAY).date(),
            who="Both team leaders and four advisers",
            result=result,
            findings=findings,
            to_change=to_change,
            now=now - 60 * _DAY,
        )


def _crisis(playbook_id: int, *, leader: Actor, manager: Actor, now: dt.datetime) -> None:
    def after(minutes: int) -> dt.datetime:
        return now + dt.timedelta(minutes=minutes)

    activation = activations.activate(
        actor=leader,
        contingency_id=playbook_id,
        evidence="The website answered with an error for ten minutes.",
        now=now,
    )
    for index, minutes in enumerate((4, 9, 31)):
        activations.tick(actor=leader, activation_id=activation, index=index, now=after(minutes))
    crisis = crises.declare(
        actor=leader,
        title="The website is down",
        what="Orders and tracking have failed since 09:40; every channel but the telephone is affected.",
        activation_id=activation,
        now=after(6),
    )
    made = crises.propose(actor=leader, crisis_id=crisis, parts=_COURSE, now=after(17))
    crises.decide(actor=manager, crisis_id=crisis, proposal_id=made, is_accepted=True, words="Do it.", now=after(21))
    crises.publish(
        actor=leader,
        crisis_id=crisis,
        line="Our website is down. Orders are taken by telephone.",
        expected_at=after(140),
        now=after(23),
    )
    for kind, words, minutes in _LOG:
        crises.log(actor=leader, crisis_id=crisis, kind=kind, words=words, now=after(minutes))
    crises.stand_down(actor=leader, crisis_id=crisis, cost=Decimal(2400), now=after(150), **_REVIEW)
    activations.recover(
        actor=leader, activation_id=activation, outcome="Website back after 118 minutes.", now=after(151)
    )


def _spare(*, leader: Actor, now: dt.datetime) -> None:
    """Keep the list of delayed orders; it is fixed, and none of them had to ask."""
    made = incidents.find_incident(
        actor=leader,
        title="A trailer with 24 orders is late",
        what="The depot says a day; the orders go out tomorrow morning.",
        people=[Named(email=f"order-{n}@shoppers.example", reference=str(88_100 + n)) for n in range(24)],
        now=now - 2 * _DAY,
    )
    incidents.fix_incident(actor=leader, incident_id=made, now=now - _DAY)


def _playbook(name: str, owner: Actor) -> contingencies.PlaybookFacts:
    summary, trigger, steps = _PLAYBOOKS[name]
    return contingencies.PlaybookFacts(
        name=name,
        summary=summary,
        trigger=trigger,
        owner_id=owner.user_id,
        steps=[Step(what=what, role=role, minutes=minutes, message=words) for what, role, minutes, words in steps],
    )


_COURSE = {
    "course": "Take orders by telephone until noon and put a line on the status page.",
    "because": "The supplier expects two hours; a queue on the telephone can be told a time.",
    "needs": "Four advisers from billing.",
    "risk": "The telephone is swamped; we look at waiting times every quarter of an hour.",
    "customers": "The status page now, and a notice to orders due today.",
}
_LOG = (("update", "Care and billing know.", 25), ("action", "The supplier has switched over.", 118))
_REVIEW = {
    "worked": "Telephone orders began eleven minutes after the proposal.",
    "to_change": "The status line is prepared beforehand.",
}
_PLAYBOOKS: dict[str, tuple[str, dict[str, object], tuple[tuple[str, str, int, str], ...]]] = {
    "A fifth of the team is absent": (
        "For a morning on which so many are missing that first replies slip.",
        {"measure": "first_reply", "rule": "below", "value": 0.8, "for_minutes": 30},
        (
            ("Call the cover list", "Team leader on duty", 15, "We are short today. Can you come in until two?"),
            ("Answer complaints and urgent tickets first", "Team leaders", 20, ""),
            ("Put the longer waits on the help page", "Service manager", 45, "Replies take longer today."),
        ),
    ),
    "The shop's website is down": (
        "For the hours in which customers can neither order nor track.",
        {"measure": "arrivals", "rule": "above", "value": 400, "for_minutes": 15},
        (
            ("Ask the supplier for a time", "Service manager", 10, "When will the website be back?"),
            ("Put a line on the status page", "Team leader on duty", 15, "Our website is down."),
            ("Take orders by telephone", "Team leaders", 45, ""),
        ),
    ),
    "Many tickets at once": (
        "For a day on which the queue grows faster than it is answered.",
        {"measure": "overdue", "rule": "above", "value": 20, "for_minutes": 60},
        (
            ("Stop what is not a ticket", "Service manager", 15, ""),
            ("Answer the common question in one text", "Team leaders", 60, "Many of you ask the same today: ..."),
        ),
    ),
    "Not enough people on the rota": (
        "For a day whose rota is short by three.",
        {"staffing_gap": 3},
        (("Ask for overtime", "Team leaders", 60, "Could you stay until eight tonight?"),),
    ),
}


def _money(low: int, mode: int, high: int) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(low), Decimal(mode), Decimal(high)


def _assess(
    events: float, losses: tuple[Decimal, Decimal, Decimal], customers: int, controls: tuple[Control, ...] = ()
) -> Assessment:
    low, mode, high = losses
    return Assessment(
        events_a_year=events, loss_low=low, loss_mode=mode, loss_high=high, customers=customers, controls=controls
    )


_COVER = Control(words="A cover list kept with billing", fewer=0.0, smaller=0.5, cost=Decimal(2000))
_TWICE = Control(words="The courier's second depot", fewer=0.4, smaller=0.0, cost=Decimal(6000))

_RISKS: tuple[tuple[str, str, Assessment, str], ...] = (
    ("A fifth of the team is absent in December", "absence",
     _assess(12, _money(800, 2500, 9000), 300, (_COVER,)), "A fifth of the team is absent"),
    ("The website is down in office hours", "system_loss",
     _assess(4, _money(5000, 18_000, 90_000), 2500), "The shop's website is down"),
    ("The courier loses a depot", "supplier_failure",
     _assess(1, _money(4000, 20_000, 120_000), 1500, (_TWICE,)), ""),
    ("Twice the usual tickets after a sale", "surge", _assess(4, _money(400, 1800, 6000), 600), "Many tickets at once"),
    ("A letter with somebody else's address", "data_breach", _assess(1, _money(500, 4000, 60_000), 40), ""),
    ("Snow keeps everybody at home", "weather", _assess(0.2, _money(300, 1500, 5000), 200), ""),
)  # fmt: skip
