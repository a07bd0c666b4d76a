"""Work of the importer done by the worker: carry out, take back, look into watched folders."""

import datetime as dt
import logging

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.integrations.csv import actions, watching
from wellserved.platform import clock, jobs
from wellserved.platform.errors import NotFound, Refused
from wellserved.platform.jobs import Run
from wellserved.platform.origin import World

logger = logging.getLogger(__name__)

PERFORM, UNDO = "imports.perform", "imports.undo"


@jobs.job(name=PERFORM, long=True, singleton=True, lease=dt.timedelta(minutes=2))
def perform(run: Run, *, import_id: int, actor_id: int | None = None) -> None:
    """Carry an import out; after a crash it goes on where it was, because a known case is not written twice."""

    def progress(done: int, total: int) -> None:
        with run.checkpoint(done=done, total=total):
            pass

    actor = _find_actor(actor_id, import_id=import_id)
    try:
        actions.perform(actor=actor, run_id=import_id, now=clock.now(), progress=progress)
    except actions.Overtaken:
        logger.info("import %s was taken back, or is done already: nothing is left to do", import_id)


@jobs.job(name=UNDO, long=True, singleton=True, lease=dt.timedelta(minutes=2))
def undo(run: Run, *, import_id: int, actor_id: int | None = None) -> None:
    """Take an import back whole."""

    def progress(gone: int) -> None:
        with run.checkpoint(gone=gone):
            pass

    actor = _find_actor(actor_id, import_id=import_id)
    try:
        actions.undo(actor=actor, run_id=import_id, now=clock.now(), progress=progress)
    except NotFound:
        logger.info("import %s was taken back already: nothing is left to do", import_id)


def _find_actor(actor_id: int | None, *, import_id: int) -> Actor:
    """Return who began this; when her access has ended, the import stops and says so."""
    try:
        return accounts.actor_by_id(actor_id, world=World.REAL)
    except Refused as refusal:
        actions.stop(run_id=import_id, sentence=refusal.sentence)
        raise


@jobs.job(name="imports.watch", every=dt.timedelta(seconds=30))
def watch() -> None:
    """Look for new exports in the folders that are watched and set them to be imported."""
    watching.look(now=clock.now())
