"""Entries that only their own code opens."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.seal import Batch, Opened, seal_all
from tests.opening import INDEX, derived, unlocked

SALT, SECRET = b"an event", b"the server's key"


def sealed(*pairs: tuple[str, bytes]) -> Batch:
    return seal_all([Opened(*pair) for pair in pairs], SALT, SECRET)


def open_with(code: str, batch: Batch, entry: bytes) -> bytes | None:
    index = derived(code, SALT.decode(), "hallway roster index", INDEX)
    assert entry[:INDEX] == index
    return unlocked(
        derived(code, SALT.decode(), "hallway roster key", 32), batch.nonce, entry[INDEX:]
    )


@given(st.text(min_size=1).filter(str.isprintable), st.binary())
def test_the_code_opens_its_entry_and_no_other(code: str, content: bytes) -> None:
    batch = sealed((code, content), ("another", b"theirs"))
    assert open_with(code, batch, batch.entries[0]) == content
    key = derived("another", SALT.decode(), "hallway roster key", 32)
    assert unlocked(key, batch.nonce, batch.entries[0][INDEX:]) is None


def test_a_key_meets_a_nonce_again_only_with_the_same_text() -> None:
    assert sealed(("A", b"one")) == sealed(("A", b"one"))
    nonces = {
        sealed(("A", b"one")).nonce,
        sealed(("A", b"two")).nonce,
        sealed(("B", b"one")).nonce,
        sealed(("A", b"one"), ("B", b"")).nonce,
        sealed(("A", b""), ("B", b"one")).nonce,
        seal_all([Opened("A", b"one")], b"another event", SECRET).nonce,
        seal_all([Opened("A", b"one")], SALT, b"another key").nonce,
    }
    assert len(nonces) == 7
