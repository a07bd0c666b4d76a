"""Tell which characters a file is written in."""

import codecs
from typing import Final

from wellserved.science.formats.errors import FormatError

__all__ = ["detect_encoding"]

PEEK: Final = 1 << 16
CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN_CONTROLS: Final = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f\x85")


def detect_encoding(data: bytes) -> tuple[str, tuple[str, ...]]:
    r"""Name the encoding and what a person should know about the choice.

    >>> detect_encoding("id;Größe\n".encode("utf-16"))
    ('utf-16', ())
    >>> detect_encoding("id;Größe\n".encode("cp1252"))[0]
    'cp1252'

    Raises:
        FormatError: the bytes are not text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            _require_text(data, name)
            return name, ()
    name = _wide_without_mark(data[:PEEK])
    if name:
        _require_text(data, name)
        return name, (f"The file carries no byte order mark; read as {name.upper()}.",)
    _refuse_binary(data)
    if _decodes(data, "utf-8"):
        return "utf-8", ()
    if _decodes(data, "cp1252"):
        return "cp1252", ("The file is not UTF-8; read as Windows-1252 (Western European).",)
    return "latin-1", ("The file is neither UTF-8 nor Windows-1252; read byte by byte as Latin-1: check accents.",)


def _require_text(data: bytes, encoding: str) -> None:
    if not _decodes(data, encoding):
        msg = f"The file begins as {encoding.upper()} but does not go on so: export it again as UTF-8."
        raise FormatError(msg)


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _wide_without_mark(head: bytes) -> str:
    """Western text in UTF-16 has a zero in every second byte."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _refuse_binary(data: bytes) -> None:
    zero = data.find(0)
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        msg = f"Line {line:,} holds a zero byte, so this is not a text table: export it again as CSV (UTF-8)."
        raise FormatError(msg)
    head = data[:PEEK]
    strange = sum(1 for byte in head if byte < 32 and byte not in _PLAIN_CONTROLS)
    if strange > len(head) // 100:
        msg = "The file is not text: export it as CSV (UTF-8) or as an .xlsx workbook."
        raise FormatError(msg)
