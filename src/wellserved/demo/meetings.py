"""How the fictional retailer meets, decides, and plans its manager's week."""

import datetime as dt
from collections.abc import Mapping

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import organisations
from wellserved.apps.development.actions import decisions, meeting_results, meetings, week
from wellserved.apps.development.queries import agendas
from wellserved.apps.development.queries import meetings as held
from wellserved.apps.development.queries import week as weeks
from wellserved.apps.development.types.meetings import KINDS, MeetingGiven, Point
from wellserved.apps.development.types.week import monday_of
from wellserved.apps.standards.queries import expectations, partners
from wellserved.demo.commitments import CARE_LEADER, COURIER, DELIVERIES, MANAGER
from wellserved.demo.offer import BUSINESSES
from wellserved.platform import clock
from wellserved.platform.origin import World

Staff = Mapping[str, Actor]
DAY = dt.timedelta(days=1)
BILLING_LEADER, ADMINISTRATOR = "Sana Patel", "Ada Byrne"


def meet(*, now: dt.datetime) -> None:
    """Write what was talked about, decided and planned up to `now`; people, promises and complaints are there."""
    staff = {
        user.name: accounts.actor_for(user=user, world=World.SAMPLE)
        for user in sorted(accounts.active_staff(world=World.SAMPLE), key=lambda user: user.name)
    }
    _look_back_on_complaints(staff, now)
    _meet_a_customer(staff, now)
    _meet_the_team(staff, now)
    _meet_what_is_to_come(staff, now)
    _decide(staff, now)
    _plan(staff[MANAGER], now)
    for name, words in ((CARE_LEADER, "Listen in on chat for an hour"), (ADMINISTRATOR, "Second step for everybody")):
        _plan_one(staff[name], words, now)


def _arrange(
    actor: Actor,
    kind: str,
    at: dt.datetime,
    agenda: tuple[Point, ...] = (),
    *,
    asked: dt.datetime | None = None,
    **more: object,
) -> int:
    """Arrange a meeting, a week before it is held if nothing else is said."""
    about = KINDS[kind]
    given: dict[str, object] = {
        "kind": kind,
        "title": about.title,
        "starts_at": at,
        "lasts": about.minutes,
        "place": "Room by the garden",
        "agenda": agenda or tuple(Point(words=words) for words in about.agenda),
    }
    return meetings.save(
        actor=actor,
        meeting_id=None,
        given=MeetingGiven(**(given | more)),  # type: ignore[arg-type]
        now=asked or at - 7 * DAY,
    )


def _ten(at: dt.datetime) -> dt.datetime:
    """Return ten o'clock of that day, when people meet."""
    return at.replace(hour=10, minute=0, second=0)


def _minute(actor: Actor, meeting: int, notes: str, at: dt.datetime, *, absent: str = "") -> None:
    there = [each for each in held.meeting(actor=actor, meeting_id=meeting, now=at).people if each.name != absent]
    meetings.write(actor=actor, meeting_id=meeting, notes=notes, present=[each.id for each in there], now=at + DAY / 12)


def _agree(actor: Actor, meeting: int, sort: str, what: str, at: dt.datetime, **more: object) -> int:
    return meeting_results.add(
        actor=actor,
        meeting_id=meeting,
        sort=sort,
        what=what,
        now=at,
        **more,  # type: ignore[arg-type]
    )


