"""Tests of wellserved.platform."""  # noqa: A005
