"""What the tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import iam


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """The smallest package says of what it does not have that it was left out; that is no failure."""
    try:
        yield
    except iam.RefusedError as error:
        if os.environ.get("IAM_SMALL") and error.code == "feature.off":
            pytest.skip(error.message)
        raise


@pytest.fixture(params=["memory", "sqlite"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[iam.Database]:
    """A database on every storage that needs no server."""
    address = ":memory:" if request.param == "memory" else str(tmp_path / "people.db")
    with iam.open(address) as db:
        yield db


@pytest.fixture
def acme(db: iam.Database) -> iam.Acting:
    """An actor in a fresh realm."""
    return db.realm("acme").act_as("host:tests")
