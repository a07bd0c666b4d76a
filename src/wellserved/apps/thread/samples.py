"""Removal of the sample service's threads."""

from wellserved.apps.thread.models import Link
from wellserved.platform.origin import Origin


def remove() -> int:
    """Delete the links between sample records and return how many went."""
    return Link.objects.filter(origin=Origin.SAMPLE).delete()[0]
