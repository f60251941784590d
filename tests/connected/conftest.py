"""The installation on which the year was played, and its operator."""

import pytest

from tests.connected.operating import Operator
from tests.living import PlayedYear


@pytest.fixture
def operator(played_year: PlayedYear) -> Operator:
    """Who looks after the installation on which the undisturbed year was played."""
    return Operator(played_year.parts)
