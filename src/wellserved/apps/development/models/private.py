"""What the restricted records of two people have in common."""

from typing import Any, ClassVar

from django.db import models

from wellserved.platform.origin import Origin


class Private(models.Model):
    """A record about one person that a guide keeps with her: who else may see it stands once, in `queries.privacy`.

    `guide` is whoever leads the talk, coaches, observes or reviews; `ends_on` is the day from which it is kept so long.
    """

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    guide = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    ends_on = models.DateField()
    state = models.CharField(max_length=10)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("guide")), name="development_%(class)s_is_of_two_people"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-ends_on", "-id"], name="development_%(class)s_of"),
        ]
