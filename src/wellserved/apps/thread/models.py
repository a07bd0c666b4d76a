"""One table of links between records of any app: the thread from expectation to evidence."""

from typing import ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Link(models.Model):
    """`from` stands in relation `verb` to `to`; kinds are registered in `thread.kinds`."""

    from_kind = models.CharField(max_length=60)
    from_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    to_kind = models.CharField(max_length=60)
    to_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "from_kind", "from_id", "verb", "to_kind", "to_id", name="thread_link_is_said_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index("to_kind", "to_id", name="thread_link_to"),
        ]
