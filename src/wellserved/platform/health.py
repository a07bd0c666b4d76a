"""Is everything of ours alive: database, disk, jobs, mail, and what the apps register."""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection

from wellserved.platform.jobs import registry
from wellserved.platform.models import JobRun, OutboxMessage

LEAST_FREE_BYTES = 200 * 1024 * 1024
LATE = dt.timedelta(minutes=5)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One part: whether it is well, and a sentence."""

    part: str
    well: bool
    sentence: str
    vital: bool = True


Probe = Callable[[dt.datetime], Finding]

probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Let an app add its own probe (in its `tasks.py`), such as how far the ledger is behind."""
    probes[name] = probe


def report(*, now: dt.datetime) -> tuple[Finding, ...]:
    """Return every finding; a probe that fails is itself a finding. A handful of queries."""
    registry.load()
    ours: dict[str, Probe] = {
        "database": _database,
        "disk": _disk,
        "jobs": _jobs,
        "failed jobs": _failed_jobs,
        "outgoing messages": _outbox,
    }
    return tuple(_ask(name, probe, now) for name, probe in (ours | probes).items())


def is_well(findings: tuple[Finding, ...]) -> bool:
    """Return whether every vital part is well."""
    return all(finding.well for finding in findings if finding.vital)


def _ask(name: str, probe: Probe, now: dt.datetime) -> Finding:
    try:
        return probe(now)
    except (DatabaseError, OSError) as error:
        return Finding(part=name, well=False, sentence=f"Cannot be read: {error}")


def _database(_now: dt.datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(part="database", well=True, sentence=f"Answers ({connection.display_name}).")


def _disk(_now: dt.datetime) -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    return Finding(
        part="disk", well=free >= LEAST_FREE_BYTES, sentence=f"{free / 1024**3:,.1f} GiB free at {settings.VAR}."
    )


def _jobs(now: dt.datetime) -> Finding:
    oldest = (
        JobRun.objects.filter(state=JobRun.State.WAITING, run_after__lte=now)
        .order_by("run_after")
        .values_list("run_after", flat=True)
        .first()
    )
    late = now - oldest if oldest else dt.timedelta(0)
    sentence = f"The oldest waits {int(late.total_seconds())} s; is a worker running?" if late > LATE else "On time."
    return Finding(part="jobs", well=late <= LATE, sentence=sentence)


def _failed_jobs(_now: dt.datetime) -> Finding:
    count = JobRun.objects.filter(state=JobRun.State.FAILED).count()
    sentence = f"{count} failed for good: see `wellserved jobs list --state failed`." if count else "None."
    return Finding(part="failed jobs", well=count == 0, sentence=sentence, vital=False)


def _outbox(now: dt.datetime) -> Finding:
    state = OutboxMessage.State
    overdue = OutboxMessage.objects.filter(state=state.WAITING, send_after__lt=now - LATE).count()
    doubtful = OutboxMessage.objects.filter(state__in=[state.UNKNOWN, state.FAILED]).count()
    return Finding(
        part="outgoing messages",
        well=overdue == 0 and doubtful == 0,
        sentence=f"{overdue} overdue, {doubtful} failed or in doubt.",
        vital=False,
    )
