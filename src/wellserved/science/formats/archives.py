"""Open what exports come packed in, and never let a small file become a large one unasked."""

import io
import re
import zipfile
import zlib
from typing import Final

from wellserved.science.formats.errors import FormatError

__all__ = ["rebuild_workbook", "unpack"]

MOST_MEMBERS: Final = 1_000
MOST_CELLS: Final = 20_000_000
GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = b"PK\x03\x04"
_NOT_TABLES: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
)
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,4})(\d{1,10})[\"']")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])")


def unpack(data: bytes, *, limit: int) -> tuple[bytes, bool]:
    """Take the table's bytes out of gzip or a zip with one table in it; say whether they are a workbook.

    Raises:
        FormatError: the bytes are a known other thing, are damaged, or unpack to more than `limit` bytes.
    """
    if data.startswith(GZIP_MAGIC):
        data = _gunzip(data, limit=limit)
    if data.startswith(ZIP_MAGIC):
        names = _members(data, limit=limit)
        if "xl/workbook.xml" in names:
            return data, True
        data = _only_table(data, names, limit=limit)
    if len(data) > limit:
        raise FormatError(_too_large(limit))
    for magic, what in _NOT_TABLES:
        if data.startswith(magic):
            msg = f"This is {what}, not a table: export it as CSV (UTF-8) or as an .xlsx workbook."
            raise FormatError(msg)
    return data, False


def rebuild_workbook(data: bytes, *, limit: int) -> bytes:
    """Copy a workbook's parts, unpacked and counted here, so that no part is larger than it says."""
    copy = io.BytesIO()
    left = limit
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target,
    ):
        for info in source.infolist():
            if info.is_dir():
                continue
            part = _read_member(source, info, limit=left)
            left -= len(part)
            if info.filename.startswith("xl/worksheets/"):
                _refuse_sprawl(part)
            target.writestr(info.filename, part)
    return copy.getvalue()


def _gunzip(data: bytes, *, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit
    while data.startswith(GZIP_MAGIC):  # a gzip file may be several, one after the other
        if len(parts) >= MOST_MEMBERS:
            msg = "The gzip file is made of too many pieces: pack it again."
            raise FormatError(msg)
        part, data = _inflate(data, left=left, limit=limit)
        left -= len(part)
        parts.append(part)
    return b"".join(parts)


def _inflate(data: bytes, *, left: int, limit: int) -> tuple[bytes, bytes]:
    """Unpack the first gzip member of the data and give what follows it."""
    engine = zlib.decompressobj(wbits=31)
    try:
        part = engine.decompress(data, left + 1)
    except zlib.error as error:
        msg = "The gzip file is damaged: download or export it again."
        raise FormatError(msg) from error
    if len(part) > left:
        raise FormatError(_too_large(limit))
    if not engine.eof:
        msg = "The gzip file ends too early: download or export it again."
        raise FormatError(msg)
    return part, engine.unused_data


def _members(data: bytes, *, limit: int) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        msg = "The zip file is damaged: download or export it again."
        raise FormatError(msg) from error
    if len(infos) > MOST_MEMBERS:
        msg = f"The zip file holds {len(infos):,} files: give one that holds one table."
        raise FormatError(msg)
    if sum(info.file_size for info in infos) > limit:
        raise FormatError(_too_large(limit))
    return [info.filename for info in infos if not info.is_dir()]


def _only_table(data: bytes, names: list[str], *, limit: int) -> bytes:
    found = [name for name in names if name.lower().endswith((".csv", ".tsv", ".txt")) and "__MACOSX" not in name]
    tables = [name for name in found if not name.lower().endswith(".txt")] or found  # a note may lie beside the table
    if len(tables) != 1:
        many = str(len(tables)) if tables else "no"
        msg = f"The zip file holds {many} tables (.csv, .tsv or .txt): give one that holds exactly one."
        raise FormatError(msg)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _read_member(archive, archive.getinfo(tables[0]), limit=limit)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, limit: int) -> bytes:
    try:
        with archive.open(info) as member:
            part = member.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        msg = "A file in the archive is damaged or locked by a password: export it again, unlocked."
        raise FormatError(msg) from error
    if len(part) > limit:
        raise FormatError(_too_large(limit))
    return part


def _refuse_sprawl(sheet: bytes) -> None:
    """A single cell in the last corner makes a sheet of seventeen thousand million cells."""
    widest = tallest = rows = cells = 0
    for match in _REFERENCE.finditer(sheet):
        column = 0
        for letter in match[1].upper():
            column = column * 26 + letter - 64
        widest, tallest = max(widest, column), max(tallest, int(match[2]))
    for match in _ROW_OR_CELL.finditer(sheet):  # cells need not say where they stand
        if match[1] == b"row":
            rows, cells = rows + 1, 0
        else:
            cells += 1
        widest, tallest = max(widest, cells), max(tallest, rows)
    if widest * tallest > MOST_CELLS:
        msg = (
            f"A sheet reaches to row {tallest:,} and column {widest:,}: delete the empty part and save it "
            "again, or export it as CSV."
        )
        raise FormatError(msg)


def _too_large(limit: int) -> str:
    return f"Unpacked, the file is larger than {limit // 1_000_000:,} MB: split it into smaller files."
