"""Understanding checks: a bank of questions for one record, attempts at them, and the help that followed."""

from typing import ClassVar

from django.db import models

from wellserved.apps.development.types.checks import AttemptState, QuestionKind
from wellserved.platform.origin import Origin


class Check(models.Model):
    """What people show they understand of one record; `number` is the version its questions were last held against."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    size = models.PositiveSmallIntegerField(default=5)
    pass_share = models.DecimalField(max_digits=3, decimal_places=2, default="0.80")
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("subject_kind", "subject_id", name="development_check_is_one_a_record"),
            models.CheckConstraint(
                condition=models.Q(pass_share__gt=0, pass_share__lte=1), name="development_check_pass_is_a_share"
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="development_check_asks_something"),
        ]


class Question(models.Model):
    """A question of a bank, never changed once asked: a change retires it and writes another.

    `options` are pairs of text and whether it is right. `expectation_id` names what customers expect when it asks that.
    """

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    text = models.CharField(max_length=500)
    options = models.JSONField(default=list)
    explanation = models.CharField(max_length=500)
    expectation_id = models.BigIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")


class Attempt(models.Model):
    """One go at a check by one person, at the version of its subject that held when she began.

    `question_ids` are the questions drawn, in their order; `seed` gives the order of options again.
    """

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="attempts")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    question_ids = models.JSONField(default=list)
    pass_share = models.DecimalField(max_digits=3, decimal_places=2)
    state = models.CharField(max_length=8, choices=AttemptState.choices, default=AttemptState.OPEN)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "check_of",
                "user",
                condition=models.Q(state=AttemptState.OPEN),
                name="development_attempt_is_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index("check_of", "user", "id", name="development_attempt_by_person")]


class Answer(models.Model):
    """What somebody answered to one question; words are judged by a colleague, with reasons."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    given = models.JSONField()
    is_right = models.BooleanField(null=True, blank=True)
    reasons = models.CharField(max_length=500, blank=True)
    judged_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("attempt", "question", name="development_answer_is_given_once"),
        ]


class Help(models.Model):
    """What a colleague did for somebody whose go at a version was not enough."""

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="helps")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=500)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