def _look_back_on_complaints(staff: Staff, now: dt.datetime) -> None:
    manager, at = staff[MANAGER], _ten(now - 24 * DAY)
    first, last = agendas.last_month(clock.day_of(at))
    agenda = agendas.draft(actor=manager, kind="praise_review", first=first, last=last, now=at)
    made = _arrange(
        manager,
        "praise_review",
        at,
        agenda,
        staff_ids=_ids(staff, CARE_LEADER, DELIVERIES, BILLING_LEADER),
        period_from=first,
        period_to=last,
    )
    _minute(
        manager,
        made,
        "Most complaints began with a van that turned round while somebody waited at home. What customers praise is "
        "being rung before they ring.\n\nWe thank Priya and Ben by name in the newsletter.",
        at,
    )
    done = _agree(manager, made, "action", "Thank Priya and Ben in the newsletter", at + DAY / 10,
                  owner_id=staff[CARE_LEADER].user_id, due_on=(at + 7 * DAY).date())  # fmt: skip
    meeting_results.settle(actor=staff[CARE_LEADER], result_id=done, settled="done", now=at + 5 * DAY)
    late = _agree(manager, made, "action", "Ask the courier for the reasons vans turn round", at + DAY / 10,
                  owner_id=staff[DELIVERIES].user_id, due_on=(at + 14 * DAY).date())  # fmt: skip
    meeting_results.move(
        actor=staff[DELIVERIES],
        result_id=late,
        due_on=(now - 2 * DAY).date(),
        reason="Their planner is away until the end of the month.",
        now=at + 13 * DAY,
    )
    _agree(manager, made, "opportunity", "The depot rings the customer before a van turns round", at + DAY / 10,
           owner_id=staff[DELIVERIES].user_id)  # fmt: skip
    told = _agree(manager, made, "opportunity", "A letter says who will ring, and when", at + DAY / 10,
                  owner_id=staff[CARE_LEADER].user_id)  # fmt: skip
    meeting_results.settle(
        actor=staff[CARE_LEADER],
        result_id=told,
        settled="done",
        said="It is in the letter templates.",
        now=now - 9 * DAY,
    )
    meetings.send(actor=manager, meeting_id=made, now=at + DAY)
    for name in (CARE_LEADER, DELIVERIES):
        meetings.see_minutes(actor=staff[name], meeting_id=made, now=at + 2 * DAY)


def _meet_a_customer(staff: Staff, now: dt.datetime) -> None:
    manager, at = staff[MANAGER], _ten(now - 15 * DAY)
    known = {row.name: row.id for row in organisations(actor=manager, limit=200)[0]}
    hotel = known.get("Harbour Hotels")
    made = _arrange(
        manager,
        "customer",
        at,
        title="Half-yearly talk with Harbour Hotels",
        place="At the hotel",
        organisation_id=hotel,
        guests=("Mrs Moreau, housekeeping",) if hotel else ("Mrs Moreau, Harbour Hotels",),
        staff_ids=_ids(staff, DELIVERIES),
    )
    _minute(
        manager,
        made,
        "They are content with the beds and not with three deliveries for one floor: each time a floor is closed.\n\n"
        "We try one delivery a floor from next month, and talk again in the summer.",
        at,
    )
    segments = {row.name: row.id for row in expectations.active_segments(actor=manager, now=at)}
    first = _agree(manager, made, "requirement", "Furniture for one floor arrives in one delivery", at + DAY / 10,
                   segment_id=segments.get(BUSINESSES))  # fmt: skip
    if BUSINESSES in segments:
        meeting_results.expect(actor=manager, result_id=first, now=at + 2 * DAY)
    _agree(manager, made, "requirement", "The invoice names the floor", at + DAY / 10,
           segment_id=segments.get(BUSINESSES))  # fmt: skip
    _agree(manager, made, "action", "Try one delivery a floor with the depot", at + DAY / 10,
           owner_id=staff[DELIVERIES].user_id, due_on=(now + 4 * DAY).date())  # fmt: skip
    meetings.send(actor=manager, meeting_id=made, now=at + DAY)


def _meet_the_team(staff: Staff, now: dt.datetime) -> None:
    leader, at = staff[CARE_LEADER], _ten(now - 6 * DAY)
    made = _arrange(
        leader,
        "team",
        at,
        place="Kitchen",
        staff_ids=_ids(staff, "Ben Dahl", "Priya Shah", "Tom Whelan", "Yusuf Demir"),
    )
    _minute(
        leader,
        made,
        "Chats are handed over aloud at four, and it works. Customers ask for a number of the courier's own.",
        at,
        absent="Yusuf Demir",
    )
    _agree(leader, made, "action", "Write down the three questions chat hears most", at + DAY / 10,
           owner_id=staff["Ben Dahl"].user_id, due_on=(now + 3 * DAY).date())  # fmt: skip
    _agree(leader, made, "opportunity", "Hand a chat over with one line of what was said", at + DAY / 10,
           owner_id=leader.user_id)  # fmt: skip
    meetings.send(actor=leader, meeting_id=made, now=at + DAY / 4)
    meetings.see_minutes(actor=staff["Priya Shah"], meeting_id=made, now=at + DAY)


