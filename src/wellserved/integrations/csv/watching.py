"""Keep in step with another help desk: each new export in a watched folder is imported, nothing is ever sent back."""

import datetime as dt
import json
import pathlib

from django.conf import settings
from django.db import transaction

from wellserved.apps.accounts.types import Actor
from wellserved.integrations.csv import files
from wellserved.integrations.csv.actions import prepare
from wellserved.integrations.csv.models import ImportRun, SeenFile, Watch
from wellserved.platform import jobs
from wellserved.platform.errors import Conflict, Invalid, NotFound, ServiceError
from wellserved.science import formats

# An export still being written is left alone until it has rested this long.
_REST = dt.timedelta(seconds=5)


def add(
    *,
    actor: Actor,
    folder: str,
    pattern: str,
    system: str,
    link_template: str,
    mapping: str,
    now: dt.datetime,
) -> Watch:
    """Watch a folder; without a mapping each file's own is detected, and a file that cannot be read is reported."""
    path = pathlib.Path(folder).expanduser()
    if not path.is_absolute() or not path.is_dir():
        raise Invalid(
            f"{folder} is not a folder on this server. Give its whole path, as /srv/exports.", code="no_folder"
        )
    if "/" in pattern or ".." in pattern:
        raise Invalid("Name files of this folder alone, as *.csv*.", code="pattern")
    if path.resolve().is_relative_to(settings.VAR) or settings.VAR.is_relative_to(path.resolve()):
        raise Invalid("This folder holds the product's own files and keys. Choose another.", code="own_folder")
    if link_template and "{id}" not in link_template:
        raise Invalid("The link needs {id} where the ticket's number goes.", code="link_without_id")
    if mapping:
        try:
            formats.Mapping.from_json(mapping)
        except formats.MappingError as wrong:
            raise Invalid(str(wrong), code="unusable_mapping") from wrong
    row, is_new = Watch.objects.get_or_create(
        folder=str(path),
        pattern=pattern or "*.csv*",
        defaults={
            "system": system.strip()[:60] or path.name[:60],
            "link_template": link_template,
            "mapping": json.loads(mapping) if mapping else {},
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
    """Look into every watched folder and return how many new files were taken."""
    taken = 0
    for row in Watch.objects.filter(is_active=True):
        try:
            taken += _take_new(row, now)
            fault = ""
        except (ServiceError, OSError) as wrong:
            fault = str(wrong)[:500]
        Watch.objects.filter(pk=row.pk).update(looked_at=now, error=fault)
    return taken


def _take_new(row: Watch, now: dt.datetime) -> int:
    folder = pathlib.Path(row.folder)
    known = set(row.seen.values_list("name", flat=True))
    taken = 0
    for path in sorted(folder.glob(row.pattern)):
        stat = path.stat()
        mark = f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}"
        resting = dt.datetime.fromtimestamp(stat.st_mtime, tz=dt.UTC) + _REST <= now
        if not path.is_file() or mark in known or not resting:
            continue
        taken += _take(row, path, mark, now)
    return taken


def _take(row: Watch, path: pathlib.Path, mark: str, now: dt.datetime) -> int:
    data = path.read_bytes()
    table = prepare.read(data=data, filename=path.name)
    if row.mapping:
        mapping = prepare.read_mapping(json.dumps(row.mapping), table=table)
    else:
        detection = formats.detect_mapping(table)
        if detection.problems:
            raise Invalid(f"{path.name}: {' '.join(detection.problems)}", code="unusable_mapping")
        mapping = detection.mapping
    name, digest = files.keep(data)
    with transaction.atomic():
        _, is_new = SeenFile.objects.get_or_create(watch=row, sha256=digest, defaults={"name": mark, "taken_at": now})
        if not is_new:
            SeenFile.objects.filter(watch=row, sha256=digest).update(name=mark)
            return 0
        run = ImportRun.objects.create(
            system=row.system,
            filename=path.name[:255],
            sha256=digest,
            path=name,
            mapping=json.loads(mapping.to_json()),
            link_template=row.link_template,
            state=ImportRun.State.WAITING,
            created_by_id=row.created_by_id,
            created_at=now,
            started_at=now,
            watch=row,
        )
        jobs.enqueue("imports.perform", now=now, import_id=run.pk, actor_id=row.created_by_id)
    return 1
