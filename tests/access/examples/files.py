"""Examples of the files that come with messages."""

import pathlib

from tests.access.engine import OTHER_CUSTOMER, OTHER_TEAM, OTHER_WORLD, OWN, Example, Kind, Ref, Scene
from tests.access.examples.desk import house, origin_of, ticket_of
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.desk.models import Message
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import File


def make_file(scene: Scene, placement: str, *, kind: str) -> int:
    """Return the file of a message on an issue: the customer's own words, or the note on it."""
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
