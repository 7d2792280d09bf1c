"""A relay for each test that wants one, and a parcel to send."""

from collections.abc import Iterator

import pytest

from tests.mail.relay import Relay


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as relay:
        yield relay
