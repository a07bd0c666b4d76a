"""The worker process: two lanes of jobs and the registered loops, each in a thread, until asked to stop."""

import logging
import os
import signal
import socket
import threading
from typing import Any

from django.db import DatabaseError, close_old_connections, connection

from wellserved.platform import clock
from wellserved.platform.jobs import engine, loops, registry, schedule
from wellserved.platform.jobs.context import Run

logger = logging.getLogger(__name__)

GRACE_SECONDS = 1.5


class Worker:
    """Runs jobs until `stop` is set. Long jobs have a lane of their own, so that none holds up the short ones."""

    def __init__(self, *, poll: float = 0.25, with_loops: bool = True) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"[:80]
        self.poll = poll
        self.with_loops = with_loops
        self.stop = threading.Event()
        self.current: dict[str, Run] = {}

    def run(self) -> None:
        """Work until a signal comes, then let what runs finish within the grace and give back the rest."""
        registry.load()
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        signal.signal(signal.SIGINT, self._ask_to_stop)
        threads = [threading.Thread(target=self._lane, args=(long,), daemon=True) for long in (False, True)]
        if self.with_loops:
            clockwork = [loops.Loop(name="schedule", step=schedule.tick, every_seconds=1.0), *loops.known.values()]
            threads += [threading.Thread(target=self._repeat, args=(loop,), daemon=True) for loop in clockwork]
        for thread in threads:
            thread.start()
        while not self.stop.wait(3600):
            continue
        deadline = clock.now().timestamp() + GRACE_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - clock.now().timestamp()))
        self._give_back()

    def drain(self, *, most: int = 10_000) -> int:
        """Run every job that is due now, in this thread, and return how many."""
        for done in range(most):
            run = engine.claim(now=clock.now(), worker=self.name, stop=self.stop)
            if run is None:
                return done
            engine.execute(run)
        return most

    def _ask_to_stop(self, _signal: int, _frame: Any) -> None:
        self.stop.set()

    def _lane(self, long: bool) -> None:
        lane = "long" if long else "short"
        while not self.stop.is_set():
            close_old_connections()
            try:
                run = engine.claim(now=clock.now(), worker=self.name, stop=self.stop, long=long)
                if run is not None:
                    self.current[lane] = run
                    engine.execute(run)
                    self.current.pop(lane, None)
                    continue
            except DatabaseError:
                logger.exception("the %s lane could not reach its rows; trying again", lane)
            self.stop.wait(self.poll)
        connection.close()

    def _repeat(self, loop: loops.Loop) -> None:
        while not self.stop.is_set():
            close_old_connections()
            more: object = False
            try:
                more = loop.step(clock.now())
            # A step is any app's code: were its fault let through, the thread would end and the loop with it, unheard.
            except Exception:
                logger.exception("the loop %s failed; trying again", loop.name)
            if not more or loop.every_seconds <= 0:
                self.stop.wait(max(loop.every_seconds, 0.05))
        connection.close()

    def _give_back(self) -> None:
        for run in list(self.current.values()):
            try:
                engine.release(run, now=clock.now())
            except DatabaseError:
                logger.warning("%s #%s is given back when its lease lapses", run.name, run.id)
