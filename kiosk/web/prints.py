"""What the desk needs of the room that prints badges, without knowing that room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kiosk.model import Attendee, Event


@dataclass(frozen=True, slots=True)
class Print:
    """A badge to print: whose it is, its code, and that of its back if it has one."""

    attendee: Attendee
    code: str = field(repr=False)
    agree_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Why there is no paper; one sentence a person can act on."""

    sentence: str


class PrintBadges(Protocol):
    """Writes the badges as a PDF to `out`, in one of the layouts of `House.layouts`."""

    def __call__(
        self, event: Event, prints: Iterable[Print], out: Path, layout: str
    ) -> NotPrinted | None: ...
