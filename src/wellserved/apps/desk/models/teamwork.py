"""Who helps with a ticket, and what is told to the others once it is solved."""

from typing import ClassVar

from django.db import models

from wellserved.apps.desk.models.records import Ticket


class Collaborator(models.Model):
    """Somebody asked to help with a ticket: a colleague (`user`), or a service partner known by name and address.

    `contribution` says what came of it; a partner writes hers by the signed link in her mail, or whoever heard it does.
    `handed_as` is the partner's word when the ticket was handed to her with the question.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="collaborators")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    ask = models.CharField(max_length=2000)
    handed_as = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    contribution = models.CharField(max_length=2000, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "ticket",
                "user",
                condition=models.Q(done_at=None, user__isnull=False),
                name="desk_collaborator_is_asked_once",
            ),
        ]
        indexes: ClassVar = [models.Index("user", "done_at", name="desk_collaborator_by_user")]


class Solution(models.Model):
    """The steps that solved a ticket, told to those who meet the same."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="solutions")
    text = models.CharField(max_length=2000)
    shared_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    shared_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index("shared_at", "id", name="desk_solution_by_time")]


class SolutionRead(models.Model):
    """Who has taken note of a solution, and when."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("solution", "user", name="desk_solution_is_read_once"),
        ]
