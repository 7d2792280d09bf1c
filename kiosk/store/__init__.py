"""The only place that speaks SQL: SQLite today, one statement text for every engine."""

from kiosk.store.errors import StoreError, StoreUnavailable, StoreUnfit
from kiosk.store.ledger import Forgotten
from kiosk.store.restore import Restored, restore
from kiosk.store.sqlite import migrate
from kiosk.store.store import SqliteStore
from kiosk.store.tx import Tx

__all__ = [
    "Forgotten",
    "Restored",
    "SqliteStore",
    "StoreError",
    "StoreUnavailable",
    "StoreUnfit",
    "Tx",
    "migrate",
    "restore",
]
