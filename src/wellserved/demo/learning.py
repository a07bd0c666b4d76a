"""The sample service's learning: needs and plans, courses with their four levels, talks, coaching, reviews, support."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.actions import (
    attendance,
    coaching,
    learning,
    observations,
    recorded,
    reviews,
    support,
    talks,
    tasks,
    training,
)
from wellserved.apps.development.types.guiding import OBSERVATION, SCENARIOS, STARTERS, TALK
from wellserved.apps.development.types.recorded import NEEDS_READ
from wellserved.apps.people import queries as people
from wellserved.platform.origin import World

_DAY, _HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def learn(*, now: dt.datetime) -> None:
    """Write it all, told from today backwards, so that it is lively on any day."""
    house = accounts.system_actor(world=World.SAMPLE)
    staff = {person.name: person.id for person in accounts.staff(actor=house)}
    cast = {name: accounts.actor_by_id(pk) for name, pk in staff.items()}
    skills = {row.name: row.id for row in people.skills(actor=house)}
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
    courses = _courses(cast["Amara Okafor"], skills, now - 150 * _DAY)
    _held(cast, courses, morning)
    coming = _coming(cast, courses, morning, now)
    _needs(cast, skills, coming, now)
    first = _guide(cast["Lena Fischer"], cast["Ben Dahl"], morning, now)
    _contest(cast["Ben Dahl"], first, now)
    _review(cast["Lena Fischer"], cast["Priya Shah"], now)
    _lead(cast["Amara Okafor"], cast["Lena Fischer"], cast["Ada Byrne"], morning, now)
    _support(cast, morning, now)


def _courses(manager: Actor, skills: dict[str, int], now: dt.datetime) -> dict[str, int]:
    told = (
        ("Refunds, from asking to paying", "Work out a refund and say why", "Refunds", 12, "resolution"),
        ("Complaints to the final letter", "Carry a complaint to its last letter", "Complaints", 24, "resolution"),
        ("Negotiating and reassuring", "Say what is certain, and find what both accept", "", None, "first_reply"),
    )
    return {
        title: training.save_course(
            actor=manager,
            title=title,
            aim=aim,
            skill_id=skills.get(skill),
            valid_months=months,
            metric=metric,
            now=now,
        )
        for title, aim, skill, months, metric in told
    }


def _offer(cast: dict[str, Actor], course_id: int, starts_at: dt.datetime, *, seats: int, now: dt.datetime) -> int:
    return training.offer(
        actor=cast["Amara Okafor"],
        course_id=course_id,
        starts_at=starts_at,
        ends_at=starts_at + 3 * _HOUR,
        place="Room 2, Leeds",
        seats=seats,
        trainer="Northgate Training",
        cost=Decimal(480),
        now=now,
    )


def _held(cast: dict[str, Actor], courses: dict[str, int], morning: dt.datetime) -> None:
    """Hold one course two months ago, judged at all four levels, and one last week, too early for the last two."""
    names = ("Ben Dahl", "Priya Shah", "Tom Whelan", "Yusuf Demir", "Chloe Martin", "Isla Grant")
    for title, days, marks in (
        ("Negotiating and reassuring", 63, (5, 4, 4, 5, 3, 4)),
        ("Complaints to the final letter", 6, (4, 4, 5)),
    ):
        held = morning - days * _DAY
        event = _offer(cast, courses[title], held, seats=8, now=held - 20 * _DAY)
        people_there = [cast[name] for name in names[: 6 if days > 30 else 3]]
        for person in people_there:
            training.book(actor=person, event_id=event, person_id=person.person_id, now=held - 15 * _DAY)
        came = [
            attendance.Came(
                person_id=person.person_id,
                was_there=True,
                score_before=48 + 5 * at,
                score_after=82 + 3 * at,
                gives=True,
            )
            for at, person in enumerate(people_there)
        ]
        attendance.hold(actor=cast["Amara Okafor"], event_id=event, came=came, now=held + 4 * _HOUR)
        for person, mark in zip(people_there, marks, strict=True):
            if person.name != "Ben Dahl" or days > 30:
                attendance.react(actor=person, event_id=event, useful=mark, clear=4, now=held + 5 * _HOUR)
        if days > 30:
            _look(cast, event, people_there[:3], held + 43 * _DAY)


def _look(cast: dict[str, Actor], event: int, those: list[Actor], now: dt.datetime) -> None:
    for person, seen in zip(those, ("yes", "partly", "yes"), strict=True):
        attendance.look(
            actor=cast["Lena Fischer"],
            event_id=event,
            person_id=person.person_id,
            seen=seen,
            said="Names the day before the reason, in most calls.",
            now=now,
        )


def _coming(cast: dict[str, Actor], courses: dict[str, int], morning: dt.datetime, now: dt.datetime) -> int:
    event = _offer(cast, courses["Refunds, from asking to paying"], morning + 12 * _DAY, seats=3, now=now - 5 * _DAY)
    for name in ("Isla Grant", "Karim Haddad", "Ruth Mensah", "Owen Price"):
        training.book(actor=cast[name], event_id=event, person_id=cast[name].person_id, now=now - 3 * _DAY)
    return event


def _needs(cast: dict[str, Actor], skills: dict[str, int], event: int, now: dt.datetime) -> None:
    lena, sana = cast["Lena Fischer"], cast["Sana Patel"]
    named = learning.name_need(
        actor=cast["Ben Dahl"],
        person_id=cast["Ben Dahl"].person_id,
        skill_id=skills["German"],
        level=2,
        said="Two customers a week write in German.",
        now=now - 12 * _DAY,
    )
    learning.comment_need(
        actor=lena, need_id=named, comment="Yes: an hour a week beside me from next month.", now=now - 11 * _DAY
    )
    karim = learning.name_need(
        actor=sana, person_id=cast["Karim Haddad"].person_id, skill_id=skills["Refunds"], level=3, now=now - 9 * _DAY
    )
    learning.plan(
        actor=sana,
        need_id=karim,
        measure="course",
        event_id=event,
        by_on=(now + 20 * _DAY).date(),
        now=now - 8 * _DAY,
    )


def _observe(lena: Actor, ben: Actor, starts_at: dt.datetime, ratings: dict[str, tuple[int, str]]) -> int:
    _name, purpose, criteria = STARTERS["complaint"]
    made = observations.announce(
        actor=lena,
        person_id=ben.person_id,
        guide_id=lena.person_id,
        purpose=purpose,
        criteria=criteria,
        starts_at=starts_at,
        now=starts_at - 3 * _DAY,
    )
    observations.record(
        actor=lena,
        observation_id=made,
        ratings=ratings,
        strengths="Stays friendly with a caller who is not.",
        one_thing="Say first what is certain.",
        now=starts_at + _HOUR,
    )
    observations.answer(
        actor=ben, observation_id=made, own_view="I knew the date only after I had looked.", now=starts_at + _DAY
    )
    return made


def _guide(lena: Actor, ben: Actor, morning: dt.datetime, now: dt.datetime) -> int:
    """Observe Ben, coach him on what was seen, observe him again, and talk with him; return the first observation."""
    calm = (3, "Answered the third shout with the order number.")
    first = _observe(lena, ben, morning - 40 * _DAY, {"reassures": (2, "The day came last."), "stays-calm": calm})
    begun = coaching.begin(
        actor=lena,
        person_id=ben.person_id,
        guide_id=lena.person_id,
        goal="Says first what is certain",
        criterion="reassures",
        observation_id=first,
        task="Name the day before the reason, in five calls",
        ends_on=(now + 20 * _DAY).date(),
        now=morning - 38 * _DAY,
    )
    coaching.add_session(
        actor=lena,
        coaching_id=begun,
        held_on=(morning - 30 * _DAY).date(),
        form="role_play",
        scenario=SCENARIOS[1],
        what="Named the next sure date at once, the second time.",
        next_step="The same with a caller who interrupts",
        now=morning - 30 * _DAY,
    )
    _observe(lena, ben, morning - 10 * _DAY, {"reassures": (3, "Two dates, both kept."), "stays-calm": calm})
    recorded.note_view(
        actor=lena, kind="development.observation", record_id=first, person_id=ben.person_id, now=morning - 9 * _DAY
    )
    _talk(lena, ben, morning, now)
    return first


def _contest(ben: Actor, observation: int, now: dt.datetime) -> None:
    """Ben says that the first observation is wrong; somebody who did not write it is to answer."""
    recorded.contest(
        actor=ben,
        kind=OBSERVATION,
        record_id=observation,
        what="I named the day before the reason; it was the second call.",
        now=now - 3 * _DAY,
    )


def _talk(lena: Actor, ben: Actor, morning: dt.datetime, now: dt.datetime) -> None:
    last = talks.arrange(
        actor=lena,
        person_id=ben.person_id,
        guide_id=lena.person_id,
        starts_at=morning - 7 * _DAY,
        place="Room 3",
        agenda=("What went well since we last spoke?", "German"),
        now=morning - 14 * _DAY,
    )
    tasks.agree_task(
        actor=lena,
        kind=TALK,
        record_id=last,
        what="Find an hour a week for German",
        owner_id=lena.person_id,
        due_on=(now + 3 * _DAY).date(),
        now=morning - 7 * _DAY,
    )
    talks.note(actor=lena, talk_id=last, notes="Calls go well. German from next month.", now=morning - 7 * _DAY + _HOUR)
    talks.arrange(
        actor=ben,
        person_id=ben.person_id,
        guide_id=lena.person_id,
        starts_at=morning + 14 * _DAY,
        place="Room 3",
        agenda=("How did German begin?",),
        now=now - _DAY,
    )


def _review(lena: Actor, priya: Actor, now: dt.datetime) -> None:
    made = reviews.open_review(
        actor=lena,
        person_id=priya.person_id,
        guide_id=lena.person_id,
        period_from=(now - 190 * _DAY).date(),
        period_to=(now - 8 * _DAY).date(),
        now=now - 7 * _DAY,
    )
    reviews.say_own_view(
        actor=priya,
        review_id=made,
        own_view="I know the order system now, and I want to handle complaints.",
        now=now - 5 * _DAY,
    )


def _lead(amara: Actor, lena: Actor, ada: Actor, morning: dt.datetime, now: dt.datetime) -> None:
    """Amara leads Lena as Lena leads her team: they talk, she comes to see her at work, and a review has begun."""
    talk = talks.arrange(
        actor=amara,
        person_id=lena.person_id,
        guide_id=amara.person_id,
        starts_at=morning + 2 * _DAY + 2 * _HOUR,
        place="Room 1",
        agenda=("What would help your team most?", "Ben's first months with complaints"),
        now=now - 5 * _DAY,
    )
    tasks.agree_task(
        actor=amara,
        kind=TALK,
        record_id=talk,
        what="Ask finance for a second German speaker",
        owner_id=amara.person_id,
        due_on=(now + 4 * _DAY).date(),
        now=now - 4 * _DAY,
    )
    _name, purpose, criteria = STARTERS["complaint"]
    observations.announce(
        actor=amara,
        person_id=lena.person_id,
        guide_id=amara.person_id,
        purpose=purpose,
        criteria=criteria,
        starts_at=morning + 6 * _DAY,
        now=now - 2 * _DAY,
    )
    review = reviews.open_review(
        actor=amara,
        person_id=lena.person_id,
        guide_id=amara.person_id,
        period_from=(now - 190 * _DAY).date(),
        period_to=(now - 8 * _DAY).date(),
        now=now - 6 * _DAY,
    )
    reviews.say_own_view(
        actor=lena,
        review_id=review,
        own_view="The team stands on its own now; I want to lead less by answering myself.",
        now=now - 3 * _DAY,
    )
    learning.name_need(
        actor=amara,
        person_id=amara.person_id,
        what="Reading a control chart",
        said="I explain the weekly figures to the board and am not sure what is noise.",
        now=now - 10 * _DAY,
    )
    recorded.note_list(actor=ada, kind=NEEDS_READ, person_ids=[amara.person_id], now=now - 2 * _DAY)


def _support(cast: dict[str, Actor], morning: dt.datetime, now: dt.datetime) -> None:
    lena, tom = cast["Lena Fischer"], cast["Tom Whelan"]
    past = support.offer(actor=lena, starts_at=morning - 2 * _DAY, minutes=30, place="Room 3", now=morning - 9 * _DAY)
    support.book(actor=tom, slot_id=past[0], about="How to say no", now=morning - 4 * _DAY)
    support.confirm(actor=lena, slot_id=past[0], held_minutes=25, now=morning - 2 * _DAY + _HOUR)
    support.offer(
        actor=lena, starts_at=morning + _DAY + 6 * _HOUR, minutes=30, place="Room 3", weeks=4, now=now - 9 * _DAY
    )
    for minutes, matter, days in ((10, "work", 6), (15, "skill", 4), (5, "team", 1)):
        support.open_door(actor=lena, minutes=minutes, matter=matter, now=morning - days * _DAY)
