"""The sample service gives every page of plans, resources and bids life."""

import pathlib

import pytest
from django.test import Client
from pytest_django import Settings

from wellserved.apps.accounts.models import User
from wellserved.apps.standards.models import Bid, Plan, Resource
from wellserved.demo import service
from wellserved.platform import clock

pytestmark = pytest.mark.django_db


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def plan(name: str = "Keep the promises this year") -> Plan:
    return Plan.objects.get(name=name)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(name=name))
    return client


def test_every_page_of_plans_has_life_in_the_sample(settings: Settings, tmp_path: pathlib.Path) -> None:
    settings.VAR = tmp_path
    service.load_sample(now=clock.now(), days=30)
    manager, director = signed_in("Amara Okafor"), signed_in("Frank Ellery")
    pages = ["/plans", "/plans/new", "/plans/mine", "/resources", "/resources/new", "/bids", "/bids/new"]
    pages += [f"/plans/{pk}" for pk in Plan.objects.values_list("pk", flat=True)]
    pages += [
        f"/plans/{plan().pk}/print",
        f"/plans/{plan().pk}/export.csv",
        f"/plans/{plan('The busy season').pk}/send",
    ]
    pages += [f"/resources/{pk}" for pk in Resource.objects.values_list("pk", flat=True)]
    pages += [f"/resources/{Resource.objects.earliest('pk').pk}/allocate/{plan().pk}"]
    pages += [f"/bids/{pk}" for pk in Bid.objects.values_list("pk", flat=True)]
    for section in ("objectives", "standards", "actions", "criteria", "monitoring", "budget", "sustainability"):
        pages.append(f"/plans/{plan('The busy season').pk}/shape/{section}")
    for page in pages:
        html(manager, page)
    html(director, f"/plans/{plan('Deliveries settled sooner').pk}")
