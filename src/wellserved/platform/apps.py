"""The plumbing's own tables: jobs, outbox, idempotency keys."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Register the tables under the label `platform`."""

    name = "wellserved.platform"
    label = "platform"
