"""The resources, put together."""

from collections.abc import Iterator

from ninja import NinjaAPI
from ninja.operation import PathView

from wellserved import __version__
from wellserved.api import (
    approvals,
    briefings,
    calendars,
    catalogue,
    commitments,
    complaints,
    customers,
    discussion,
    escalations,
    files,
    guidelines,
    guiding,
    imports,
    keeping,
    law,
    learning,
    ledger,
    me,
    measures,
    meetings,
    messages,
    offer,
    overview,
    people,
    roles,
    standards,
    teamwork,
    tickets,
    voice,
    watching,
)
from wellserved.api.problems import handle_errors
from wellserved.api.reading import StrictJson

api = NinjaAPI(
    title="Wellserved",
    version=__version__,
    description="Everything the pages of Wellserved do, for programs: the same rules, the same records.",
    openapi_url=None,
    docs_url=None,
    parser=StrictJson(),
    urls_namespace="api",
)
api.add_router("/tickets", tickets.router)
api.add_router("/tickets", messages.router)
api.add_router("/tickets", files.of_ticket)
api.add_router("/tickets", escalations.of_ticket)
api.add_router("/tickets", ledger.of_ticket)
api.add_router("/tickets", teamwork.of_ticket)
api.add_router("/tickets", keeping.of_ticket)
api.add_router("/referrals", keeping.router)
api.add_router("/silences", keeping.silences)
api.add_router("/notices", keeping.told)
api.add_router("/collaborators", teamwork.collaborators)
api.add_router("/solutions", teamwork.solutions)
api.add_router("/files", files.router)
api.add_router("/comments", discussion.router)
api.add_router("/escalations", escalations.router)
api.add_router("/complaints", complaints.router)
api.add_router("/law", law.router)
api.add_router("/promises", messages.promises)
api.add_router("/views", catalogue.views)
api.add_router("/customers", customers.router)
api.add_router("/organisations", customers.organisations)
api.add_router("", catalogue.router)
api.add_router("/guidelines", guidelines.router)
api.add_router("/policies", standards.router)
api.add_router("/calendars", calendars.router)
api.add_router("/standards", commitments.router)
api.add_router("/partners", commitments.partners)
api.add_router("/segments", offer.segments)
api.add_router("/expectations", offer.expectations)
api.add_router("/services", offer.services)
api.add_router("/vision", offer.vision)
api.add_router("/objectives", offer.objectives)
api.add_router("/people", people.router)
api.add_router("/teams", people.teams)
api.add_router("/skills", people.skills)
api.add_router("/limits", people.limits)
api.add_router("/roles", roles.router)
api.add_router("/gaps", roles.gaps)
api.add_router("/skills", roles.skills)
api.add_router("/queues", roles.queues)
api.add_router("/people", roles.adjusting)
api.add_router("/me/work", roles.work)
api.add_router("/briefings", briefings.router)
api.add_router("/understanding", briefings.understood)
api.add_router("/imports", imports.router)
api.add_router("/watched-folders", watching.router)
api.add_router("/approvals", approvals.router)
api.add_router("/today", overview.router)
api.add_router("/ledger", ledger.router)
api.add_router("/measures", measures.router)
api.add_router("/learning-needs", learning.router)
api.add_router("/learning-plans", learning.plans)
api.add_router("/courses", learning.courses)
api.add_router("/training", learning.events)
api.add_router("/support-slots", learning.slots)
api.add_router("/one-to-ones", guiding.talks)
api.add_router("/coaching", guiding.coaching)
api.add_router("/observations", guiding.observations)
api.add_router("/reviews", guiding.reviews)
api.add_router("/meetings", meetings.router)
api.add_router("/meeting-results", meetings.results)
api.add_router("/opportunities", meetings.opportunities)
api.add_router("/decisions", meetings.decisions)
api.add_router("/me/weeks", meetings.weeks)
api.add_router("/me/recorded", guiding.about_me)
api.add_router("/me", me.router)
api.add_router("/me/mentions", discussion.mentions)
api.add_router("/thanks", voice.thanks)
api.add_router("/suggestions", voice.suggestions)
api.add_router("/consultations", voice.consultations)
api.add_router("/pulses", voice.pulses)
api.add_router("/reward-schemes", voice.schemes)
api.add_router("/team-events", voice.events)
api.add_router("/behaviours", voice.behaviours)
handle_errors(api)


def path_views(of: NinjaAPI) -> Iterator[tuple[str, PathView]]:
    """Yield every address in Django's notation with its operations."""
    for bound in of._get_bound_routers():
        for written, view in bound.path_operations.items():
            route = "/".join(part.strip("/") for part in (bound.prefix, written) if part.strip("/"))
            yield route.replace("{", "<").replace("}", ">"), view
