"""The command palette's answers: pages, actions, tickets, customers and colleagues, each only if she may open it."""

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
    ("New ticket", "desk:new", policies.WORK_TICKETS),
    ("Add a customer", "desk:customer_new", policies.EDIT_CUSTOMERS),
    ("New standard", "web:standard_new", policies.EDIT_STANDARDS),
    ("New expectation", "web:expectation_new", policies.EDIT_STANDARDS),
    ("New segment of customers", "web:segment_new", policies.EDIT_STANDARDS),
    ("New service on offer", "web:service_new", policies.EDIT_STANDARDS),
    ("New objective", "web:objective_new", policies.EDIT_STANDARDS),
    ("Publish promises", "web:promises_publish", policies.EDIT_STANDARDS),
    ("Learning", "people:learning", policies.READ_STANDARDS),
    ("Your development", "development:home", policies.READ_STANDARDS),
    ("What is recorded about you", "development:recorded", policies.READ_STANDARDS),
    ("Training needs", "development:needs", policies.READ_STANDARDS),
    ("Training", "development:training", policies.READ_STANDARDS),
    ("One-to-ones", "development:talks", policies.READ_STANDARDS),
    ("Coaching", "development:coachings", policies.READ_STANDARDS),
    ("Observations", "development:observations", policies.READ_STANDARDS),
    ("Performance reviews", "development:reviews", policies.READ_STANDARDS),
    ("Support slots", "development:support", policies.READ_STANDARDS),
    ("New course", "development:course_new", policies.EDIT_PEOPLE),
    ("Thank a colleague", "development:thank", policies.READ_STANDARDS),
    ("Take feedback down", "voice:feedback_new", policies.WORK_TICKETS),
    ("New survey", "voice:survey_new", policies.EDIT_STANDARDS),
    ("Suggest something", "development:suggestion_new", policies.READ_STANDARDS),
    ("Pulse of the staff", "development:pulse", policies.READ_STANDARDS),
    ("Ask for help with a conflict", "development:case_new", policies.READ_STANDARDS),
    ("Plan a team event", "development:team_event_new", policies.EDIT_PEOPLE),
    ("Arrange a meeting", "development:meeting_new", policies.EDIT_PEOPLE),
    ("Opportunities found in meetings", "development:opportunities", policies.READ_STANDARDS),
    ("Put down a decision", "development:decision_new", policies.EDIT_PEOPLE),
    ("New service partner", "web:partner_new", policies.EDIT_STANDARDS),
    ("New calendar", "standards:calendar_new", policies.EDIT_STANDARDS),
    ("Components of the screens", "web:components", policies.EDIT_STANDARDS),
    ("Meaning of error codes", "web:errors", policies.USE_API),
)


@require_GET
@signed_in
def answer(request: HttpRequest) -> JsonResponse:
    """Answer what matches the words, best group first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    words = request.GET.get("q", "").strip()[:100]
    found = [*_tickets(actor, words), *_customers(actor, words), *_people(actor, words)] if len(words) > 1 else []
    return JsonResponse([*found, *_pages(actor, words), *_commands(actor, words)], safe=False)


def _matches(label: str, words: str) -> bool:
    return all(word in label.lower() for word in words.lower().split())


def _pages(actor: Actor, words: str) -> list[dict[str, Any]]:
    """Return the pages of the navigation; what stands inside them comes up once somebody asks for it."""
    pages = shell.pages_for(actor)
    places = [(page.label, url, page.shortcut) for page, url in pages]
    if words:
        places += [(link.label, link.url, "") for page, _ in pages for link in shell.links_inside(actor, page)]
    return [
        {"label": label, "url": url, "group": "Go to", "keys": keys}
        for label, url, keys in places
        if _matches(label, words)
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


def _tickets(actor: Actor, words: str) -> list[dict[str, Any]]:
    if not actor.can(policies.READ_TICKETS):
        return []
    filters = InboxFilters(view="all_open", q=words.removeprefix("#"))
    page = desk_queries.inbox(actor=actor, filters=filters, cursor=None, limit=MOST, now=clock.now())
    return [
        {
            "label": f"#{row.number} {row.subject}",
            "hint": f"{row.customer} · {wording.say_status(row.status)}",
            "url": reverse("desk:conversation", args=[row.number]),
            "group": "Tickets",
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