def _meet_what_is_to_come(staff: Staff, now: dt.datetime) -> None:
    """Arrange a talk whose minutes are to be written, one in private, and a review that is to come."""
    courier = [pk for pk, name in partners.choices(actor=staff[DELIVERIES]) if name == COURIER]
    _arrange(
        staff[DELIVERIES],
        "partner",
        _ten(now - DAY),
        title="Monthly talk with the courier",
        partner_id=courier[0] if courier else None,
        guests=() if courier else ("The courier",),
        place="By telephone",
    )
    _arrange(
        staff[MANAGER],
        "team",
        _ten(now + 2 * DAY),
        (Point(words="Who takes which hours from May"), Point(words="What we tell the teams, and when")),
        title="Hours of billing",
        is_private=True,
        staff_ids=_ids(staff, BILLING_LEADER),
    )
    review = agendas.draft(actor=staff[MANAGER], kind="service_review", first=now.date(), last=now.date(), now=now)
    _arrange(
        staff[MANAGER],
        "service_review",
        _ten(now + 5 * DAY),
        review,
        staff_ids=_ids(staff, CARE_LEADER, DELIVERIES, BILLING_LEADER),
    )
    for name, kind_of, title, days, other in (
        (CARE_LEADER, "team", "Team meeting", 8, "Ben Dahl"),
        (ADMINISTRATOR, "team", "A second step at sign-in", 9, MANAGER),
    ):
        _arrange(staff[name], kind_of, _ten(now + days * DAY), title=title, staff_ids=_ids(staff, other), asked=now)


def _ids(staff: Staff, *names: str) -> tuple[int, ...]:
    return tuple(staff[name].person_id for name in names)


def _weighed(actor: Actor, question: str, opened: dt.datetime, needed: int, options: tuple[tuple[str, str, str], ...],
             **more: object) -> tuple[int, list[int]]:  # fmt: skip
    """Put a decision down with its options, and return both."""
    made = decisions.put_down(
        actor=actor,
        question=question,
        needed_by=(opened + needed * DAY).date(),
        now=opened,
        **more,  # type: ignore[arg-type]
    )
    ids = [
        decisions.weigh(
            actor=actor, decision_id=made, words=words, advantages=good, disadvantages=bad, now=opened + DAY / 24
        )
        for words, good, bad in options
    ]
    return made, ids


def _decide(staff: Staff, now: dt.datetime) -> None:
    manager = staff[MANAGER]
    _decide_the_past(manager, now)
    _weighed(
        staff[CARE_LEADER],
        "Do newcomers answer one chat at a time?",
        now - 3 * DAY,
        9,
        (
            ("One at a time for eight weeks", "They learn without fear.", "The queue grows by about a minute."),
            ("Leave it as it is", "Costs nothing now.", "Two of the last five left in their first quarter."),
        ),
        known="Waits in chat by hour, and how long newcomers stayed.",
        unknown="Whether eight weeks are enough.",
    )
    _weighed(
        manager,
        "Who follows Sana while she is away?",
        now - 2 * DAY,
        12,
        (("Somebody of the team", "Knows the work.", "Her own work is left."), ("Somebody from care", "", "")),
        is_restricted=True,
    )


def _decide_the_past(manager: Actor, now: dt.datetime) -> None:
    """Decide three: one came out as expected, one worse, and one is asked for its outcome now."""
    for question, days, needed, after, options, expected, outcome, found in _PAST:
        opened = now - days * DAY
        made, ids = _weighed(manager, question, opened, needed, options, known="What the desk shows, and two talks.")
        decided = opened + after * DAY
        decisions.decide(
            actor=manager,
            decision_id=made,
            option_id=ids[0],
            reasons="It helps the customers who wait longest, and can be taken back.",
            expected=expected,
            measure="first_reply",
            now=decided,
        )
        if outcome:
            decisions.look_back(actor=manager, decision_id=made, outcome=outcome, found=found, now=decided + 31 * DAY)


