"""Examples of the files that come with messages."""

import functools
import pathlib

from tests.access.engine import OTHER_CUSTOMER, OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Scene
from tests.access.examples.desk import OF_TICKETS, origin_of, reads_ticket, ticket_of
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Message
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import File


def make_file(scene: Scene, placement: str, *, kind: str) -> int:
    """Return the file of a message on a ticket: the customer's own words, or the note on it."""
    message = Message.objects.get(ticket=ticket_of(scene, placement), kind=kind)
    path = f"matrix/{kind}-{placement.replace(' ', '-')}"
    location = pathlib.Path(disk.locate(path))
    location.parent.mkdir(parents=True, exist_ok=True)
    location.write_bytes(b"%PDF-1.7\n")
    return File.objects.create(
        subject_kind="desk.message",
        subject_id=message.pk,
        name=f"{kind}.pdf",
        content_type="application/pdf",
        size=9,
        sha256="0" * 64,
        path=path,
        uploaded_at=NOW,
        origin=origin_of(placement),
    ).pk


def reads_words(actor: Actor, placement: str, key: object) -> bool:
    """Dev's own tickets are those of both teams; a colleague reads what her team answers."""
    if actor.role == Role.CUSTOMER:
        return placement in (OWN, OTHER_TEAM)
    # The ticket of the other customer stands in team A's queue.
    return reads_ticket(actor, OWN if placement == OTHER_CUSTOMER else placement, key)


OBJECTS = {
    "files.words": Kind(
        make=functools.partial(make_file, kind="customer"),
        visible=reads_words,
        placements=(OWN, OTHER_TEAM, OTHER_WORLD, OTHER_CUSTOMER),
    ),
    "files.note": Kind(make=functools.partial(make_file, kind="note"), visible=reads_ticket, placements=OF_TICKETS),
}

EXAMPLES = {"web:help_file": Example(kwargs={"token": "not-a-token", "file_id": 1})}
