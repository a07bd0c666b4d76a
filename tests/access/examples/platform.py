"""Examples of the platform's routes, and of the mailbox over its outgoing messages.

`/healthz` is open to everybody and says nothing of anybody; `/mailbox` is for those who read tickets or set the house
up, and what each of them finds in it is proved in `tests/access/test_borders.py`.
"""

from tests.access.engine import OTHER_WORLD, Example, Kind, Ref, Scene
from tests.access.examples.desk import NOW, reads_ticket, ticket_of
from wellserved.platform import outbox
from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin


def make_letter(scene: Scene, placement: str) -> int:
    """Return a message about an issue that could not be sent."""
    origin = Origin.SAMPLE if placement == OTHER_WORLD else Origin.LIVE
    written = outbox.queue(
        channel="email",
        recipient="dev@mail.test",
        subject="Your parcel",
        body=f"Words of {placement}",
        about=("desk.ticket", ticket_of(scene, placement).pk),
        origin=origin,
        now=NOW,
    )
    OutboxMessage.objects.filter(pk=written.pk).update(state=OutboxMessage.State.FAILED)
    return written.pk


OBJECTS = {"platform.message": Kind(make=make_letter, visible=reads_ticket)}

EXAMPLES: dict[str, Example] = {
    "healthz": Example(),
    "mailbox": Example(),
    "mailbox_resend": Example(kwargs={"message_id": Ref("platform.message")}, method="POST"),
    "mailbox_settle": Example(kwargs={"message_id": Ref("platform.message")}, method="POST"),
}
