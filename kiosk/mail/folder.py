"""Letters as files: one `.eml` each, whole or not there. For trying out and for tests."""

import os
from collections.abc import Callable
from pathlib import Path

from kiosk.deliver import Accepted, Result, TryLater
from kiosk.mail.message import Parcel


class Folder:
    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def send(self, parcel: Parcel, commit: Callable[[], bool]) -> Result | None:
        """Write the file under another name, then rename it; a copy replaces the first."""
        target = self._path / f"{parcel.id}.eml"
        part = target.with_suffix(".part")
        try:
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(part, parcel.content)
            if not commit():
                part.unlink()
                return None
            part.replace(target)
        except OSError as error:
            return TryLater(f"the mail folder: {error.strerror}", is_relay=True)
        return Accepted(f"written to {target.name}")

    def close(self) -> None:
        """Nothing is kept open."""


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
