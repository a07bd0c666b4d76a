"""A stale save is refused, says what differs and keeps what was typed."""

import dataclasses
from typing import Any

import pytest

from wellserved.platform import versions
from wellserved.platform.errors import Conflict


@dataclasses.dataclass
class Row:
    subject: str
    body: str
    version: int
    saved: list[list[str]] = dataclasses.field(default_factory=list)

    def save(self, *, update_fields: list[str]) -> None:
        self.saved.append(update_fields)


def row() -> Any:
    return Row(subject="Theirs", body="Same", version=3)


def test_a_save_of_the_version_read_passes_and_raises_it() -> None:
    record = row()
    versions.check(record, given=3, changed={"subject": "Mine"})
    versions.save(record, "subject")
    assert (record.version, record.saved) == (4, [["subject", "version"]])


def test_a_stale_save_is_a_conflict_with_the_difference_and_keeps_the_text() -> None:
    with pytest.raises(Conflict, match="Somebody else has saved this") as refusal:
        versions.check(row(), given=2, changed={"subject": "Mine", "body": "Same"}, read={"subject": "Before"})
    assert refusal.value.status == 409
    assert refusal.value.code == "stale"
    assert refusal.value.data["difference"] == {"subject": ("Mine", "Theirs", "Before")}
    assert refusal.value.data["kept"] == {"subject": "Mine", "body": "Same"}
    assert (refusal.value.data["given"], refusal.value.data["current"]) == (2, 3)
