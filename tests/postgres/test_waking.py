"""Live screens on PostgreSQL hear at once that something was sealed, also after their connection was lost."""

import json
import pathlib

import pytest

from tests.databases import empty_postgres, run_python

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_news_come_by_notice_and_not_by_asking(tmp_path: pathlib.Path) -> None:
    with empty_postgres() as url:
        heard = json.loads(run_python("-m", "tests.postgres.waking", url=url, var=tmp_path).splitlines()[-1])
    assert list(heard) == ["first", "second", "after a lost connection"]
    # Asking at intervals alone would take a minute here.
    assert max(heard.values()) < 5
