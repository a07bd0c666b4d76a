"""Imports under way or done, the rows they refused, and folders that are watched."""

from typing import ClassVar

from django.db import models


class ImportRun(models.Model):
    """One file brought in under one mapping; its id is the batch of everything it wrote.

    `made_standards` is the version of the default promise this import gave a world that had promised nothing.
    `attempt` counts who carries it out: only the newest attempt may write, and only while the import is running.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being set up"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"
        UNDOING = "undoing", "Being undone"

    system = models.CharField(max_length=60)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, blank=True)
    link_template = models.CharField(max_length=300, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    cases_total = models.BigIntegerField(default=0)
    cases_done = models.BigIntegerField(default=0)
    account = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    watch = models.ForeignKey("Watch", null=True, blank=True, on_delete=models.SET_NULL, related_name="runs")
    wants_standards = models.BooleanField(default=False)
    made_standards = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"


class ImportChange(models.Model):
    """How one ticket stood before this import told it anew, so that the import can be undone."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    ticket_id = models.BigIntegerField(db_index=True)
    before = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("run", "ticket_id", name="imports_importchange_is_one_a_ticket"),
        ]


class RejectedRow(models.Model):
    """A row that could not be used, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejected")
    row = models.BigIntegerField()
    line = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    values = models.JSONField(default=list)


class Watch(models.Model):
    """A folder another help desk exports to: each new file in it keeps our records in step, read-only."""

    folder = models.CharField(max_length=500)
    pattern = models.CharField(max_length=80, default="*.csv*")
    system = models.CharField(max_length=60)
    link_template = models.CharField(max_length=300, blank=True)
    mapping = models.JSONField(default=dict)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("folder", "pattern", name="imports_watch_is_one_a_folder"),
        ]


class SeenFile(models.Model):
    """A file of a watched folder that was taken in, so that it is not taken twice."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="seen")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("watch", "sha256", name="imports_seenfile_is_taken_once"),
        ]
