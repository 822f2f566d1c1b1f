"""What is tested from end to end is tested on both runtimes."""

import pytest
from whole_runtimes import Runtime


@pytest.fixture(scope="module", params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def runtime(request: pytest.FixtureRequest) -> Runtime:
    """One partition a topic on Kafka, too: so the articles come in one order, and the results must be the same."""
    return Runtime(request.getfixturevalue("kafka") if request.param == "kafka" else "")
