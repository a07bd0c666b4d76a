"""Removal of what people of the sample service asked, answered, remarked and attached; entries stay for ever."""

from wellserved.apps.ledger.adapters import disk
from wellserved.apps.ledger.models import Approval, Comment, File
from wellserved.platform.origin import Origin


def remove() -> int:
    """Delete the sample's approvals, comments and files and return how many rows went."""
    gone = 0
    for model in (Approval, Comment):
        gone += model._default_manager.filter(origin=Origin.SAMPLE).delete()[0]
    for row in File.objects.filter(origin=Origin.SAMPLE):
        disk.remove(row.path)
        gone += row.delete()[0]
    return gone
