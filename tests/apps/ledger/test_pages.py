"""The pages of the ledger, as each role meets them."""

import datetime as dt
import html
import re

import pytest

from tests.apps.ledger import world
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.policies import DECIDE
from wellserved.apps.ledger import actions, exports, queries
from wellserved.apps.ledger.actions import approvals, discussion
from wellserved.apps.ledger.models import Entry
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.platform import clock

ROW = '<li class="tl-info">'
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def sign_in(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return sign_in


def test_a_manager_reads_who_did_what_and_checks_the_chain(as_, manager):
    world.acts(manager, 3)
    actions.seal(now=world.NOW)
    page = as_(manager).get("/history").content.decode()
    assert page.count(ROW) == 3
    assert "Record 7" in page
    assert "<del>Zoë 2</del>" in page
    checked = as_(manager).post("/history/verify").content.decode()
    assert "3 acts checked: nothing was altered." in checked


def test_the_page_names_what_was_altered(as_, manager):
    world.acts(manager, 1)
    actions.seal(now=world.NOW)
    Entry.objects.update(action="test.nothing")
    assert "Entry 1 is not what was sealed." in as_(manager).post("/history/verify").content.decode()


def test_an_agent_may_not_read_the_whole_ledger(as_, agent):
    for answer in (as_(agent).get("/history"), as_(agent).get("/history.csv"), as_(agent).post("/history/verify")):
        assert answer.status_code == 403


def test_older_acts_stand_on_the_next_page_and_filters_narrow(as_, manager):
    world.acts(manager, 51)
    world.acts(manager, 1, subject_id=8)
    first = as_(manager).get("/history").content.decode()
    assert first.count(ROW) == 50
    older = html.unescape(re.search(r'href="(/history\?before=\d+)"', first)[1])
    second = as_(manager).get(older).content.decode()
    assert (second.count(ROW), "/history?before=" in second) == (2, False)
    narrowed = as_(manager).get("/history?kind=test.record&subject_id=8").content.decode()
    assert (narrowed.count(ROW), "Record 7" in narrowed) == (1, False)


def test_the_list_takes_the_same_queries_for_many(manager, django_assert_num_queries):
    world.acts(manager, 2)
    for _size in range(2):
        with django_assert_num_queries(2):
            queries.entries(actor=manager, filters=HistoryFilters())
        with django_assert_num_queries(2):
            queries.history(actor=manager, subject=(world.KIND, 7))
        world.acts(manager, 30)


def test_the_export_gives_no_spreadsheet_a_formula(as_, manager):
    actions.record(
        actor=manager, action="test.changed", subject=(world.KIND, 7), now=world.NOW, reason='=HYPERLINK("http://x")'
    )
    text = as_(manager).get("/history.csv").content.decode()
    assert '"\'=HYPERLINK(""http://x"")"' in text
    starts = "=+-@\t\r"
    assert [str(exports.safe_cell(f"{start}1"))[0] for start in starts] == ["'"] * 6
    assert exports.safe_cell(-1) == -1


def test_an_approver_decides_on_the_page(as_, agent, manager):
    now = clock.now()
    asked = approvals.request(
        actor=agent,
        purpose="test.refund",
        subject=(world.KIND, 7),
        summary="Refund 80.00",
        digest="d" * 64,
        capability=DECIDE,
        detail=[("Refund", "", "80.00")],
        expires_at=now + dt.timedelta(days=1),
        now=now,
    )
    assert "Refund 80.00" in as_(manager).get("/approvals").content.decode()
    own = as_(agent).get(f"/approvals/{asked}").content.decode()
    assert ("Withdraw the request" in own, "Your decision" in own) == (True, False)
    assert as_(agent).post(f"/approvals/{asked}/decide", {"answer": "approve"}).status_code == 403
    assert "Your decision" in as_(manager).get(f"/approvals/{asked}").content.decode()
    assert as_(manager).post(f"/approvals/{asked}/decide", {"answer": "approve"}).status_code == 302
    assert "Approved" in as_(agent).get("/approvals").content.decode()


def test_mentions_stand_on_their_page(as_, agent, manager):
    discussion.comment(actor=manager, subject=(world.KIND, 7), body="@Ada Byron **look**", now=world.NOW)
    page = as_(agent).get("/mentions").content.decode()
    assert "<strong>look</strong>" in page
    assert "Record 7" in page
    assert as_(agent).post("/mentions/seen").status_code == 302


def test_a_comment_is_written_by_form_and_leads_back_to_the_record(as_, agent):
    answer = as_(agent).post("/comments/test.record/7", {"body": "noted"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/records/7")
    assert as_(agent).post("/comments/test.record/1000", {"body": "noted"}).status_code == 404
