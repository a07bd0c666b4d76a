"""The command palette's answers: pages, actions, issues, customers and colleagues, each only if she may open it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts_queries
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import queries as desk_queries
from wellserved.apps.desk import wording
from wellserved.apps.desk.types import InboxFilters
from wellserved.platform import clock
from wellserved.platform.http.access import signed_in
from wellserved.web import shell

MOST = 6
COMMANDS = (
    ("New issue", "desk:new", policies.WORK_TICKETS),
    ("Add a customer", "desk:customer_new", policies.EDIT_CUSTOMERS),
    ("New standard", "standards:policy_new", policies.EDIT_STANDARDS),
    ("New calendar", "standards:calendar_new", policies.EDIT_STANDARDS),
    ("Meaning of error codes", "web:errors", policies.USE_API),
)


@require_GET
@signed_in
def answer(request: HttpRequest) -> JsonResponse:
    """Answer what matches the words, best group first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    words = request.GET.get("q", "").strip()[:100]
    found = [*_issues(actor, words), *_customers(actor, words), *_people(actor, words)] if len(words) > 1 else []
    return JsonResponse([*found, *_pages(actor, words), *_commands(actor, words)], safe=False)


def _matches(label: str, words: str) -> bool:
    return all(word in label.lower() for word in words.lower().split())


def _pages(actor: Actor, words: str) -> list[dict[str, Any]]:
    return [
        {"label": page.label, "url": url, "group": "Go to", "keys": page.shortcut}
        for page, url in shell.pages_for(actor)
        if _matches(page.label, words)
    ]


def _commands(actor: Actor, words: str) -> list[dict[str, Any]]:
    found = []
    for label, route, capability in COMMANDS:
        if not (actor.can(capability) and _matches(label, words)):
            continue
        try:
            found.append({"label": label, "url": reverse(route), "group": "Do"})
        except NoReverseMatch:
            continue
    return found


def _issues(actor: Actor, words: str) -> list[dict[str, Any]]:
    if not actor.can(policies.READ_TICKETS):
        return []
    filters = InboxFilters(view="all_open", q=words.removeprefix("#"))
    page = desk_queries.inbox(actor=actor, filters=filters, cursor=None, limit=MOST, now=clock.now())
    return [
        {
            "label": f"#{row.number} {row.subject}",
            "hint": f"{row.customer} · {wording.say_status(row.status)}",
            "url": reverse("desk:conversation", args=[row.number]),
            "group": "Issues",
        }
        for row in page.rows
    ]


def _customers(actor: Actor, words: str) -> list[dict[str, Any]]:
    if not actor.can(policies.READ_CUSTOMERS):
        return []
    page = desk_queries.customers(actor=actor, q=words, cursor=None)
    return [
        {
            "label": row.name,
            "hint": row.email or row.organisation,
            "url": reverse("desk:customer", args=[row.id]),
            "group": "Customers",
        }
        for row in page.rows[:MOST]
    ]


def _people(actor: Actor, words: str) -> list[dict[str, Any]]:
    if not actor.can(policies.READ_PEOPLE):
        return []
    matching = [person for person in accounts_queries.staff(actor=actor) if _matches(person.name, words)]
    found = []
    for person in matching[:MOST]:
        try:
            url = reverse("people:profile", args=[person.id])
        except NoReverseMatch:
            return []
        found.append({"label": person.name, "hint": person.role, "url": url, "group": "People"})
    return found
