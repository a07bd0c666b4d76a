"""What every page is given: navigation for the role, theme, world and who is signed in."""

import dataclasses
import json
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Role
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.ledger.queries.discussion import count_new_mentions
from wellserved.platform import clock
from wellserved.platform.origin import World
from wellserved.platform.ui import keys
from wellserved.platform.ui.types import Account, MenuLink, NavGroup, NavItem

WORLDS = {World.SAMPLE: "Sample service", World.REAL: "Your data"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the navigation: shown when its route exists, to whoever has `capability` and not `unless`."""

    label: str
    route: str
    icon: str
    group: str
    capability: str
    shortcut: str = ""
    under: tuple[str, ...] = ()
    unless: str = ""
    inside: tuple[tuple[str, str, str], ...] = ()


# What stands one level down, folded away until somebody asks: label, route, capability.
INSIDE_INBOX = (
    ("Complaints", "desk:complaints", policies.READ_COMPLAINTS),
    ("Referrals", "desk:referrals", policies.READ_TICKETS),
    ("Whom to ask", "desk:advisers", policies.READ_TICKETS),
    ("Promises due", "desk:promises_due", policies.READ_TICKETS),
    ("Updates due", "desk:silences", policies.READ_TICKETS),
    ("Known problems", "desk:incidents", policies.READ_TICKETS),
    ("Notices", "desk:notices", policies.READ_TICKETS),
    ("Guidelines", "desk:guidelines", policies.READ_KNOWLEDGE),
    ("Mail", "mailbox", policies.READ_TICKETS),
)
INSIDE_STANDARDS = (
    ("Expectations", "web:expectations", policies.READ_STANDARDS),
    ("Segments", "web:segments", policies.READ_STANDARDS),
    ("Offer", "web:offer", policies.READ_STANDARDS),
    ("Policies and calendars", "web:policies", policies.READ_STANDARDS),
    ("Plans", "web:plans", policies.READ_PLANS),
    ("Resources", "web:resources", policies.READ_PLANS),
    ("Bids", "web:bids", policies.READ_PLANS),
    ("Your part in plans", "web:plans_mine", policies.READ_TODAY),
    ("Risks", "web:risks", policies.READ_STANDARDS),
    ("Playbooks", "web:contingencies", policies.READ_STANDARDS),
    ("Crises", "web:crises", policies.READ_STANDARDS),
    ("Vision and objectives", "web:vision", policies.READ_STANDARDS),
    ("Partners", "web:partners", policies.READ_STANDARDS),
    ("Law", "standards:law", policies.READ_STANDARDS),
    ("Guidelines", "desk:guidelines", policies.READ_KNOWLEDGE),
)
UNDER_PEOPLE = (
    "/my-work",
    "/development",
    "/briefings",
    "/checks",
    "/understanding",
    "/suggestions",
    "/consultations",
    "/pulse",
    "/recognition",
    "/rewards",
    "/team-events",
    "/cases",
    "/meetings",
    "/decisions",
    "/week",
)
INSIDE_PEOPLE = (
    ("Skills", "people:skills", policies.READ_PEOPLE),
    ("Roles", "people:roles", policies.READ_STANDARDS),
    ("My work", "web:my_work", policies.READ_STANDARDS),
    ("Development", "development:home", policies.READ_STANDARDS),
    ("Authority", "people:authority", policies.READ_PEOPLE),
    ("Teams", "accounts:teams", policies.EDIT_PEOPLE),
    ("Briefings", "development:briefings", policies.READ_STANDARDS),
    ("Understanding", "development:understanding", policies.READ_STANDARDS),
    ("Staff voice", "development:suggestions", policies.READ_PEOPLE),
    ("Thanks", "development:recognition", policies.READ_PEOPLE),
    ("Meetings", "development:meetings", policies.READ_STANDARDS),
    ("Decisions", "development:decisions", policies.READ_PEOPLE),
    ("Your week", "development:week", policies.EDIT_PEOPLE),
)
INSIDE_LISTEN = (
    ("Follow-ups", "voice:follow_ups", policies.READ_TICKETS),
    ("Feedback", "voice:feedback", policies.READ_TICKETS),
)


PAGES = (
    Page(label="Today", route="web:today", icon="today", group="Run", capability=policies.READ_TODAY, shortcut="g t"),
    Page(
        label="Inbox",
        route="desk:inbox",
        icon="inbox",
        group="Run",
        capability=policies.READ_TICKETS,
        shortcut="g i",
        under=(
            "/c/",
            "/complaints",
            "/referrals",
            "/advisers",
            "/promises-due",
            "/updates-due",
            "/notices",
            "/incidents",
            "/guidelines",
        ),
        inside=INSIDE_INBOX,
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
        under=(
            "/partners",
            "/expectations",
            "/offer",
            "/promises/",
            "/vision",
            "/law",
            "/plans",
            "/resources",
            "/bids",
            "/risks",
            "/contingencies",
            "/crises",
        ),
        inside=INSIDE_STANDARDS,
    ),
    Page(
        label="People",
        route="people:people",
        icon="people",
        group="Plan",
        capability=policies.READ_PEOPLE,
        shortcut="g p",
        under=UNDER_PEOPLE,
        inside=INSIDE_PEOPLE,
    ),
    Page(
        label="People",
        route="development:briefings",
        icon="people",
        group="Plan",
        capability=policies.READ_STANDARDS,
        shortcut="g p",
        under=UNDER_PEOPLE,
        unless=policies.READ_PEOPLE,
        inside=INSIDE_PEOPLE,
    ),
    Page(
        label="Listen",
        route="voice:surveys",
        icon="listen",
        group="Check",
        capability=policies.READ_STANDARDS,
        shortcut="g l",
        under=("/surveys", "/follow-ups", "/feedback"),
        inside=INSIDE_LISTEN,
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
        "menu_parts": ("web/_menu.html",),
        "notice_parts": ("web/_notice.html",),
    }
    if actor is None:
        return context
    staff = actor.role in STAFF_ROLES
    return context | {
        "shortcuts": _shortcuts(actor),
        "nav": build_nav(actor, path=request.path) if staff else (),
        "account": Account(
            name=actor.name,
            role=str(Role(actor.role).label),
            menu=_menu(actor, staff=staff),
            sign_out_url=find_url("account_logout"),
        ),
        "worlds": _worlds(request, actor),
        "new_mentions": count_new_mentions(actor=actor) if staff else 0,
        "in_sample": staff and actor.world == World.SAMPLE,
    }


def _worlds(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Return the worlds to choose between; where there is no choice nothing is offered."""
    open_worlds = accounts.worlds_open_to(user=request.user)
    if len(open_worlds) < 2:
        return []
    return [{"value": world.value, "label": WORLDS[world], "current": world == actor.world} for world in WORLDS]


def _shortcuts(actor: Actor) -> dict[str, str]:
    """Return what a page must know of its reader's keys."""
    return {
        "preset": actor.shortcuts,
        "map": json.dumps(keys.MAPS[actor.shortcuts]),
        "own": json.dumps(dict(actor.keys)),
        "url": find_url("accounts:keys"),
        "presets": json.dumps(keys.PRESETS),
    }


def _is_for(page: Page, actor: Actor) -> bool:
    return actor.can(page.capability) and not (page.unless and actor.can(page.unless))


def pages_for(actor: Actor) -> list[tuple[Page, str]]:
    """Return the pages this person may open, with their addresses."""
    known = ((page, find_url(page.route)) for page in PAGES if _is_for(page, actor))
    return [(page, url) for page, url in known if url]


def build_nav(actor: Actor, *, path: str) -> tuple[NavGroup, ...]:
    """Return the navigation in its groups; the inbox carries the number of open tickets that are hers."""
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
            inside=links_inside(actor, page),
        )
        groups.setdefault(page.group, []).append(item)
    return tuple(NavGroup(label=label, items=tuple(items)) for label, items in groups.items())


