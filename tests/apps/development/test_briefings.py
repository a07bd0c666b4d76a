"""Briefings: drafted, published once to those they concern, read, given live, reminded of."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from tests.apps.development.conftest import House
from tests.personas import NOW, Persona
from wellserved.apps.desk.models import Queue
from wellserved.apps.desk.types import AttentionItem
from wellserved.apps.development.actions import briefings as actions
from wellserved.apps.development.actions import checks, drafting, telling
from wellserved.apps.development.models import Attendance, Briefing, Delivery, Session
from wellserved.apps.development.queries import briefings as queries
from wellserved.apps.development.types.briefings import Audience, BriefingKind, Content, Filters, Item
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage
from wellserved.web import briefings_due

TODAY = NOW.date()
DAY = dt.timedelta(days=1)
NEWS = Content(
    kind=BriefingKind.NEWSLETTER,
    title="This month",
    items=(Item(title="Chat", body="Open until ten."), Item(title="Thanks", body="To Priya.")),
    audience=Audience(everyone=True),
)


def told(briefing_id: int) -> list[str]:
    rows = Delivery.objects.filter(briefing=briefing_id).order_by("user__name")
    return list(rows.values_list("user__name", flat=True))


def written(who: Persona, content: Content = NEWS) -> int:
    return actions.save(actor=who.actor, briefing_id=None, content=content, now=NOW)


def test_a_standard_concerns_the_people_whose_queue_it_covers_and_says_what_changed(house: House, chloe: Persona):
    house.change(now=NOW + DAY)
    content = drafting.prepare(actor=house.manager.actor, subject=house.subject, now=NOW + DAY)
    assert content.title == "First reply: version 2"
    assert content.audience == Audience(roles=("agent", "team_leader"), queues=(house.queue,))
    first = content.items[0]
    assert first.title == "What changed"
    assert first.body == "- **Target**: 90 % (before: 95 %)\n\nWhy: Customers wait too long"
    assert [item.title for item in content.items[1:]] == ["What we promise now", "What customers expect"]
    assert content.due_on == (NOW + 8 * DAY).date()
    checks.confirm(actor=house.manager.actor, check_id=house.check, now=NOW + DAY)
    made = house.brief(now=NOW + DAY)
    assert told(made) == [f"Agent {at:02}" for at in range(1, 21)] + ["Lena Fischer"]
    assert "Chloe Martin" not in told(made)


def test_a_queue_without_a_team_reaches_nobody_and_not_everybody(house: House, amira: Persona):
    Queue.objects.filter(pk=house.queue).update(team=None)
    made = written(amira, dataclasses.replace(NEWS, audience=Audience(roles=("agent",), queues=(house.queue,))))
    with pytest.raises(Invalid) as refusal:
        actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    assert refusal.value.code == "nobody"
    assert Briefing.objects.get(pk=made).state == "draft"


def test_a_briefing_is_sent_once_each_by_mail_only_where_wished(house: House, amira: Persona):
    made = house.brief(now=NOW, by_mail=True)
    assert OutboxMessage.objects.filter(subject_kind="development.briefing").count() == 21
    with pytest.raises(Conflict):
        actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    assert (Delivery.objects.count(), OutboxMessage.objects.count()) == (21, 21)
    quiet = written(amira)
    actions.publish(actor=amira.actor, briefing_id=quiet, now=NOW)
    assert OutboxMessage.objects.count() == 21


def test_nobody_sends_beyond_her_teams_and_an_agent_sends_nothing(
    house: House, lena: Persona, chloe: Persona, amira: Persona
):
    wide = written(lena, dataclasses.replace(NEWS, audience=Audience(roles=("agent",))))
    with pytest.raises(Refused) as refusal:
        actions.publish(actor=lena.actor, briefing_id=wide, now=NOW)
    assert (refusal.value.code, refusal.value.data["outside"]) == ("beyond_reach", 1)
    assert Delivery.objects.count() == 0
    with pytest.raises(Refused):
        written(chloe)
    with pytest.raises(NotFound):
        written(lena, dataclasses.replace(NEWS, audience=Audience(people=(chloe.user.pk,))))
    assert Briefing.objects.count() == 1


def test_what_was_sent_stays_as_sent_and_can_be_withdrawn_with_a_reason(house: House, amira: Persona, lena: Persona):
    made = written(amira)
    actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    with pytest.raises(Conflict) as refusal:
        actions.save(actor=amira.actor, briefing_id=made, content=dataclasses.replace(NEWS, title="Other"), now=NOW)
    assert refusal.value.code == "published"
    assert [row.title for row in queries.to_do(actor=lena.actor, now=NOW)] == ["This month"]
    with pytest.raises(Invalid):
        actions.withdraw(actor=amira.actor, briefing_id=made, reason=" ", now=NOW)
    actions.withdraw(actor=amira.actor, briefing_id=made, reason="It was wrong", now=NOW)
    assert queries.to_do(actor=lena.actor, now=NOW) == ()
    assert Briefing.objects.get(pk=made).title == "This month"


def test_a_briefing_of_a_version_that_holds_no_longer_is_not_sent(house: House, amira: Persona):
    content = drafting.prepare(actor=amira.actor, subject=house.subject, now=NOW)
    made = actions.save(actor=amira.actor, briefing_id=None, content=content, subject=house.subject, now=NOW)
    house.change(now=NOW)
    with pytest.raises(Conflict) as refusal:
        actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    assert (refusal.value.code, refusal.value.data["current"]) == ("older_version", 2)
    assert Delivery.objects.count() == 0


def test_a_version_is_drafted_once_and_an_older_draft_gives_way(house: House, follow: Callable[[dt.datetime], None]):
    follow(NOW)
    assert list(Briefing.objects.values_list("title", "state")) == [("New standard: First reply", "draft")]
    house.change(now=NOW)
    follow(NOW)
    follow(NOW)
    rows = Briefing.objects.order_by("pk").values_list("title", "subject_number", "state", "is_drafted")
    assert list(rows) == [
        ("New standard: First reply", 1, "withdrawn", True),
        ("First reply: version 2", 2, "draft", True),
    ]
    assert Delivery.objects.count() == 0


def test_what_came_into_force_long_ago_is_no_news(house: House):
    assert drafting.draft(subject=house.subject, since=NOW - 15 * DAY, now=NOW) is None
    assert Briefing.objects.count() == 0


def test_only_whom_it_was_sent_to_confirms_having_read_it_and_once(house: House, chloe: Persona):
    made = house.brief(now=NOW)
    first = house.agents[0]
    assert telling.read(actor=first.actor, briefing_id=made, now=NOW) is True
    assert telling.read(actor=first.actor, briefing_id=made, now=NOW + DAY) is False
    assert Delivery.objects.get(briefing=made, user=first.user).read_at == NOW
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        telling.read(actor=chloe.actor, briefing_id=made, now=NOW)
    assert (refusal.value.code, Entry.objects.count()) == ("not_sent", entries)


def test_whoever_was_away_from_a_live_briefing_is_asked_to_catch_up_with_the_same_words(house: House, lena: Persona):
    made = house.brief(now=NOW)
    there, away = [each.user.pk for each in house.agents[:3]], house.agents[3]
    missed = telling.hold_session(
        actor=lena.actor, briefing_id=made, expected=[*there, away.user.pk], present=there, note="Fridays?", now=NOW
    )
    assert missed == 1
    assert Delivery.objects.filter(briefing=made, heard_at=NOW).count() == 3
    assert Delivery.objects.get(briefing=made, user=away.user).catch_up_on == (NOW + 7 * DAY).date()
    page = away.client.get(f"/briefings/{made}").content.decode()
    assert "Catch up by 10 Mar 2026" in page
    telling.read(actor=away.actor, briefing_id=made, now=NOW)
    assert list(Attendance.objects.filter(was_there=False).values_list("user__name", flat=True)) == ["Agent 04"]


def test_attendance_is_kept_of_those_it_was_sent_to_alone(house: House, lena: Persona, chloe: Persona):
    made = house.brief(now=NOW)
    with pytest.raises(Invalid):
        telling.hold_session(actor=lena.actor, briefing_id=made, expected=[], present=[chloe.user.pk], now=NOW)
    assert Session.objects.count() == 0


def test_a_reminder_by_itself_goes_once_on_the_day_to_those_missing_and_to_nobody_who_is_done(house: House):
    made = house.brief(now=NOW)
    done = house.agents[0]
    telling.read(actor=done.actor, briefing_id=made, now=NOW)
    house.take(done, right=5, now=NOW)
    due = NOW + 7 * DAY
    assert telling.chase_next(now=due - DAY) is False
    assert telling.chase_next(now=due) is True
    assert telling.chase_next(now=due) is False
    assert Delivery.objects.filter(briefing=made, reminders=1).count() == 20
    assert Delivery.objects.get(briefing=made, user=done.user).reminders == 0


def test_nobody_is_reminded_when_everybody_is_done(house: House, lena: Persona, amira: Persona):
    made = written(amira, dataclasses.replace(NEWS, audience=Audience(people=(house.agents[0].user.pk,))))
    actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    telling.read(actor=house.agents[0].actor, briefing_id=made, now=NOW)
    with pytest.raises(Conflict) as refusal:
        telling.remind(actor=lena.actor, briefing_id=made, now=NOW)
    assert (refusal.value.code, Delivery.objects.get().reminders) == ("nobody_missing", 0)


def test_an_agent_is_prompted_for_one_thing_a_shift(house: House, amira: Persona):
    first = house.agents[0]
    for title in ("One", "Two"):
        made = written(amira, dataclasses.replace(NEWS, title=title, due_on=TODAY + 5 * DAY))
        actions.publish(actor=amira.actor, briefing_id=made, now=NOW)
    (item,) = briefings_due.due(actor=first.actor, now=NOW)
    assert (item.sentence, item.count) == ("For you to read: One.", 2)
    telling.read(actor=first.actor, briefing_id=Briefing.objects.get(title="One").pk, now=NOW)
    assert list(briefings_due.due(actor=first.actor, now=NOW + dt.timedelta(hours=3))) == []
    (item,) = briefings_due.due(actor=first.actor, now=NOW + DAY)
    assert item.sentence == "For you to read: Two."


def test_a_draft_is_absent_to_whoever_does_not_brief(house: House, amira: Persona):
    made = written(amira)
    with pytest.raises(NotFound):
        queries.briefing(actor=house.agents[0].actor, briefing_id=made, today=TODAY)
    page = queries.register(actor=house.agents[0].actor, filters=Filters(view="draft"), today=TODAY)
    assert page.rows == ()


def test_slides_and_sheet_hold_every_item(house: House, amira: Persona):
    made = written(amira)
    for form in ("slides", "print"):
        page = amira.client.get(f"/briefings/{made}/{form}").content.decode()
        assert "Open until ten." in page
        assert "To Priya." in page


def ask_for(kind: str, sentence: str) -> AttentionItem:
    return AttentionItem(
        kind=kind, sentence=sentence, evidence="Until Friday", count=1, url="/", button="Open", severity=3
    )


def test_an_agent_is_prompted_for_one_thing_and_told_what_comes_after_it(ben: Persona, lena: Persona) -> None:
    late, thanks = ask_for("late", "A ticket is late."), ask_for("thanks", "Lena thanked you.")
    work, pulse = ask_for("my_work", "One thing is asked of you."), ask_for("pulse", "How is it to work here?")
    given = [late, work, thanks, pulse]
    shown = briefings_due.one_prompt(actor=ben.actor, items=given)
    assert [(each.kind, each.evidence) for each in shown] == [
        ("late", "Until Friday"),
        ("thanks", "Until Friday"),
        ("pulse", "Until Friday. After it: One thing is asked of you."),
    ]
    assert briefings_due.one_prompt(actor=lena.actor, items=given) == given
