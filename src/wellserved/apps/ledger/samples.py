"""Removal of what people of the sample asked, answered, remarked, thought and attached; entries stay for ever."""

from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Approval, Comment, File, Standpoint
from wellserved.platform.origin import Origin


def remove() -> int:
    """Delete the sample's approvals, comments, views and files and return how many rows went."""
    gone = 0
    for model in (Approval, Comment, Standpoint):
        gone += model._default_manager.filter(origin=Origin.SAMPLE).delete()[0]
    for row in File.objects.filter(origin=Origin.SAMPLE):
        disk.remove(row.path)
        gone += row.delete()[0]
    return gone
