"""Examples of figures: they name no record, and answer from what the asker may see."""

from typing import Any

from tests.access.engine import Example, Scene
from tests.personas import NOW
from wellserved.apps.measures import actions
from wellserved.platform.origin import World


def asked(_scene: Scene) -> dict[str, Any]:
    actions.export(world=World.REAL, now=NOW)
    return {"from": "2026-03-01", "to": "2026-04-01"}


EXAMPLES = {"api:read_measure": Example(kwargs={"figure": "arrivals"}, body=asked)}
