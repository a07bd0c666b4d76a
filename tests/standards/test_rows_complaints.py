"""Criteria on complaints and the law, alive: something is done through a screen and something else changes by it."""

import datetime as dt
import pathlib
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.personas import NOW
from wellserved.apps.accounts.models import User
from wellserved.apps.desk.models import Complaint, ComplaintClock, Message, Ticket
from wellserved.apps.desk.types.complaints import Stage
from wellserved.apps.standards.models import Obligation, RulePack
from wellserved.demo import service
from wellserved.platform import clock
from wellserved.science.calendars import add_business_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(sample_of_today: dt.datetime, db: None) -> Client:
    """Return the browser of the sample's service manager, with the sample as it stands now."""
    return signed_in("amara@larkfield.example")


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def plain_ticket() -> Ticket:
    return Ticket.objects.filter(complaint=None, kind="request").order_by("pk").first()  # type: ignore[return-value]


def complain(manager: Client, pack: str, *, received: str = "") -> Complaint:
    number = plain_ticket().number
    manager.post(f"/c/{number}/complaint", {"pack": RulePack.objects.get(key=pack).pk, "received_at": received})
    return Complaint.objects.get(ticket__number=number)


def test_F17_C2_a_complaint_shows_the_policy_version_in_force_on_its_open_date(manager: Client) -> None:
    before = Complaint.objects.order_by("pk").first()
    assert before is not None
    due = before.clocks.get(key="answer").due_on
    text = pathlib.Path(service.__file__).parents[1] / "apps/standards/packs/iso-10002.toml"
    changed = text.read_text().replace("count = 20", "count = 15")
    manager.post("/law/packs", {"file": upload(changed), "reason": "We answer sooner"})
    after = complain(manager, "iso.10002")
    assert "ISO 10002, version 2" in html_of(manager, f"/complaints/{after.pk}")
    assert "ISO 10002, version 1" in html_of(manager, f"/complaints/{before.pk}")
    page = f"/complaints/{before.pk}/record"
    manager.post(page, {"summary": "Told again", "version": before.version})
    assert ComplaintClock.objects.get(complaint=before, key="answer").due_on == due
    assert after.clocks.get(key="answer").due_on == expected_due(after, days=15)


def expected_due(complaint: Complaint, *, days: int) -> dt.date:
    return add_business_days(complaint.received_on, days, {dt.date.fromisoformat(day) for day in complaint.holidays})


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("pack.toml", text.encode())


def test_F17_I1_a_sector_pack_brings_clocks_and_templates_and_an_overdue_review_shows_on_today(
    manager: Client,
) -> None:
    assert not RulePack.objects.filter(key="uk.ofgem").exists()
    manager.post("/law/packs", {"offered": "uk-ofgem.toml"})
    complaint = complain(manager, "uk.ofgem")
    html = html_of(manager, f"/complaints/{complaint.pk}")
    assert ["Deadlock or eight-week letter" in html, "regulation 6" in html] == [True, True]
    duty = Obligation.objects.get(pack__key="uk.ofgem", pack_key="record")
    assert duty.title not in html_of(manager, "/")
    fields = {"title": duty.title, "summary": duty.summary, "kind": "law", "review_on": "2020-01-01", "version": 1}
    manager.post(f"/law/{duty.pk}/edit", fields)
    assert "A duty is past its review date." in html_of(manager, "/")
    manager.post(f"/law/{duty.pk}/review", {"finding": "Kept", "next_on": "2099-01-01"})
    assert "past its review date" not in html_of(manager, "/")


def test_POC_P19_a_complaint_about_to_pass_eight_weeks_alerts_with_its_template(manager: Client) -> None:
    manager.post("/law/packs", {"offered": "uk-fca-disp.toml"})
    Complaint.objects.exclude(stage=Stage.CLOSED).update(closed_at=clock.now(), stage=Stage.CLOSED)
    assert "about to pass the time" not in html_of(manager, "/")
    long_ago = clock.now() - dt.timedelta(days=53)
    Ticket.objects.filter(pk=plain_ticket().pk).update(opened_at=long_ago)
    complaint = complain(manager, "uk.fca.disp", received=timezone.localtime(long_ago).strftime("%Y-%m-%dT%H:%M"))
    letter = f"/complaints/{complaint.pk}/letters/holding"
    assert f'href="{letter}"' in html_of(manager, "/")
    draft = html_of(manager, letter)
    assert ["eight weeks have passed" in draft, "Financial Ombudsman Service" in draft] == [True, True]
    body = re.sub(r"\[\[.*?\]\]", "we await the bank", letter_text(draft))
    answer = manager.post(letter, {"body": body, "do": "send", "version": complaint.version})
    assert answer.status_code == 302
    assert "about to pass the time" not in html_of(manager, "/")
    assert Message.objects.filter(ticket=complaint.ticket, kind="reply").latest("pk").body == body.strip()


def letter_text(html: str) -> str:
    found = re.search(r"<textarea[^>]*name=\"body\"[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_POC_K16_the_law_that_concerns_a_role_is_found_by_it(manager: Client) -> None:
    manager.post("/law/packs", {"offered": "uk-ofgem.toml"})
    agent = signed_in("ben@larkfield.example")
    mine = html_of(agent, "/law?role=agent")
    analysts = html_of(agent, "/law?role=analyst")
    title = "Publish once a year how many were not resolved by the next working day"
    assert [title in mine, title in analysts] == [False, True]
    assert "Record each complaint on receipt, electronically" in mine


def test_F11_K12_a_duty_is_known_by_those_it_concerns_and_the_manager_sees_who(manager: Client) -> None:
    duty = Obligation.objects.get(pack__key="iso.10002", pack_key="known")
    agent = signed_in("ben@larkfield.example")
    assert "Nobody has said so yet" in html_of(manager, f"/law/{duty.pk}")
    agent.post(f"/law/{duty.pk}/attest")
    assert "Ben Dahl" in html_of(manager, f"/law/{duty.pk}")


def test_U34_A1_4i_an_arbitrators_decision_is_recorded_and_closes_the_complaint(manager: Client) -> None:
    complaint = complain(manager, "iso.10002")
    path = f"/complaints/{complaint.pk}/outside"
    given = {"kind": "arbitration", "body": "Trade board", "person": "R. Stone", "is_binding": "on"}
    manager.post(path, given)
    case = complaint.outside.get()
    assert f"/complaints/{complaint.pk}" in html_of(manager, "/complaints?view=open")
    manager.post(f"{path}/{case.pk}", {"decision": "A refund of 40 pounds"})
    assert f'href="/complaints/{complaint.pk}"' not in html_of(manager, "/complaints?view=open")
    assert "A refund of 40 pounds" in html_of(manager, f"/complaints/{complaint.pk}")


def test_U34_A1_4j_a_mediation_ends_with_a_signed_agreement_and_not_without(manager: Client) -> None:
    complaint = complain(manager, "iso.10002")
    path = f"/complaints/{complaint.pk}/outside"
    manager.post(path, {"kind": "mediation", "body": "Local board", "person": "M. Hale"})
    case = complaint.outside.get()
    assert manager.post(f"{path}/{case.pk}", {"decision": "A new sofa"}).status_code == 422
    manager.post(f"{path}/{case.pk}", {"decision": "A new sofa", "signed_on": NOW.date().isoformat()})
    assert "signed 3 Mar 2026" in html_of(manager, f"/complaints/{complaint.pk}")
    assert Complaint.objects.get(pk=complaint.pk).stage == Stage.CLOSED
