"""One connection's way of asking: named parameters in, rows or nouns out.

Statements are the common subset of SQLite and PostgreSQL (`:name` parameters,
`on conflict (columns)`, `returning`), so an engine only has to supply `execute`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from kiosk.store.rows import load

T = TypeVar("T")
Row = tuple[Any, ...]


class Cursor(Protocol):
    """What both drivers give back from a statement."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Any: ...


class Connection(Protocol):
    """What an engine supplies: a statement with named parameters."""

    def execute(self, sql: str, parameters: dict[str, Any] | None = None) -> Cursor: ...


class Session:
    """Asks one connection; used by the thread that owns it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, sql: str, parameters: Mapping[str, Any] = {}) -> int:
        """Rows changed."""
        return self._connection.execute(sql, dict(parameters)).rowcount

    def run_each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Rows changed by the same statement for each set of parameters."""
        return sum(self.run(sql, row) for row in rows)

    def rows(self, sql: str, parameters: Mapping[str, Any] = {}) -> list[Row]:
        return self._connection.execute(sql, dict(parameters)).fetchall()

    def stream(self, sql: str, parameters: Mapping[str, Any] = {}) -> Iterable[Row]:
        """Rows one by one; only inside the transaction that asked."""
        return self._connection.execute(sql, dict(parameters))

    def row(self, sql: str, parameters: Mapping[str, Any] = {}) -> Row | None:
        found: Row | None = self._connection.execute(sql, dict(parameters)).fetchone()
        return found

    def value(self, sql: str, parameters: Mapping[str, Any] = {}) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return found[0] if found else None

    def one(self, noun: type[T], sql: str, parameters: Mapping[str, Any] = {}) -> T | None:
        found = self.row(sql, parameters)
        return load(noun, found) if found else None

    def all(
        self, noun: type[T], sql: str, parameters: Mapping[str, Any] = {}
    ) -> Sequence[T]:
        return [load(noun, row) for row in self.rows(sql, parameters)]
