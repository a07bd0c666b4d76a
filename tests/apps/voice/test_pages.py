"""Every page of the customers' voice opens, and the lists ask a constant number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.apps.desk.conftest import NOW
from tests.personas import Persona
from wellserved.apps.accounts.types import Actor
from wellserved.apps.voice.models import Invitation
from wellserved.apps.voice.queries import follow_ups


@pytest.mark.parametrize(
    "address",
    ["/surveys", "/surveys/new", "/surveys/{}", "/surveys/{}/design", "/surveys/{}/dry-run", "/follow-ups",
     "/follow-ups?view=closed", "/feedback", "/feedback/new"],
)  # fmt: skip
def test_a_page_opens(address: str, amira: Persona, asked: Invitation) -> None:
    assert amira.client.get(address.format(asked.survey_id)).status_code == 200


def test_a_survey_is_shaped_on_its_page(amira: Persona, survey: int) -> None:
    page = f"/surveys/{survey}/design"
    rules = {
        "moment": "closed", "delay_hours": 5, "share": 40, "quarantine_days": 60, "low_at": 1, "follow_hours": 8,
        "fewest": 20,
    }  # fmt: skip
    assert amira.client.post(page, rules).status_code == 302
    assert 'value="40"' in amira.client.get(page).content.decode()
    refused = amira.client.post(page, rules | {"low_at": 5})
    assert (refused.status_code, "A low score lies from 1 to 4." in refused.content.decode()) == (422, True)


def test_the_register_of_follow_ups_takes_one_query_of_none_and_of_one(
    page: Callable[[int], str], customer: Client, manager: Actor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert follow_ups.follow_ups(actor=manager, now=NOW) == ((), None)
    customer.post(page(1), {"score": "1"})
    with django_assert_num_queries(1):
        rows, _ = follow_ups.follow_ups(actor=manager, now=NOW)
    assert [row.reason_name for row in rows] == ["Low score"]
