"""The addresses of the API: each operation behind the edge, and problem details for every other address."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from wellserved.api import edge, manual
from wellserved.api.router import api, path_views
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import public
from wellserved.platform.http.answers import problem

app_name = "api"


@csrf_exempt
@public
def nowhere(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 (the address names it)
    """Say as problem details that there is nothing at this address."""
    return problem(NotFound("There is nothing at this address. GET /api/v1/openapi.json lists every address."))


def _operations() -> Iterator[URLPattern]:
    for route, view in path_views(api):
        yield path(f"v1/{route}", edge.guard(view), name=view.operations[0].view_func.__name__)


urlpatterns = [
    path("v1/openapi.json", manual.openapi, name="openapi"),
    path("v1/docs", manual.docs, name="docs"),
    *_operations(),
    path("<path:rest>", nowhere, name="nowhere"),
]
