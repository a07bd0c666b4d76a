"""What the fictional retailer's customers answered, and what was taken down of what they said."""

import dataclasses
import datetime as dt
import random

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.voice import samples, types
from wellserved.apps.voice.actions import answering, following, surveys
from wellserved.apps.voice.queries import follow_ups, links
from wellserved.demo.commitments import CARE_LEADER, MANAGER
from wellserved.platform.origin import World

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MONTHS, ASKED, RECENT = 120, 160, 40
_WORDS = {
    "low": ("I had to tell it three times.", "Nobody rang back as promised.", "The parcel is still not here."),
    "high": ("Quick and clear.", "She stayed with it until it was settled.", "I knew what happens next.", ""),
}
_FEEDBACK = (
    ("compliment", "verbal", "Ben was so patient with my mother on the telephone.", "patience, telephone", 3),
    ("compliment", "letter", "Thank you for the new lamp; it came the next morning.", "delivery", 9),
    ("remark", "event", "At the fair I could not find the counter for returns.", "returns", 14),
    ("review", "review_site", "Good beds, slow answers at the week-end.", "waiting, week-end", 20),
    ("suggestion", "social", "Let us choose the hour of delivery on the web.", "delivery, web", 31),
)


def listen(*, now: dt.datetime, rng: random.Random) -> None:
    """Write surveys that ran, what was answered, a low score that waits, and feedback; tickets are there already."""
    staff = {
        user.name: accounts.actor_for(user=user, world=World.SAMPLE)
        for user in sorted(accounts.active_staff(world=World.SAMPLE), key=lambda user: user.name)
    }
    manager, leader = staff[MANAGER], staff[CARE_LEADER]
    found = samples.resolved(since=now - MONTHS * DAY)
    chosen = sorted(rng.sample(range(len(found)), min(len(found), ASKED + RECENT)))
    tickets = [found[at] for at in chosen]
    share = len(tickets) * ASKED // (ASKED + RECENT)
    satisfied = _begin(manager, "csat", "After each ticket", now)
    surveys.add_question(
        actor=manager,
        survey_id=satisfied,
        kind="choice",
        text="What should we have done otherwise?",
        options=("Answered sooner", "Explained it better", "Kept a promise"),
        condition="at_most",
        value="2",
        now=now - MONTHS * DAY,
    )
    surveys.move(actor=manager, survey_id=satisfied, state="running", now=now - MONTHS * DAY)
    picks = rng.sample(tickets, share)
    _answer(satisfied, picks, leader, scores=((1, 2, 3, 4, 5), (6, 7, 12, 35, 40)), now=now, rng=rng)
    recommended = _begin(manager, "nps", "Would they recommend us?", now)
    surveys.move(actor=manager, survey_id=recommended, state="running", now=now - MONTHS * DAY)
    others = [pk for pk in tickets if pk not in set(picks)]
    _answer(recommended, others, leader, scores=((3, 6, 7, 8, 9, 10), (5, 10, 15, 20, 25, 25)), now=now, rng=rng)
    for kind, source, words, themes, days in _FEEDBACK:
        following.take_down(
            actor=leader, kind=kind, source=source, words=words, themes=themes.split(","), now=now - days * DAY
        )


def _begin(manager: Actor, kind: str, name: str, now: dt.datetime) -> int:
    start = now - MONTHS * DAY
    pk = surveys.begin(actor=manager, kind=kind, name=name, now=start)
    rules = types.Rules(low_at=types.LOW_TO[kind], share=60)
    if kind == "nps":
        rules = dataclasses.replace(rules, low_at=3, quarantine_days=90, share=20)
    surveys.set_rules(actor=manager, survey_id=pk, rules=rules, now=start)
    return pk


def _answer(
    survey_id: int,
    tickets: list[int],
    leader: Actor,
    *,
    scores: tuple[tuple[int, ...], tuple[int, ...]],
    now: dt.datetime,
    rng: random.Random,
) -> None:
    for pk, asked_at in samples.remember_asked(survey_id=survey_id, ticket_ids=tickets):
        at = asked_at + rng.randrange(1, 60) * HOUR
        if rng.random() > 0.38 or at > now:
            continue
        [score] = rng.choices(*scores)
        words = rng.choice(_WORDS["low" if score <= 3 else "high"])
        token = links.link_for(invitation_id=pk, now=asked_at)
        answering.answer(token=token, score=score, answers={"why": words, "q1": ""}, wants_call=False, now=at)
    waiting, _ = follow_ups.follow_ups(actor=leader, now=now, limit=100)
    # The latest still waits; of the others somebody said what was done.
    latest = max((row.opened_at for row in waiting), default=now)
    for row in waiting:
        if row.opened_at < latest:
            following.close(
                actor=leader,
                follow_up_id=row.id,
                done="Rang her, said sorry, and sent what was missing.",
                now=min(row.opened_at + 5 * HOUR, now),
            )