_PAST = (
    (
        "Do we open on Saturdays until three?", 75, 10, 6,
        (("Until three, every third Saturday each", "When customers write most.", "Three Saturdays a quarter each."),
         ("Leave it as it is", "Nobody's weekend changes.", "Two days' letters wait on Monday.")),
        "Fewer letters wait on Monday: half of what they are now.", "as_expected",
        "Half of them, and Monday's first replies go out before noon.",
    ),
    (
        "Do we let the chat robot greet first?", 90, 14, 12,
        (("It greets and asks for the order number", "Saves a question.", "Some leave at once."),
         ("Leave it as it is", "A person from the first word.", "We ask for the number each time.")),
        "A minute less for each chat, and nobody minds.", "worse",
        "A minute less, and one in ten leaves before anybody comes. We took it back.",
    ),
    (
        "Do we give the depot our own telephone line?", 40, 5, 8,
        (("A line of its own", "Vans are asked before they turn round.", "£40 a month."),
         ("Leave it as it is", "", "Each call takes twenty minutes.")),
        "Questions to the depot are answered the same day.", "", "",
    ),
)  # fmt: skip
# What the manager planned three weeks running: words, value, urgency, hours, done.
_WEEKS = (
    (
        ("Talk with Harbour Hotels", 5, 4, 3, True),
        ("Look through the final letters of the month", 4, 3, 2, True),
        ("Write down how we hand chats over", 3, 3, 2, False),
        ("Visit the depot", 3, 2, 4, False),
    ),
    (
        ("Prepare the review of the service", 5, 5, 3, True),
        ("Two one-to-ones", 4, 4, 2, True),
        ("Answer the suggestion about the rota", 4, 4, 1, True),
    ),
    (
        ("Agree the hours of billing with Sana", 5, 5, 2, True),
        ("Read what the pulse says by team", 4, 4, 1, False),
        ("Draft the budget of the second half", 4, 3, 5, False),
    ),
)


def _plan(manager: Actor, now: dt.datetime) -> None:
    """Plan and close two weeks, and begin the present one."""
    monday = monday_of(clock.day_of(now))
    for back, lines in zip((2, 1, 0), _WEEKS, strict=True):
        first = dt.datetime.combine(monday - back * 7 * DAY, dt.time(8), tzinfo=dt.UTC)
        at = first if back else now
        for words, value, urgency, hours, done in lines:
            made = week.plan(actor=manager, words=words, value=value, urgency=urgency, hours=hours, now=at)
            if done:
                week.settle(actor=manager, priority_id=made, state="done", now=at)
        if back:
            _finish(manager, first)


def _finish(manager: Actor, first: dt.datetime) -> None:
    """Do what was carried over but the last, and close the week on its Sunday."""
    row = weeks.present(actor=manager, on=first.date())
    held_ = weeks.priorities(week_id=row.id, hours=row.hours, by_hand=False) if row else ()
    for each in held_:
        if each.carries and each.state == "open" and "depot" not in each.words:
            week.settle(actor=manager, priority_id=each.id, state="done", now=first + 3 * DAY)
    if row:
        week.close(actor=manager, week_id=row.id, now=first + 6 * DAY)


def _plan_one(leader: Actor, words: str, now: dt.datetime) -> None:
    """Plan, do and close one thing of last week."""
    first = dt.datetime.combine(monday_of(clock.day_of(now)) - 7 * DAY, dt.time(8), tzinfo=dt.UTC)
    made = week.plan(actor=leader, words=words, value=4, urgency=3, hours=1, now=first)
    week.settle(actor=leader, priority_id=made, state="done", now=first + 2 * DAY)
    row = weeks.present(actor=leader, on=first.date())
    if row:
        week.close(actor=leader, week_id=row.id, now=first + 4 * DAY)
