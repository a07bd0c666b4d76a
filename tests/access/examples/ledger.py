"""Examples of the routes of the ledger, on a colleague's profile."""

import datetime as dt
import pathlib

from tests.access.engine import OTHER_WORLD, Example, Kind, Ref, Scene
from tests.access.examples.accounts import FAR, sees_staff
from tests.personas import NOW
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Approval, File, Standpoint
from wellserved.platform.origin import Origin


def origin_of(placement: str) -> str:
    return Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE


def make_approval(scene: Scene, placement: str) -> int:
    return Approval.objects.create(
        subject_kind="people.profile",
        subject_id=scene.object("accounts.staff", placement),
        purpose="people.limit",
        summary="A higher limit for one case",
        digest="0" * 64,
        capability="approvals.decide",
        requested_at=NOW,
        expires_at=FAR,
        origin=origin_of(placement),
    ).pk


def make_file(scene: Scene, placement: str) -> int:
    path = f"matrix/{placement.replace(' ', '-')}"
    location = pathlib.Path(disk.locate(path))
    location.parent.mkdir(parents=True, exist_ok=True)
    location.write_bytes(b"%PDF-1.7\n")
    return File.objects.create(
        subject_kind="people.profile",
        subject_id=scene.object("accounts.staff", placement),
        name="certificate.pdf",
        content_type="application/pdf",
        size=9,
        sha256="0" * 64,
        path=path,
        uploaded_at=NOW + dt.timedelta(minutes=1),
        origin=origin_of(placement),
    ).pk


def reads_profiles(actor: Actor, placement: str, key: object) -> bool:
    return sees_staff(actor, placement, key) and actor.can("people.read")


def has_a_part(actor: Actor, placement: str, key: object) -> bool:
    return reads_profiles(actor, placement, key) and (actor.can("approvals.decide") or actor.can("ledger.read"))


def make_standpoint(scene: Scene, placement: str) -> int:
    return Standpoint.objects.create(
        subject_kind="people.profile",
        subject_id=scene.object("accounts.staff", placement),
        side="colleague",
        stance="concern",
        words="It would cost us Mondays.",
        noted_at=NOW,
        origin=origin_of(placement),
    ).pk


OBJECTS = {
    "ledger.standpoint": Kind(make=make_standpoint, visible=reads_profiles),
    "ledger.approval": Kind(make=make_approval, visible=has_a_part),
    "ledger.file": Kind(make=make_file, visible=reads_profiles),
}

EXAMPLES = {
    "ledger:gather_standpoint": Example(
        kwargs={"kind": "people.profile", "subject_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"side": "colleague", "stance": "for", "words": "It would help us."},
        visible=reads_profiles,
    ),
    "ledger:answer_standpoint": Example(
        kwargs={"standpoint_id": Ref("ledger.standpoint")}, method="POST", body=lambda _scene: {"words": "From May on."}
    ),
    "ledger:approval": Example(kwargs={"approval_id": Ref("ledger.approval")}),
    "ledger:decide": Example(
        kwargs={"approval_id": Ref("ledger.approval")},
        method="POST",
        body=lambda _scene: {"answer": "refuse", "reason": "Not this time"},
    ),
    "ledger:withdraw": Example(kwargs={"approval_id": Ref("ledger.approval")}, method="POST"),
    "ledger:comment": Example(
        kwargs={"kind": "people.profile", "subject_id": Ref("accounts.staff")},
        method="POST",
        body=lambda _scene: {"body": "Well done"},
        visible=reads_profiles,
    ),
    "ledger:attach": Example(kwargs={"kind": "people.profile", "subject_id": 1}, method="POST"),
    "ledger:file": Example(kwargs={"file_id": Ref("ledger.file")}),
    "ledger:signed_file": Example(kwargs={"token": "not-a-token"}),
}
