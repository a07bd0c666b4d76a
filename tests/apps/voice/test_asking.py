"""Who is asked, when, and who is not and why; how a score is kept and what follows of a low one."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.apps.desk.conftest import NOW, open_for
from tests.apps.voice.conftest import DAY, HOUR, links_of_mail, resolve, rule
from tests.personas import Persona
from wellserved.apps.accounts.queries import actor_for, system_actor
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.events import TicketMoved
from wellserved.apps.desk.models import Customer, Tag, Ticket
from wellserved.apps.voice import listeners
from wellserved.apps.voice.actions import asking, following, surveys
from wellserved.apps.voice.models import Feedback, FollowUp, Invitation, Silence, SurveyVersion
from wellserved.apps.voice.queries import follow_ups, results
from wellserved.apps.voice.queries import surveys as queries
from wellserved.platform import events
from wellserved.platform.errors import Invalid
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin

Address = Callable[[int], str]


def plan(survey: int, ticket: Ticket, chance: float = 0.0) -> str:
    return asking.plan(survey_id=survey, ticket_id=ticket.pk, chance=chance, at=NOW + HOUR, now=NOW + HOUR)


def test_a_resolved_ticket_is_asked_about_once_after_the_delay(survey: int, resolved: Ticket) -> None:
    delivery = events.Delivery(
        sequence=1, event=TicketMoved(ticket_id=resolved.pk, before="open", after="resolved"), at=NOW + HOUR
    )
    listeners._moved(delivery)
    listeners._moved(delivery)
    assert Invitation.objects.get().ask_at == NOW + 3 * HOUR
    assert asking.ask_due(now=NOW + 2 * HOUR) == 0
    assert asking.ask_due(now=NOW + 3 * HOUR) == 1
    assert asking.ask_due(now=NOW + 4 * HOUR) == 0
    mail = OutboxMessage.objects.get(subject_kind="voice.invitation")
    assert (mail.recipient, len(links_of_mail())) == ("dev@example.test", 5)


@pytest.mark.parametrize(("chance", "reason"), [(0.29, ""), (0.3, "chance")])
def test_chance_is_an_argument(survey: int, resolved: Ticket, manager: Actor, chance: float, reason: str) -> None:
    rule(manager, survey, share=30)
    assert plan(survey, resolved, chance) == reason


def test_who_is_never_asked_and_why(survey: int, resolved: Ticket, manager: Actor) -> None:
    customer = Customer.objects.get(pk=resolved.customer_id)
    Ticket.objects.filter(pk=resolved.pk).update(origin=Origin.IMPORT)
    assert plan(survey, resolved) == "imported"
    Ticket.objects.filter(pk=resolved.pk).update(origin=Origin.LIVE)
    Customer.objects.filter(pk=customer.pk).update(is_internal=True)
    assert plan(survey, resolved) == "internal"
    Customer.objects.filter(pk=customer.pk).update(is_internal=False, email="")
    assert plan(survey, resolved) == "no_address"
    Customer.objects.filter(pk=customer.pk).update(email=customer.email)
    tag = Tag.objects.create(name="spam")
    resolved.tags.add(tag)
    assert plan(survey, resolved) == "spam"
    resolved.tags.clear()
    silence = Silence.objects.create(customer=customer, since=NOW)
    assert plan(survey, resolved) == "silent"
    silence.delete()
    rule(manager, survey, channels=("chat",))
    assert plan(survey, resolved) == "outside"
    rule(manager, survey)
    assert plan(survey, resolved) == ""


def test_nobody_is_asked_twice_within_the_quarantine_of_any_survey(asked: Invitation, manager: Actor) -> None:
    second = resolve(open_for(customer_id=asked.customer_id, queue_id=asked.queue_id), NOW + 2 * HOUR)
    other = surveys.begin(actor=manager, kind="nps", name="Recommend", now=NOW)
    surveys.move(actor=manager, survey_id=other, state="running", now=NOW)
    assert plan(other, second) == "quarantine"
    later = NOW + 31 * DAY
    assert asking.plan(survey_id=other, ticket_id=second.pk, chance=0.0, at=later, now=later) == ""


def test_what_changes_before_the_mail_leaves_is_heeded(survey: int, resolved: Ticket) -> None:
    plan(survey, resolved)
    desk.move(actor=system_actor(), ticket_id=resolved.pk, move="reopen", reason="Not there", now=NOW + 2 * HOUR)
    assert asking.ask_due(now=NOW + 4 * HOUR) == 0
    row = Invitation.objects.get()
    assert (row.state, row.reason) == ("dropped", "reopened")


def test_a_dry_run_says_who_would_be_asked_and_asks_nobody(survey: int, resolved: Ticket, manager: Actor) -> None:
    [judged] = queries.dry_run(actor=manager, survey_id=survey, now=NOW + DAY)
    assert (judged.number, judged.words) == (resolved.number, "Would be asked")
    rule(manager, survey, kinds=("complaint",))
    [judged] = queries.dry_run(actor=manager, survey_id=survey, now=NOW + DAY)
    assert judged.words == "The queue, type or channel is not asked"
    assert not Invitation.objects.exists()


def test_reading_a_link_keeps_nothing_and_one_press_keeps_the_score(page: Address, customer: Client) -> None:
    shown = customer.get(page(4))
    assert 'value="4" checked' in shown.content.decode()
    customer.head(page(4))
    assert Invitation.objects.get().score is None
    assert customer.post(page(4), {"score": "4"}).status_code == 302
    row = Invitation.objects.get()
    assert (row.score, row.answered_at, row.finished_at) == (4, NOW + DAY, None)
    customer.post(page(4), {"score": "4", "rest": "1", "keys": "why", "a_why": "Quick"})
    row.refresh_from_db()
    assert (row.answers, row.finished_at) == ({"why": "Quick"}, NOW + DAY)
    assert "Thank you" in customer.get(page(1)).content.decode()


def test_the_page_is_small_asks_for_nothing_but_css_and_names_nobody(page: Address, customer: Client) -> None:
    shown = customer.get(page(3))
    text = shown.content.decode()
    assert len(shown.content) < 8_000
    assert "<script" not in text
    assert text.count("stylesheet") == 2
    assert ("Dev" in text, "parcel" in text) == (False, False)
    assert shown.headers["Referrer-Policy"] == "same-origin"


def test_an_answer_can_be_changed_until_the_survey_ends(
    page: Address, customer: Client, manager: Actor, survey: int
) -> None:
    customer.post(page(5), {"score": "5"})
    customer.post(page(2), {"score": "2"})
    assert Invitation.objects.get().score == 2
    surveys.move(actor=manager, survey_id=survey, state="ended", now=NOW + DAY)
    assert customer.post(page(4), {"score": "4"}).status_code == 404
    assert Invitation.objects.get().score == 2


def test_a_made_up_link_and_one_that_is_over_read_alike(
    asked: Invitation, customer: Client, page: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up = customer.get("/help/survey/made-up").content.decode()
    monkeypatch.setattr("wellserved.platform.clock.now", lambda: NOW + 40 * DAY)
    over = customer.get(page(4)).content.decode()
    assert "This link is no longer valid" in made_up
    assert "This link is no longer valid" in over


def test_a_score_off_the_scale_says_what_would_work(page: Address, customer: Client) -> None:
    answer = customer.post(page(4), {"score": "6"})
    assert (answer.status_code, "Choose a score from 1 to 5." in answer.content.decode()) == (422, True)


def test_questions_branch_on_the_score(page: Address, customer: Client, manager: Actor, survey: int) -> None:
    surveys.add_question(
        actor=manager, survey_id=survey, kind="choice", text="What first?", options=["Speed", "Words"],
        condition="at_most", value="2", now=NOW,
    )  # fmt: skip
    assert list(SurveyVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    Invitation.objects.update(number=2)
    customer.post(page(5), {"score": "5"})
    assert "What first?" not in customer.get(page(5)).content.decode()
    customer.post(page(1), {"score": "1"})
    assert "What first?" in customer.get(page(5)).content.decode()


def test_a_low_score_waits_on_the_owners_today_until_somebody_says_what_was_done(
    page: Address, customer: Client, amira: Persona, manager: Actor
) -> None:
    customer.post(page(1), {"score": "1"})
    row = FollowUp.objects.get()
    assert (row.reason, row.owner_id, row.due_at) == ("low", amira.user.pk, NOW + 2 * DAY)
    assert follow_ups.news(actor=manager, now=NOW + DAY)[0] == 1
    assert "A customer waits to be spoken to" in amira.client.get("/").content.decode()
    with pytest.raises(Invalid, match="Say what was done"):
        following.close(actor=manager, follow_up_id=row.pk, done=" ", now=NOW + DAY)
    amira.client.post(f"/follow-ups/{row.pk}", {"done": "Rang and sent a new one", "version": 1})
    assert "A customer waits to be spoken to" not in amira.client.get("/").content.decode()


def test_a_wish_to_be_called_opens_a_follow_up_of_a_high_score_too(page: Address, customer: Client) -> None:
    customer.post(page(5), {"score": "5"})
    assert not FollowUp.objects.exists()
    customer.post(page(5), {"score": "5", "rest": "1", "keys": "why", "a_why": "", "wants_call": "on"})
    assert FollowUp.objects.get().reason == "call"


def test_whoever_asks_not_to_be_asked_is_left_alone(page: Address, customer: Client, asked: Invitation) -> None:
    customer.post(page(5), {"act": "silence"})
    assert Silence.objects.get().customer_id == asked.customer_id


def test_staff_cannot_answer_for_a_customer(page: Address, ben: Persona) -> None:
    assert ben.client.post(page(5), {"score": "5"}).status_code == 403
    assert Invitation.objects.get().score is None


def test_too_few_answers_give_no_score(asked: Invitation, page: Address, customer: Client, manager: Actor) -> None:
    customer.post(page(5), {"score": "5"})
    found = results.results(actor=manager, survey_id=asked.survey_id, now=NOW + DAY)
    assert (found.figure.asked, found.figure.answered, found.figure.score) == (1, 1, None)
    assert found.figure.reason == "Too few answers for a score: 1, where 10 are needed."
    assert [part.is_hidden for part in found.queues] == [True]


@pytest.mark.parametrize(
    ("kind", "scores", "expected"),
    [("csat", [5] * 4 + [2], (80.0, 37.6, 96.4)), ("nps", [10] * 65 + [8] * 10 + [3] * 25, (40.0, 22.2, 55.4))],
)
def test_scores_carry_their_intervals(
    survey: int, manager: Actor, kind: str, scores: list[int], expected: tuple[float, float, float]
) -> None:
    pk = surveys.begin(actor=manager, kind=kind, name=f"Of {kind}", now=NOW)
    rule(manager, pk, fewest=5, low_at=2)
    row = queries.survey(actor=manager, survey_id=pk)
    found = results.figure(row, [("Parcels", "A", score) for score in scores])
    assert (found.score, round(found.low or 0, 1), round(found.high or 0, 1)) == expected


def test_words_go_when_a_customer_is_forgotten_and_figures_stay(
    page: Address, customer: Client, ada: Persona, asked: Invitation, manager: Actor
) -> None:
    customer.post(page(1), {"score": "1", "rest": "1", "keys": "why", "a_why": "I am Dev of Mill Lane"})
    following.take_down(
        actor=manager, kind="remark", source="verbal", words="Dev said so", customer_id=asked.customer_id, now=NOW
    )
    desk.forget_customer(actor=actor_for(user=ada.user), customer_id=asked.customer_id, reason="She asked", now=NOW)
    row = Invitation.objects.get()
    assert (row.score, row.answers, Feedback.objects.get().words) == (1, {}, "erased")


def test_feedback_of_a_foreign_ticket_is_refused_at_the_field(manager: Actor) -> None:
    with pytest.raises(Invalid, match="There is no such ticket"):
        following.take_down(actor=manager, kind="remark", source="verbal", words="Hm", ticket_number=1, now=NOW)
