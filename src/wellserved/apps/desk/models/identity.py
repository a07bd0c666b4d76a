"""Two addresses that turned out to be one person's."""

from django.db import models

from wellserved.apps.desk.models.records import Customer


class Merge(models.Model):
    """That `other` is one more address of `kept`, and which tickets moved with it, so that it can be undone."""

    kept = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges")
    other = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    ticket_ids = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    merged_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
