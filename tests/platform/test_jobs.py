"""Jobs: written in the caller's transaction, run once, retried, scheduled, and a person's decisions about them."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wellserved.platform import ageing, clock, jobs, outbox
from wellserved.platform.errors import Conflict, NotFound
from wellserved.platform.jobs import engine, registry, schedule
from wellserved.platform.models import JobRun, OutboxMessage, Schedule

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
STOP = threading.Event()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jobs() -> Iterator[None]:
    registry.load()
    before = dict(registry.known)
    jobs.job(name="test.note", retries=1, backoff=dt.timedelta(seconds=10))(write_note)
    jobs.job(name="test.fault", retries=1, backoff=dt.timedelta(seconds=10))(write_and_fail)
    jobs.job(name="test.single", singleton=True)(write_note)
    jobs.job(name="test.long", long=True)(write_in_steps)
    yield
    registry.known.clear()
    registry.known.update(before)
    STOP.clear()


def write_note(text: str = "hello") -> None:
    outbox.queue(channel="note", recipient="nobody", subject=text, body="", now=NOW)


def write_and_fail() -> None:
    write_note("half done")
    raise ValueError("the printer is on fire")


def write_in_steps(run: jobs.Run, steps: int, stop_after: int = 99) -> None:
    for step in range(run.progress.get("done", 0), steps):
        if step == stop_after:
            STOP.set()
        with run.checkpoint(done=step + 1):
            write_note(str(step))


def claim(now: dt.datetime = NOW) -> jobs.Run:
    run = engine.claim(now=now, worker="w1", stop=STOP)
    assert run is not None
    return run


def notes() -> list[str]:
    return list(OutboxMessage.objects.filter(channel="note").order_by("pk").values_list("subject", flat=True))


def test_a_job_enqueued_in_a_transaction_that_fails_does_not_exist() -> None:
    with transaction.atomic():
        jobs.enqueue("test.note", now=NOW)
        transaction.set_rollback(True)
    assert (JobRun.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_job_that_nobody_registered_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match=r"There is no job called no\.such"):
        jobs.enqueue("no.such", now=NOW)


def test_a_job_runs_with_its_arguments_and_both_rows_say_so() -> None:
    row = jobs.enqueue("test.note", now=NOW, text="hi")
    engine.execute(claim())
    row.refresh_from_db()
    assert notes() == ["hi"]
    assert (row.state, row.attempts, row.lease_until) == ("done", 1, None)
    assert DBTaskResult.objects.get(pk=row.task_id).status == TaskResultStatus.SUCCESSFUL


def test_a_job_for_later_is_not_claimed_before_its_time() -> None:
    jobs.enqueue("test.note", now=NOW, run_after=NOW + dt.timedelta(seconds=1))
    assert engine.claim(now=NOW, worker="w1", stop=STOP) is None
    assert engine.claim(now=NOW + dt.timedelta(seconds=1), worker="w1", stop=STOP) is not None


def test_one_job_is_claimed_by_one_worker_only() -> None:
    jobs.enqueue("test.note", now=NOW)
    assert claim().token == 1
    assert engine.claim(now=NOW, worker="w2", stop=STOP) is None


def test_a_failed_attempt_leaves_nothing_behind_and_waits_for_the_next() -> None:
    row = jobs.enqueue("test.fault", now=NOW)
    before = clock.now()
    engine.execute(claim())
    row.refresh_from_db()
    assert notes() == []
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.run_after >= before + dt.timedelta(seconds=10)
    assert "the printer is on fire" in row.last_error


def test_a_job_out_of_retries_is_failed_with_its_error_for_a_person_to_see() -> None:
    row = jobs.enqueue("test.fault", now=NOW)
    engine.execute(claim())
    engine.execute(claim(clock.now() + dt.timedelta(minutes=1)))
    row.refresh_from_db()
    result = DBTaskResult.objects.get(pk=row.task_id)
    assert (row.state, row.attempts) == ("failed", 2)
    assert (result.status, result.exception_class_path) == (TaskResultStatus.FAILED, "builtins.ValueError")
    assert "the printer is on fire" in result.traceback


def test_a_lapsed_lease_lets_another_worker_in_and_the_first_can_finish_nothing() -> None:
    jobs.enqueue("test.note", now=NOW)
    slow = claim()
    quick = claim(NOW + dt.timedelta(seconds=61))
    engine.execute(slow)
    assert notes() == []
    engine.execute(quick)
    assert notes() == ["hello"]
    assert JobRun.objects.get().deaths == 1


def test_a_job_that_kills_its_worker_each_time_is_buried_in_the_end() -> None:
    row = jobs.enqueue("test.note", now=NOW)
    for death in range(engine.MOST_DEATHS):
        claim(NOW + dt.timedelta(minutes=2 * death))
    assert engine.claim(now=NOW + dt.timedelta(days=1), worker="w1", stop=STOP) is None
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("failed", engine.DEATHS_SENTENCE)


def test_a_long_job_taken_over_goes_on_where_the_dead_worker_stopped() -> None:
    jobs.enqueue("test.long", now=NOW, steps=3)
    first = claim()
    with first.checkpoint(done=1):
        write_note("0")
    engine.execute(claim(clock.now() + dt.timedelta(minutes=2)))
    assert notes() == ["0", "1", "2"]
    with pytest.raises(jobs.LeaseLost), first.checkpoint(done=2):
        write_note("twice")
    assert notes() == ["0", "1", "2"]


def test_a_worker_asked_to_stop_gives_a_long_job_back_with_its_progress() -> None:
    row = jobs.enqueue("test.long", now=NOW, steps=3, stop_after=2)
    engine.execute(claim())
    row.refresh_from_db()
    assert (row.state, row.attempts, row.progress) == ("waiting", 0, {"done": 2})
    assert notes() == ["0", "1"]


def test_one_copy_of_a_singleton_waits_and_one_runs() -> None:
    first = jobs.enqueue("test.single", now=NOW)
    assert jobs.enqueue("test.single", now=NOW).pk == first.pk
    running = claim()
    second = jobs.enqueue("test.single", now=NOW)
    assert second.pk != first.pk
    assert engine.claim(now=NOW, worker="w2", stop=STOP) is None
    engine.execute(running)
    engine.execute(claim())
    assert set(JobRun.objects.values_list("state", flat=True)) == {"done"}


def test_a_singleton_whose_attempt_failed_makes_way_for_the_copy_that_waits() -> None:
    jobs.job(name="test.single", singleton=True)(write_and_fail)
    first = jobs.enqueue("test.single", now=NOW)
    running = claim()
    second = jobs.enqueue("test.single", now=NOW)
    engine.execute(running)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "waiting")


def test_singletons_with_other_arguments_run_side_by_side() -> None:
    one = jobs.enqueue("test.single", now=NOW, text="a")
    other = jobs.enqueue("test.single", now=NOW, text="b")
    assert one.pk != other.pk
    assert {claim().id, claim().id} == {one.pk, other.pk}


def test_a_schedule_is_due_once_after_an_outage_and_then_on_its_grid() -> None:
    registry.known.clear()
    jobs.job(name="test.hourly", every=dt.timedelta(hours=1))(write_note)
    schedule.tick(NOW)
    assert JobRun.objects.count() == 0
    after_the_outage = NOW + dt.timedelta(hours=7, minutes=5)
    assert [schedule.tick(after_the_outage), schedule.tick(after_the_outage)] == [1, 0]
    assert JobRun.objects.count() == 1
    assert Schedule.objects.get(name="test.hourly").next_due == NOW + dt.timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T04:00+00:00", "2026-03-29T02:00+00:00"),
        ("2026-03-29T02:00+00:00", "2026-03-30T02:00+00:00"),
        ("2026-10-24T12:00+00:00", "2026-10-25T03:00+00:00"),
    ],
)
def test_a_daily_time_is_local_across_the_change_of_the_clocks(now: str, due: str) -> None:
    rule = jobs.At(hour=3, zone="Europe/London")
    assert rule.after(dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(due)


def test_a_weekly_time_comes_on_its_weekday() -> None:
    assert jobs.At(hour=7, weekday=0).after(NOW) == dt.datetime(2026, 3, 9, 7, 0, tzinfo=dt.UTC)


def test_a_person_retries_a_failed_job_and_it_keeps_its_progress() -> None:
    row = jobs.enqueue("test.long", now=NOW, steps=2)
    JobRun.objects.update(state="failed", attempts=4, progress={"done": 1}, finished_at=NOW)
    jobs.retry(run_id=row.pk, now=NOW)
    engine.execute(claim())
    assert notes() == ["1"]


def test_a_done_job_can_be_neither_retried_nor_cancelled() -> None:
    row = jobs.enqueue("test.note", now=NOW)
    engine.execute(claim())
    with pytest.raises(Conflict, match="only a failed or cancelled job can be retried"):
        jobs.retry(run_id=row.pk, now=NOW)
    with pytest.raises(Conflict, match="is done and cannot be cancelled"):
        jobs.cancel(run_id=row.pk, now=NOW)
    assert JobRun.objects.get().state == "done"


def test_a_running_job_that_is_cancelled_writes_nothing_more() -> None:
    row = jobs.enqueue("test.note", now=NOW)
    running = claim()
    jobs.cancel(run_id=row.pk, now=NOW)
    engine.execute(running)
    row.refresh_from_db()
    assert (row.state, notes()) == ("cancelled", [])


def test_finished_jobs_age_out_of_both_tables_and_failed_ones_stay_longer() -> None:
    for name in ("test.note", "test.note", "test.fault"):
        jobs.enqueue(name, now=NOW)
    JobRun.objects.filter(name="test.note").update(state="done", finished_at=NOW)
    JobRun.objects.filter(name="test.fault").update(state="failed", finished_at=NOW)
    assert ageing.forget_finished(now=NOW + dt.timedelta(days=8)) == {"jobs": 2, "request keys": 0}
    assert (JobRun.objects.count(), DBTaskResult.objects.count()) == (1, 1)
    assert ageing.forget_finished(now=NOW + dt.timedelta(days=91))["jobs"] == 1
