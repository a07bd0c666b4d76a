"""Removal of the sample service's mail, which never left the house."""

from wellserved.platform.models import OutboxMessage
from wellserved.platform.origin import Origin


def remove() -> int:
    """Delete the sample's messages and return how many went."""
    return OutboxMessage.objects.filter(origin=Origin.SAMPLE).delete()[0]
