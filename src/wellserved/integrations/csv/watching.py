"""Keep in step with another help desk: each new export in a watched folder is imported, nothing is ever sent back."""

import datetime as dt
import fnmatch
import hashlib
import json
import pathlib
from stat import S_ISREG

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.integrations.csv import files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportRun, SeenFile, Watch
from wellserved.platform import jobs
from wellserved.platform.errors import Conflict, Invalid, NotFound, ServiceError
from wellserved.science import formats
from wellserved.science.formats import Mapping

# An export still being written is left alone until it has rested this long.
_REST = dt.timedelta(seconds=5)
_LONGEST_MARK = 255
_LONGEST_NAME = 200
# From this many rows on, what is detected of an export is kept for those that follow.
_ENOUGH_ROWS = 20


def add(
    *,
    actor: Actor,
    folder: str,
    pattern: str,
    system: str,
    link_template: str,
    mapping: str = "",
    time_zone: str = "UTC",
    now: dt.datetime,
) -> Watch:
    """Watch a folder; without a mapping the first file's is detected and kept, and what cannot be read is reported.

    Times that name no zone are read in `time_zone`, unless the mapping names another.
    """
    path = pathlib.Path(folder).expanduser()
    if not path.is_absolute() or not path.is_dir():
        raise Invalid(
            f"{folder} is not a folder on this server. Give its whole path, as /srv/exports.", code="no_folder"
        )
    if "/" in pattern or ".." in pattern:
        raise Invalid("Name files of this folder alone, as *.csv*.", code="pattern")
    if path.resolve().is_relative_to(settings.VAR) or settings.VAR.is_relative_to(path.resolve()):
        raise Invalid("This folder holds the product's own files and keys. Choose another.", code="own_folder")
    link = prepare.check_link(link_template)
    if mapping.strip():
        try:
            formats.Mapping.from_json(mapping)
        except formats.MappingError as wrong:
            raise Invalid(str(wrong), code="unusable_mapping") from wrong
    row, is_new = Watch.objects.get_or_create(
        folder=str(path),
        pattern=pattern or "*.csv*",
        defaults={
            "system": prepare.system_named(system, filename=path.name),
            "link_template": link,
            "mapping": json.loads(mapping) if mapping.strip() else {},
            "time_zone": time_zone,
            "created_by_id": actor.user_id,
            "created_at": now,
        },
    )
    if not is_new:
        raise Conflict("This folder is watched already.", code="watched_already")
    return row


def stop(*, watch_id: int) -> None:
    """Watch a folder no longer; what came from it stays."""
    if not Watch.objects.filter(pk=watch_id).delete()[0]:
        raise NotFound("There is no such folder.")


def look(*, now: dt.datetime) -> int:
    """Look into every watched folder and return how many new files were taken; what went wrong is kept beside it."""
    taken = 0
    for row in Watch.objects.filter(is_active=True):
        faults: list[str] = []
        for path, mark in _new_files(row, now, faults):
            try:
                taken += _take(row, path, mark, now)
            except (ServiceError, OSError) as wrong:
                faults.append(_fault(path, wrong))
        Watch.objects.filter(pk=row.pk).update(looked_at=now, error=" ".join(faults)[:500])
    return taken


def _new_files(row: Watch, now: dt.datetime, faults: list[str]) -> list[tuple[pathlib.Path, str]]:
    """Return the files not seen yet that have rested, the oldest first: a later export tells the later state."""
    folder = pathlib.Path(row.folder)
    known = set(row.seen.values_list("name", flat=True))
    found: list[tuple[int, pathlib.Path, str]] = []
    try:
        paths = [path for path in folder.iterdir() if fnmatch.fnmatch(path.name, row.pattern)]
    except OSError as wrong:
        faults.append(f"The folder {folder} cannot be read ({wrong.strerror}): it is looked for again each minute.")
        return []
    for path in paths:
        try:
            stat = path.stat()
        except OSError as wrong:
            faults.append(_fault(path, wrong))
            continue
        mark = f"{stat.st_size}:{stat.st_mtime_ns}:{path.name}"[:_LONGEST_MARK]
        resting = dt.datetime.fromtimestamp(stat.st_mtime, tz=dt.UTC) + _REST <= now
        if S_ISREG(stat.st_mode) and mark not in known and resting:
            found.append((stat.st_mtime_ns, path, mark))
    return [(path, mark) for _, path, mark in sorted(found)]


def _fault(path: pathlib.Path, wrong: ServiceError | OSError) -> str:
    said = f"it cannot be read ({wrong.strerror})." if isinstance(wrong, OSError) else wrong.sentence
    return said if said.startswith(path.name) else f"{path.name}: {said}"


def _take(row: Watch, path: pathlib.Path, mark: str, now: dt.datetime) -> int:
    files.check_size(path.stat().st_size)
    data = path.read_bytes()
    if _is_known(row, path, hashlib.sha256(data).hexdigest(), mark):
        return 0
    table = prepare.read(data=data, filename=path.name)
    mapping = _mapping(row, table)
    name, digest = files.keep(data)
    with transaction.atomic():
        SeenFile.objects.update_or_create(watch=row, sha256=digest, defaults={"name": mark, "taken_at": now})
        run = ImportRun.objects.create(
            system=row.system,
            filename=path.name[:255],
            sha256=digest,
            path=name,
            mapping=json.loads(mapping.to_json()),
            account={"columns": list(table.columns)},
            link_template=row.link_template,
            state=ImportRun.State.WAITING,
            created_by_id=row.created_by_id,
            created_at=now,
            started_at=now,
            watch=row,
        )
        jobs.enqueue("imports.perform", now=now, import_id=run.pk, actor_id=row.created_by_id)
    return 1


def _is_known(row: Watch, path: pathlib.Path, digest: str, mark: str) -> bool:
    """Whether these bytes were taken already; a file put back to an older content is told anew."""
    seen = row.seen.filter(sha256=digest).first()
    if seen is None:
        return False
    latest = row.seen.filter(name__endswith=f":{path.name}"[-_LONGEST_NAME:]).order_by("-taken_at", "-pk").first()
    if latest is not None and latest.pk != seen.pk:
        return False
    SeenFile.objects.filter(pk=seen.pk).update(name=mark)
    return True


def _mapping(row: Watch, table: formats.Table) -> Mapping:
    """Return how to read an export; what the first one has settled beyond a guess holds for all that follow."""
    if row.mapping:
        return prepare.with_every_word(prepare.read_mapping(json.dumps(row.mapping), table=table), table=table)
    detection = prepare.read_detected(table, time_zone=row.time_zone)
    if detection.problems:
        raise Invalid(
            f"{' '.join(detection.problems)} Stop watching the folder and watch it again with a mapping file.",
            code="unusable_mapping",
        )
    if not detection.guesses and table.row_count >= _ENOUGH_ROWS:
        row.mapping = json.loads(detection.mapping.to_json())
        Watch.objects.filter(pk=row.pk).update(mapping=row.mapping)
    return detection.mapping
