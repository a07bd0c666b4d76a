"""The resources, put together."""

from collections.abc import Iterator

from ninja import NinjaAPI
from ninja.operation import PathView

from wellserved import __version__
from wellserved.api import (
    calendars,
    catalogue,
    customers,
    imports,
    ledger,
    me,
    messages,
    overview,
    people,
    standards,
    tickets,
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
api.add_router("/tickets", ledger.of_ticket)
api.add_router("/promises", messages.promises)
api.add_router("/views", catalogue.views)
api.add_router("/customers", customers.router)
api.add_router("/organisations", customers.organisations)
api.add_router("", catalogue.router)
api.add_router("/policies", standards.router)
api.add_router("/calendars", calendars.router)
api.add_router("/people", people.router)
api.add_router("/teams", people.teams)
api.add_router("/skills", people.skills)
api.add_router("/limits", people.limits)
api.add_router("/imports", imports.router)
api.add_router("/today", overview.router)
api.add_router("/ledger", ledger.router)
api.add_router("/me", me.router)
handle_errors(api)


def path_views(of: NinjaAPI) -> Iterator[tuple[str, PathView]]:
    """Yield every address in Django's notation with its operations."""
    for bound in of._get_bound_routers():
        for written, view in bound.path_operations.items():
            route = "/".join(part.strip("/") for part in (bound.prefix, written) if part.strip("/"))
            yield route.replace("{", "<").replace("}", ">"), view
