"""Where a paper goes: beside its name first, then in its place at once, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotWrite(Exception):
    """The message is one sentence for the person who named the place."""


@contextmanager
def put(target: Path) -> Iterator[Path]:
    """A private file to write; it takes the place of `target` when the block ends well."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        try:
            yield part
            _make_durable(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"Cannot write {target}: {_said(error)}.") from error


def _make_durable(part: Path) -> None:
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _said(error: OSError) -> str:
    text = error.strerror or "the system refused"
    return text[0].lower() + text[1:]
