"""The sample service is walked by its links: no page is farther than three clicks from Today, no register is empty."""

import contextlib
import datetime as dt
import html
import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve

from tests.access.engine import ABSENT, ROUTES, Route, policy_at
from tests.sample import loaded
from wellserved.apps.accounts import leading
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.queries import actor_for
from wellserved.apps.accounts.types import STAFF_ROLES, Role
from wellserved.apps.development.queries import pulse
from wellserved.apps.ledger import subjects
from wellserved.platform import clock
from wellserved.platform.origin import Origin

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("reach"), pytest.mark.timeout(900)]

DAYS = 20
CLICKS = 3
# Of pages that differ by a number or a filter alone, so many are opened in search of links.
EXAMPLES = 3
HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
EMPTY = 'class="empty'
# allauth's own pages: they come up when somebody signs in, or when what she has set up asks for them.
SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid_connect_", "accounts:accept_invitation")
# Parts of a page, files and programs' answers: nothing a person goes to.
PARTS = frozenset(
    {
        "healthz",
        "ledger:file",
        "ledger:live",
        "web:palette",
        "web:set_up_line",
        "web:today_live",
        "desk:news",
        "desk:thread",
    }
)
# Pages that begin with what somebody has just chosen or sent, and so have no link that leads to them.
LATER_STEPS = {
    "desk:bulk": "tickets ticked in the inbox",
    "desk:new_notice": "tickets ticked in the inbox",
    "web:allocate": "the plan chosen on the page of a resource",
    "imports:show": "a file sent in; the sample was never imported",
    "imports:progress": "a file sent in; the sample was never imported",
    "imports:rejected": "a file sent in; the sample was never imported",
    "imports:download_mapping": "a file sent in; the sample was never imported",
}
BY_MAIL = frozenset(
    {"voice:answer", "web:help_comfort", "web:help_follow", "web:help_file", "web:help_partner", "ledger:signed_file"}
)
# Open to everybody, and of the service's own data rather than the sample's.
UNPUBLISHED = {
    "web:promises": "the page of help leads there once a manager has published it",
    "web:errors": "every error of the API leads there",
}
# Registers that are rightly empty for the manager of the sample.
ALONE = {
    "/inbox": "says beside the list that no ticket is chosen",
    "/import": "the sample was never imported",
    "/mailbox": "the sample sends no mail",
    "/me": "she has made no token for a program",
    "/docs/components": "shows an empty state as one of the parts",
    "/development/coaching": "her people are coached by their leaders",
    "/my-work": "what she agreed to do stands there; no role pack and no skill is hers",
}
# Who decides nothing and has asked for nothing sees the list of approvals alone.
NO_APPROVAL = (Role.AGENT, Role.TEAM_LEADER, Role.ANALYST)
# Pages of records that are not everybody's, and of which kind: nobody arrives at one she may not see.
RECORDS = {
    "people:candidate": "people.candidate",
    "development:case": "development.conflict_case",
    "development:coaching": "development.coaching",
    "development:contest": "development.contest",
    "development:observation": "development.observation",
    "development:plan": "development.plan",
    "development:plan_new": "development.need",
    "development:review": "development.review",
    "development:review_pack": "development.review",
    "development:talk": "development.one_to_one",
    "voice:follow_up": "voice.follow_up",
}
MANY = range(1, 2_000)
# Begun with somebody whom one leads.
WITH_SOMEBODY = frozenset({"development:coaching_new", "development:observation_new", "development:review_new"})


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dt.datetime]:
    with (
        django_db_blocker.unblock(),
        loaded(tmp_path_factory.mktemp("var"), now=clock.now(), days=DAYS, is_today=True) as now,
    ):
        yield now


