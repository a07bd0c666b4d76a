"""Health: terse to the world, exact to ourselves."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client

from wellserved.platform import clock, health, jobs, outbox
from wellserved.platform.jobs import registry
from wellserved.platform.models import JobRun, OutboxMessage

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_probes_only() -> Iterator[None]:
    registry.load()
    before = dict(health.probes)
    health.probes.clear()
    yield
    health.probes.clear()
    health.probes.update(before)


def sentences(now: dt.datetime) -> dict[str, tuple[bool, str]]:
    return {finding.part: (finding.well, finding.sentence) for finding in health.report(now=now)}


def test_an_installation_at_rest_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_work_that_nobody_does_is_told_to_the_monitor_without_details(client: Client) -> None:
    late = clock.now() - dt.timedelta(minutes=6)
    jobs.enqueue("platform.forget_finished", now=late)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"not well: jobs\n")


def test_the_report_counts_what_is_late_failed_and_in_doubt() -> None:
    jobs.enqueue("platform.forget_finished", now=NOW - dt.timedelta(minutes=6))
    outbox.queue(channel="email", recipient="a@b.example", subject="", body="", now=NOW - dt.timedelta(hours=1))
    found = sentences(NOW)
    assert found["jobs"] == (False, "The oldest waits 360 s; is a worker running?")
    assert found["outgoing messages"] == (False, "1 overdue, 0 failed or in doubt.")
    JobRun.objects.update(state="failed")
    OutboxMessage.objects.update(state="unknown")
    found = sentences(NOW)
    assert found["jobs"] == (True, "On time.")
    assert found["failed jobs"] == (False, "1 failed for good: see `wellserved jobs list --state failed`.")
    assert found["outgoing messages"] == (False, "0 overdue, 1 failed or in doubt.")


def test_a_probe_that_fails_is_itself_a_finding(client: Client) -> None:
    def fail(_now: dt.datetime) -> health.Finding:
        raise OSError("no such socket")

    health.register("ledger", fail)
    assert sentences(NOW)["ledger"] == (False, "Cannot be read: no such socket")
    assert client.get("/healthz").content == b"not well: ledger\n"
