"""The cache of one machine: shared by its processes, exact, and emptied of what is over."""

import json
import pathlib
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from wellserved.config import env
from wellserved.platform.shared_cache import SharedCache

ROOT = pathlib.Path(__file__).parents[2]
TAKER = """
import datetime as dt, json, django
django.setup()
from wellserved.platform import throttle
from wellserved.platform.errors import TooMany
now, won = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC), 0
for _ in range(40):
    try:
        throttle.take("everybody", limit=50, per=dt.timedelta(days=1), now=now)
        won += 1
    except TooMany:
        pass
print(json.dumps(won))
"""


@pytest.fixture
def shared(tmp_path: pathlib.Path) -> SharedCache:
    return SharedCache(str(tmp_path / "cache.sqlite3"), {})


def test_one_process_reads_what_another_wrote(shared: SharedCache, tmp_path: pathlib.Path) -> None:
    shared.set("greeting", {"words": ["hello"]})
    other = SharedCache(str(tmp_path / "cache.sqlite3"), {})
    assert other.get("greeting") == {"words": ["hello"]}
    assert (other.delete("greeting"), shared.get("greeting", "gone")) == (True, "gone")


def test_a_key_is_added_once_and_again_when_it_is_over(shared: SharedCache) -> None:
    assert (shared.add("lease", 1, timeout=60), shared.add("lease", 2, timeout=60), shared.get("lease")) == (
        True,
        False,
        1,
    )
    assert (shared.touch("lease", timeout=0), shared.get("lease"), shared.add("lease", 3)) == (True, None, True)
    assert (shared.touch("nothing"), shared.get("lease")) == (False, 3)


def test_what_is_over_is_swept_and_the_rest_kept_to_its_measure(tmp_path: pathlib.Path) -> None:
    small = SharedCache(str(tmp_path / "small.sqlite3"), {"OPTIONS": {"MAX_ENTRIES": 100}})
    for number in range(500):
        small.set(str(number), number, timeout=None if number == 0 else 60 + number)
    assert (small.get("0"), small.get("1"), small.get("499")) == (0, None, 499)
    small.clear()
    assert small.get("499") is None


def test_four_processes_are_counted_together(tmp_path: pathlib.Path) -> None:
    told = {
        "WELLSERVED_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "wellserved.config.settings_test",
        "PYTHONPATH": str(ROOT / "src"),
    }
    takers = [
        subprocess.Popen([sys.executable, "-c", TAKER], env=told, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert sum(json.loads(taker.communicate(timeout=60)[0]) for taker in takers) == 50


def test_the_cache_of_several_machines_is_named_by_an_address(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"CACHE_URL=memcached://x: use redis://host:6379/0"):
        env.cache("memcached://x", var=tmp_path)
