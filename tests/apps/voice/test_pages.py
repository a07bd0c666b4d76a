"""Every page of the customers' voice opens, and the lists ask a constant number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.personas import Persona
from wellserved.apps.voice.models import FollowUp, Invitation


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


def test_the_register_of_follow_ups_asks_alike_of_one_and_of_none(
    page: Callable[[int], str], customer: Client, amira: Persona
) -> None:
    amira.client.get("/follow-ups")
    with CaptureQueriesContext(
        connection,
    ) as none:
        amira.client.get("/follow-ups")
    customer.post(page(1), {"score": "1"})
    with CaptureQueriesContext(connection) as one:
        amira.client.get("/follow-ups")
    assert (len(one), FollowUp.objects.count()) == (len(none), 1)
