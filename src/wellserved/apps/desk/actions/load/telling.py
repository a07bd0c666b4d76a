"""Write a history block by block, and tell known tickets anew where something changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.db import transaction

from wellserved.apps.desk.actions.load.names import TransactionOf
from wellserved.apps.desk.actions.load.reading import Reader, fingerprint
from wellserved.apps.desk.actions.load.restoring import Before
from wellserved.apps.desk.actions.load.writing import Writer
from wellserved.apps.desk.historic import HistoricTicket, LoadCounts

BLOCK = 400
Keep = Callable[[Sequence[Before]], None]


def load_history(
    *,
    records: Iterable[HistoricTicket],
    origin: str,
    system: str,
    batch: int | None,
    now: dt.datetime,
    progress: Callable[[int], None] | None = None,
    keep: Keep | None = None,
    tells_replies: bool = True,
    transaction_of: TransactionOf = transaction.atomic,
) -> LoadCounts:
    """Write the records and return what was written.

    Clocks are replayed under the policies in force when each ticket was opened; of a source that does not tell of
    replies (`tells_replies`) only the outcome is judged. `keep` is given, in the transaction
    that changes them, how tickets stood before they were told anew; each write stands in a transaction opened by
    `transaction_of`, which may refuse it. Raises what the records raise while they are
    read; everything written before stays, so a repeated load goes on where the first one stopped.
    """
    reader = Reader(
        origin=origin,
        system=system,
        batch=batch,
        now=now,
        tells_replies=tells_replies,
        transaction_of=transaction_of,
    )
    writer = Writer(keep=keep, transaction_of=transaction_of)
    counts, done = LoadCounts(), 0
    stream = iter(records)
    while block := list(islice(stream, BLOCK)):
        counts = counts.plus(_load(block, reader=reader, writer=writer))
        done += len(block)
        if progress:
            progress(done)
    return counts


def _load(block: Sequence[HistoricTicket], *, reader: Reader, writer: Writer) -> LoadCounts:
    reader.prepare(block)
    known = reader.known(block)
    marks = [fingerprint(record) for record in block]
    pairs = [(record, mark, known.get(record.external_id[:120])) for record, mark in zip(block, marks, strict=True)]
    reader.recall(here for _, mark, here in pairs if here and here.mark != mark)
    fresh = [reader.read(record, mark) for record, mark, here in pairs if here is None]
    changed = [reader.read(record, mark, here) for record, mark, here in pairs if here and here.mark != mark]
    writer.add(fresh)
    writer.replace(changed)
    written = fresh + changed
    return LoadCounts(
        created=len(fresh),
        updated=len(changed),
        unchanged=len(block) - len(written),
        events=sum(len(rows.events) for rows in written),
        messages=sum(len(rows.messages) for rows in written),
    )
