"""Settings: what is left to set up, the lists a service names for itself, the sample service."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.queries import names
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number
from wellserved.web import set_up, shell

TITLES = {
    "queues": ("Queues", "Where tickets of one sort wait, and the team that answers them."),
    "products": ("Products", "What a ticket can be about."),
    "places": ("Places", "Where the matter of a ticket can have happened."),
    "tags": ("Tags", "Words tickets are found by; a new one is made by using it."),
}


@require_GET
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def page(request: HttpRequest) -> HttpResponse:
    """Show the set-up list and the ways to the lists."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = set_up.read(actor=actor, now=clock.now())
    return render(
        request,
        "web/settings.html",
        {
            "found": found,
            "titles": TITLES,
            "teams_url": shell.find_url("accounts:teams"),
            "sample_load_url": shell.find_url("demo:load"),
            "sample_remove_url": shell.find_url("demo:remove"),
        },
    )


@require_GET
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """Show one list and how often each name is used."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    rows, cursor = names.read_list(actor=actor, name=name, cursor=after or None)
    context = {
        "name": name,
        "title": TITLES[name],
        "rows": rows,
        "titles": TITLES,
        "after": after,
        "next_url": f"{request.path}?{urlencode({'after': cursor})}" if cursor else "",
    }
    context["teams"] = accounts.teams(actor=actor) if name == "queues" else ()
    return render(request, "web/list.html", context)


@require_POST
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def save_entry(request: HttpRequest, name: str) -> HttpResponse:
    """Add or change a name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    words = request.POST.get("name", "")
    entry, team = (read_number(request.POST.get(field, "")) for field in ("entry", "team"))
    if name == "queues":
        desk.save_queue(
            actor=actor,
            queue_id=entry,
            name=words,
            team_id=team,
            is_default=bool(request.POST.get("is_default")),
            now=now,
        )
    elif name == "products":
        desk.save_product(actor=actor, product_id=entry, name=words, now=now)
    elif name == "places":
        desk.save_place(actor=actor, place_id=entry, name=words, now=now)
    else:
        raise NotFound("There is no such list to change.")
    messages.success(request, "Saved.")
    after = request.POST.get("after", "")
    return redirect(reverse("web:list", args=[name]) + (f"?{urlencode({'after': after})}" if after else ""))
