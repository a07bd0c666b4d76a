"""What a file is by its first bytes, whatever its name and its sender claim."""

HEAD = 4096

# (first bytes, type they show). Containers such as ZIP hold many types and are left as declared.
_SHOWN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
)
_PROGRAMS: tuple[bytes, ...] = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    # A Windows shortcut starts whatever it points to.
    b"L\x00\x00\x00\x01\x14\x02\x00",
)


def type_of(head: bytes, *, declared: str) -> str:
    """Return the type the first bytes show, else the declared one.

    >>> type_of(b"%PDF-1.7", declared="text/html")
    'application/pdf'
    >>> type_of(b"Dear all", declared="text/plain")
    'text/plain'
    """
    return next((shown for start, shown in _SHOWN if head.startswith(start)), declared)


def is_program(head: bytes) -> bool:
    """Return whether a machine would run this: a Windows, Linux or macOS program, or a shortcut to one.

    >>> is_program(b"MZ is how my name begins")
    False
    """
    return head.startswith(_PROGRAMS) or _is_windows_program(head)


def _is_windows_program(head: bytes) -> bool:
    # Two letters alone could begin any text: byte 60 says where the real signature stands.
    at = int.from_bytes(head[60:64], "little")
    return head.startswith(b"MZ") and head[at : at + 4] == b"PE\0\0"
