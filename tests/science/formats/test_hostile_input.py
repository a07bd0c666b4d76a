"""No bytes, however made, bring down the reading: there is a table, or a sentence."""

import gzip
import random

from hypothesis import given
from hypothesis import strategies as st

from wellserved.science.formats import FormatError, Table, detect_mapping, plan, read_table, summarise

CELLS = st.sampled_from(
    [
        "",
        "?",
        "1",
        "29/2/2016 01:16",
        "2016-02-29",
        "Closed",
        "open",
        "x" * 300,
        "a\nb",
        '"',
        "1e999",
        "Größe",
        "\uff11",
    ]
)
HEADERS = st.sampled_from(
    [
        "id",
        "Case ID",
        "Activity",
        "status",
        "time",
        "opened at",
        "closed",
        "priority",
        "Tags",
        "",
        "x",
        "case",
        "State",
    ]
)


def account_for(table: Table) -> bool:
    """Detect, plan if that can be done, and say whether every row is accounted for."""
    detection = detect_mapping(table)
    if detection.problems:
        return True
    return summarise(plan(table, detection.mapping), table).balances


def read_or_refuse(data: bytes) -> bool:
    """Read and account for a table; a refusal with a sentence is as good."""
    try:
        table = read_table(data)
    except FormatError as refusal:
        return len(str(refusal)) > 20
    return account_for(table)


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert read_or_refuse(data)
    assert read_or_refuse(b"id,opened\n" + data)
    assert read_or_refuse(b"\x1f\x8b" + data)
    assert read_or_refuse(b"PK\x03\x04" + data)


@given(text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"]))
def test_any_text_is_read_or_refused(text, encoding):
    assert read_or_refuse(("id;opened at;status\n" + text).encode(encoding))


@given(
    columns=st.lists(HEADERS, min_size=1, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=30),
)
def test_any_table_is_accounted_for(columns, rows):
    assert account_for(Table.of(columns, rows))


def test_flipped_bits_in_a_packed_log_are_read_or_refused():
    rng = random.Random(20260101)
    log = "id,activity,timestamp\n" + "".join(f"{n // 3},Step {n % 3},2016-02-29 10:{n % 60:02}\n" for n in range(500))
    packed = gzip.compress(log.encode(), mtime=0)

    for _trial in range(300):
        damaged = bytearray(packed)
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        assert read_or_refuse(bytes(damaged))
