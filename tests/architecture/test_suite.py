"""What the suite itself rests on."""

import pytest


@pytest.mark.xdist_group("kept-together")
def test_tests_of_a_group_run_on_one_worker(request: pytest.FixtureRequest) -> None:
    by_group = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@kept-together") == bool(by_group)