class Walker:
    """Somebody who follows every link from her first page and counts her clicks."""

    def __init__(self, role: str = "") -> None:
        self.client, self.actor = Client(), None
        if role:
            user = User.objects.filter(origin=Origin.SAMPLE, role=role, is_active=True).order_by("pk")[0]
            self.actor = actor_for(user=user)
            self.client.force_login(user)
        self.clicks: dict[str, int] = {}
        self.empty: set[str] = set()
        self._met: dict[str, set[str]] = {}

    def walk(self, first: str) -> None:
        """Follow the links breadth first, so that the first arrival at a kind of page is the shortest."""
        nearest = [address for address in [first] if self._arrive(address, 0)]
        for clicks in range(1, CLICKS + 1):
            links = dict.fromkeys(link for address in nearest for link in self._links(address))
            nearest = [link for link in links if self._arrive(link, clicks)]

    def _arrive(self, address: str, clicks: int) -> bool:
        """Note a page, and say whether another example of its kind is worth opening."""
        path, _, query = address.partition("?")
        try:
            key = resolve(path).view_name
        except Resolver404:
            return False
        self.clicks.setdefault(key, clicks)
        kind = " ".join([key, *sorted(pair.partition("=")[0] for pair in query.split("&"))])
        met = self._met.setdefault(kind, set())
        is_new = address not in met and len(met) < EXAMPLES
        met.add(address)
        return is_new

    def _links(self, address: str) -> Iterator[str]:
        page = self.client.get(address)
        if page.streaming or not page["Content-Type"].startswith("text/html"):
            return
        text = page.content.decode()
        if EMPTY in text:
            self.empty.add(address)
        for href in HREF.findall(text):
            link = urldefrag(urljoin(address, html.unescape(href))).url
            if link.startswith("/"):
                yield link


def address_of(route: Route) -> str:
    """Return an address of the route, of a record that is not there."""
    for values in itertools.product((ABSENT, "absent"), repeat=len(route.arguments)):
        with contextlib.suppress(NoReverseMatch):
            return route.address(dict(zip(route.arguments, values, strict=True)))
    raise AssertionError(route.key)


def pages_of(walker: Walker, *, kinds: frozenset[str]) -> set[str]:
    """Return the pages whose policy is one of these kinds and admits this person; what takes posts alone is none."""
    found = set()
    for route in ROUTES:
        address = address_of(route)
        policy = policy_at(address)
        if (
            not route.path.startswith("api/")
            and not route.key.startswith(SIGN_IN)
            and policy is not None
            and policy.kind in kinds
            and (walker.actor is None or policy.admits(walker.actor))
            and (route.key in walker.clicks or walker.client.get(address).status_code != 405)
        ):
            found.add(route.key)
    return found - PARTS - LATER_STEPS.keys() - BY_MAIL


def not_hers(walker: Walker) -> set[str]:
    """Return the pages of records of which this person may see none, and of what she can begin with nobody."""
    actor = walker.actor
    found = {key for key, kind in RECORDS.items() if not subjects.visible_ids(actor=actor, kind=kind, ids=MANY)}
    found |= {"ledger:approval"} if actor.role in NO_APPROVAL else set()
    running = pulse.open_pulse(actor=actor)
    found |= {"development:pulse_answer"} if running is None or running.has_answered else set()
    return found | (set() if leading.led_ids(actor=actor) else WITH_SOMEBODY)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_page_stands_within_three_clicks_of_today(sample: dt.datetime, role: str) -> None:
    walker = Walker(role)
    walker.walk("/")
    pages = pages_of(walker, kinds=frozenset({"capability", "signed_in"}))
    assert pages - walker.clicks.keys() == not_hers(walker) & pages
    assert walker.clicks.keys() & not_hers(walker) == set()


def test_what_is_open_to_everybody_stands_within_three_clicks_of_asking_for_help(sample: dt.datetime) -> None:
    walker = Walker()
    walker.walk("/help")
    pages = pages_of(walker, kinds=frozenset({"public"}))
    assert pages - walker.clicks.keys() == UNPUBLISHED.keys()


def test_no_register_of_the_sample_is_empty(sample: dt.datetime) -> None:
    walker = Walker(Role.MANAGER)
    walker.walk("/")
    registers = {address for address in walker.empty if "?" not in address and not resolve(address).kwargs}
    assert registers == ALONE.keys()
