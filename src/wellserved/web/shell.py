"""What every page is given: navigation for the role, theme, world and who is signed in."""

import dataclasses
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wellserved.apps.accounts import policies
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.ledger.queries.discussion import count_new_mentions
from wellserved.platform import clock
from wellserved.platform.origin import World
from wellserved.platform.ui.types import Account, MenuLink, NavGroup, NavItem

WORLDS = {World.SAMPLE: "Sample service", World.REAL: "Your data"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the navigation: shown when its route exists and the role has one of its capabilities."""

    label: str
    route: str
    icon: str
    group: str
    capability: str
    shortcut: str = ""
    under: tuple[str, ...] = ()


PAGES = (
    Page(label="Today", route="web:today", icon="today", group="Run", capability=policies.READ_TODAY, shortcut="g t"),
    Page(
        label="Inbox",
        route="desk:inbox",
        icon="inbox",
        group="Run",
        capability=policies.READ_TICKETS,
        shortcut="g i",
        under=("/c/",),
    ),
    Page(
        label="Customers",
        route="desk:customers",
        icon="user",
        group="Run",
        capability=policies.READ_CUSTOMERS,
        shortcut="g c",
    ),
    Page(
        label="Standards",
        route="web:standards",
        icon="standards",
        group="Plan",
        capability=policies.READ_STANDARDS,
        shortcut="g s",
    ),
    Page(
        label="People",
        route="people:people",
        icon="people",
        group="Plan",
        capability=policies.READ_PEOPLE,
        shortcut="g p",
    ),
    Page(label="Import", route="imports:imports", icon="import", group="House", capability=policies.IMPORT),
    Page(label="History", route="ledger:history", icon="evidence", group="House", capability=policies.READ_LEDGER),
    Page(label="Mail", route="mailbox", icon="mail", group="House", capability=policies.READ_LEDGER),
    Page(label="Settings", route="web:settings", icon="settings", group="House", capability=policies.EDIT_STANDARDS),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame around every page."""
    actor: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get("theme", "")
    context: dict[str, Any] = {
        "actor": actor,
        "theme": theme if theme in ("light", "dark") else "",
        "nav": (),
        "account": None,
        "worlds": (),
        "new_mentions": 0,
        "in_sample": False,
        "top_parts": ("web/_top.html",),
        "notice_parts": ("web/_notice.html",),
    }
    if actor is None:
        return context
    staff = actor.role in STAFF_ROLES
    return context | {
        "shortcuts_off": not actor.shortcuts,
        "nav": build_nav(actor, path=request.path) if staff else (),
        "account": Account(
            name=actor.name,
            role=str(Role(actor.role).label),
            menu=_menu(staff=staff),
            sign_out_url=find_url("account_logout"),
        ),
        "worlds": [{"value": w.value, "label": label, "current": w == actor.world} for w, label in WORLDS.items()]
        if staff
        else (),
        "new_mentions": count_new_mentions(actor=actor) if staff else 0,
        "in_sample": staff and actor.world == World.SAMPLE,
    }


def pages_for(actor: Actor) -> list[tuple[Page, str]]:
    """Return the pages this person may open, with their addresses."""
    known = ((page, find_url(page.route)) for page in PAGES if actor.can(page.capability))
    return [(page, url) for page, url in known if url]


def build_nav(actor: Actor, *, path: str) -> tuple[NavGroup, ...]:
    """Return the navigation in its groups; the inbox carries the number of open issues that are hers."""
    counts = {"desk:inbox": _inbox_count(actor)} if actor.can(policies.READ_TICKETS) else {}
    groups: dict[str, list[NavItem]] = {}
    for page, url in pages_for(actor):
        here = path == url or (url != "/" and path.startswith(f"{url}/")) or path.startswith(page.under or ("\0",))
        item = NavItem(
            label=page.label,
            url=url,
            icon=page.icon,
            current=here,
            count=counts.get(page.route),
            shortcut=page.shortcut,
        )
        groups.setdefault(page.group, []).append(item)
    return tuple(NavGroup(label=label, items=tuple(items)) for label, items in groups.items())


def _inbox_count(actor: Actor) -> int:
    counts = desk_queries.view_counts(actor=actor, now=clock.now())
    return counts["my_open"] if actor.role == Role.AGENT else counts["all_open"]


def _menu(*, staff: bool) -> tuple[MenuLink, ...]:
    known = [
        MenuLink(label="Mentions", url=find_url("ledger:mentions") if staff else "", icon="mail"),
        MenuLink(label="Your account", url=find_url("accounts:me") or find_url("account_change_password"), icon="user"),
        MenuLink(label="Two-step sign-in", url=find_url("mfa_index"), icon="lock"),
    ]
    return tuple(link for link in known if link.url)


def find_url(route: str) -> str:
    """Return the address of a route, or nothing while this installation has no such page."""
    try:
        return reverse(route) if route else ""
    except NoReverseMatch:
        return ""
