"""One connection's way of asking: named parameters in, rows or nouns out.

Statements are the common subset of SQLite and PostgreSQL (`:name` parameters,
`on conflict (columns)`, `returning`), so an engine only has to supply `execute`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from kiosk.store.rows import load

T = TypeVar("T")
Row = tuple[Any, ...]
Parameters = dict[str, Any]
_NONE: Parameters = {}


class Cursor(Protocol):
    """What both drivers give back from a statement."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Any: ...


class Connection(Protocol):
    """What an engine supplies: a statement with named parameters."""

    def execute(self, sql: str, parameters: Parameters) -> Cursor: ...


class Session:
    """Asks one connection; used by the thread that owns it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, sql: str, parameters: Parameters = _NONE) -> int:
        """Rows changed."""
        return self._connection.execute(sql, parameters).rowcount

    def run_each(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Rows changed by the same statement for each set of parameters."""
        return sum(self.run(sql, row) for row in rows)

    def rows(self, sql: str, parameters: Parameters = _NONE) -> list[Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Parameters = _NONE) -> Iterable[Row]:
        """Rows one by one; only inside the transaction that asked."""
        return self._connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = _NONE) -> Row | None:
        found: Row | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, parameters: Parameters = _NONE) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return found[0] if found else None

    def one(self, noun: type[T], sql: str, parameters: Parameters = _NONE) -> T | None:
        found = self.row(sql, parameters)
        return load(noun, found) if found else None

    def all(self, noun: type[T], sql: str, parameters: Parameters = _NONE) -> Sequence[T]:
        return [load(noun, row) for row in self.rows(sql, parameters)]
