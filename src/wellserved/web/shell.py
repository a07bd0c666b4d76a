"""What every page is given: navigation for the role, theme, world and who is signed in."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame around every page."""
    return {"actor": getattr(request, "actor", None), "theme": request.COOKIES.get("theme", ""), "nav": []}
