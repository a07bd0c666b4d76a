"""Policies of the routes third-party apps bring: a route not named here or by its own view is not served."""

from wellserved.platform.http.access import RoutePolicy

THIRD_PARTY: dict[str, RoutePolicy] = {}
