"""Fill a house for the walk over every screen, and write down beside its data which screens there are.

    python -m tests.e2e.seed_screens full | empty

The screens are the router's: every route with the address its example gives, and the roles its policy admits.
"""

import dataclasses
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be ready first)
from django.core.management import call_command  # noqa: E402

from tests.access import engine  # noqa: E402
from tests.access.engine import EXAMPLES, ROLES, ROUTES, Example, Ref, Route, Scene  # noqa: E402
from tests.e2e import seed, strangers  # noqa: E402

# One route is a stream that never ends; the others of the API answer programs, which send no cookies.
NOT_SCREENS = frozenset({"ledger:live", "api:nowhere"})


def main(*, is_full: bool) -> None:
    """Write the house and its list of screens."""
    call_command("migrate", verbosity=0)
    engine.load_examples()
    scene = Scene()
    if is_full:
        seed.fill(boss=scene.people["amira"].actor, ben=scene.people["ben"], is_default=False)
        for kind in sorted(kind for kind in engine.KINDS if not kind.startswith("api.")):
            if engine.OWN in engine.KINDS[kind].placements:
                scene.object(kind, engine.OWN)
    routes = [route for route in ROUTES if is_full or not refers(route)]
    found = [screen for route in routes for screen in screens_of(scene, route)]
    if not is_full:
        # What anybody may see shows nothing of the house, so it is the same in a full one.
        found = [screen for screen in found if "anonymous" not in screen.roles]
    if is_full:
        found += strangers.screens(scene)
    rows = [dataclasses.asdict(screen) for screen in found]
    (settings.VAR / "screens.json").write_text(json.dumps(rows), encoding="utf-8")


def refers(route: Route) -> bool:
    """Return whether the route's address names a record, which an empty house has not got."""
    return any(isinstance(value, Ref) for value in EXAMPLES.get(route.key, Example()).kwargs.values())


def screens_of(scene: Scene, route: Route) -> list[strangers.Screen]:
    """Return the route's screen, unless it is none."""
    if route.key in NOT_SCREENS or (route.path.startswith(("api/v1/", "faults/")) and route.key != "api:docs"):
        return []
    address = route.address(scene.fill(EXAMPLES.get(route.key, Example()).kwargs))
    policy = engine.policy_at(address)
    roles = [role for role in ROLES if policy and policy.kind != "closed" and policy.admits(scene.actor(role))]
    return [strangers.Screen(key=route.key, address=address, roles=tuple(roles))] if roles else []


if __name__ == "__main__":
    main(is_full=sys.argv[1:] == ["full"])