def links_inside(actor: Actor, page: Page) -> tuple[MenuLink, ...]:
    """Return what stands inside a page of the navigation and is no page of it itself."""
    above = {each.route for each in PAGES if actor.can(each.capability)}
    # What stands in two places stands in the first that somebody has.
    for each in PAGES[: PAGES.index(page)]:
        above |= {route for _, route, _ in each.inside} if _is_for(each, actor) else set()
    known = (
        MenuLink(label=label, url=find_url(route))
        for label, route, capability in page.inside
        if route not in above and actor.can(capability)
    )
    return tuple(link for link in known if link.url)


def _inbox_count(actor: Actor) -> int:
    view = "my_open" if actor.role == Role.AGENT else "all_open"
    return desk_queries.view_count(view, actor=actor, now=clock.now())


def _menu(actor: Actor, *, staff: bool) -> tuple[MenuLink, ...]:
    known = [
        MenuLink(label="Your profile", url=find_url("people:profile", actor.user_id) if staff else "", icon="people"),
        MenuLink(label="Mentions", url=find_url("ledger:mentions") if staff else "", icon="mail"),
        MenuLink(label="My work", url=find_url("web:my_work") if staff else "", icon="check"),
        MenuLink(label="Approvals", url=find_url("ledger:approvals") if staff else "", icon="check"),
        MenuLink(label="Staff voice", url=find_url("development:suggestions") if staff else "", icon="people"),
        MenuLink(label="Learning", url=find_url("people:learning") if staff else "", icon="evidence"),
        MenuLink(label="Your development", url=find_url("development:home") if staff else "", icon="people"),
        MenuLink(label="Recorded about you", url=find_url("development:recorded") if staff else "", icon="eye"),
        MenuLink(label="Your account", url=find_url("accounts:me") or find_url("account_change_password"), icon="user"),
        MenuLink(label="Two-step sign-in", url=find_url("mfa_index"), icon="lock"),
    ]
    return tuple(link for link in known if link.url)


def find_url(route: str, *args: Any) -> str:
    """Return the address of a route, or nothing while this installation has no such page."""
    try:
        return reverse(route, args=args) if route else ""
    except NoReverseMatch:
        return ""
