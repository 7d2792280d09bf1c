"""What the desk needs of a room that reads attendee lists, without knowing that room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.model import Registration


class RowNote(Protocol):
    """Why a row of the file needs a look."""

    @property
    def row(self) -> int: ...
    @property
    def reason(self) -> str: ...


class ListReading(Protocol):
    """A list that was read: the people, and a note for every row that is not fine."""

    @property
    def people(self) -> tuple[Registration, ...]: ...
    @property
    def withdrawn(self) -> tuple[Registration, ...]: ...
    @property
    def skipped(self) -> Sequence[RowNote]: ...
    @property
    def warnings(self) -> Sequence[RowNote]: ...
    @property
    def rejected(self) -> Sequence[RowNote]: ...
    @property
    def held(self) -> Sequence[RowNote]: ...
    @property
    def mapping(self) -> Mapping[str, str]: ...
    @property
    def encoding(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The whole file cannot be read; one sentence a person can act on."""

    sentence: str


class ReadList(Protocol):
    """Reads a file. `mapping` is heading → attendee field and goes before any guess;
    without an `encoding` the bytes decide.
    """

    def __call__(
        self,
        raw: bytes,
        filename: str,
        *,
        encoding: str | None,
        mapping: Mapping[str, str],
        timezone: str,
    ) -> ListReading | Unreadable: ...
