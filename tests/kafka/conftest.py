"""A run on the broker that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka_run import Run, new_run


@pytest.fixture
def run(kafka: str, tmp_path: Path) -> Iterator[Run]:
    """Topics of the test's own; no worker yet."""
    with new_run(kafka, tmp_path) as made:
        yield made
