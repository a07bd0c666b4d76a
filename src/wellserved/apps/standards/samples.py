"""Removal of the sample service's promises."""

from wellserved.apps.standards.models import Calendar, Policy
from wellserved.platform.origin import Origin


def remove() -> int:
    """Delete the sample's policies and calendars with all their versions and return how many rows went."""
    gone = Policy.objects.filter(origin=Origin.SAMPLE).delete()[0]
    return gone + Calendar.objects.filter(origin=Origin.SAMPLE).delete()[0]
