"""Examples of the routes of the import: it belongs to the real world and to those who may import, and to no team."""

from tests.access.engine import OWN, Example, Kind, Ref, Scene
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor
from wellserved.integrations.csv import actions
from wellserved.integrations.csv.models import Watch

LOG = b"\n".join(
    [
        b"case,time,activity",
        b"1,2026-01-05T09:00:00Z,Opened",
        b"1,2026-01-05T10:00:00Z,Reply",
        b"1,2026-01-05T11:00:00Z,Resolved",
    ]
)


def make_draft(scene: Scene, _placement: str) -> int:
    run, _ = actions.draft(
        actor=scene.people["amira"].actor, data=LOG, filename="log.csv", system="old desk", time_zone="UTC", now=NOW
    )
    return run.pk


def make_watch(_scene: Scene, _placement: str) -> int:
    return Watch.objects.create(folder="/srv/exports", system="old desk", created_at=NOW).pk


def may_import(actor: Actor, _placement: str, _key: object) -> bool:
    return actor.can("import.run")


def may_set_up(actor: Actor, _placement: str, _key: object) -> bool:
    return actor.can("settings.edit")


OBJECTS = {
    "imports.run": Kind(make=make_draft, visible=may_import, placements=(OWN,)),
    "imports.watch": Kind(make=make_watch, visible=may_set_up, placements=(OWN,)),
}

RUN = {"run_id": Ref("imports.run")}

EXAMPLES = {
    "imports:show": Example(kwargs=RUN),
    "imports:progress": Example(kwargs=RUN),
    "imports:download_mapping": Example(kwargs=RUN),
    "imports:rejected": Example(kwargs=RUN),
    "imports:save_mapping": Example(kwargs=RUN, method="POST"),
    "imports:mapping_file": Example(kwargs=RUN, method="POST"),
    "imports:start": Example(kwargs=RUN, method="POST"),
    "imports:discard": Example(kwargs=RUN, method="POST"),
    "imports:undo": Example(kwargs=RUN, method="POST"),
    "imports:stop_watch": Example(kwargs={"watch_id": Ref("imports.watch")}, method="POST"),
}
