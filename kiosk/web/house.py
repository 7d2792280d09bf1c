"""What a request may use: the settings, the store, the clock, and what other rooms lend.

Rooms that stand beside this one (intake, badges, mail) are never imported here; what the
pages need of them is handed in by `kiosk.app` as plain functions.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar, cast

from flask import current_app

from kiosk.ports import Tx
from kiosk.settings import Settings
from kiosk.web.kept import Kept
from kiosk.web.limits import Misses
from kiosk.web.lists import ReadList
from kiosk.web.papers import WritePaper
from kiosk.web.preview import WriteLetter
from kiosk.web.prints import PrintBadges
from kiosk.web.uploads import Uploads

C = TypeVar("C")
R = TypeVar("R")
FRAGMENTS_LIVE_FOR = timedelta(seconds=2)


class Store(Protocol):
    """The store as a page uses it: a verb made durable, or a still picture to read."""

    def write(
        self, verb: Callable[[Tx, C, datetime], R], command: C, now: datetime
    ) -> R: ...
    def read(self) -> AbstractContextManager[Tx]: ...
    def ask(self, question: Callable[[Tx], R]) -> R: ...
    def owe_scrub(self) -> None: ...
    def scrub(self, *, may_stall: bool = True) -> bool: ...


@dataclass(frozen=True, slots=True)
class House:
    """The one thing a view asks for: `house().store.read()`."""

    settings: Settings
    store: Store
    now: Callable[[], datetime]
    read_list: ReadList
    write_paper: WritePaper
    write_letter: WriteLetter
    print_badges: PrintBadges
    layouts: Mapping[str, str]
    tokens: set[str] = field(default_factory=set)
    misses: Misses = field(default_factory=Misses)
    backs: Misses = field(default_factory=lambda: Misses(timedelta(hours=1)))
    uploads: Uploads = field(default_factory=Uploads)
    fragments: Kept[str] = field(default_factory=lambda: Kept(FRAGMENTS_LIVE_FOR))


def house() -> House:
    """The house this request is answered in."""
    return cast("House", current_app.extensions["house"])
