"""The only place that speaks SQL. `open_store` picks the engine by the address given."""

from kiosk.store.errors import StoreError, StoreUnavailable, StoreUnfit
from kiosk.store.sqlite import migrate
from kiosk.store.store import SqliteStore
from kiosk.store.tx import Tx

__all__ = ["SqliteStore", "StoreError", "StoreUnavailable", "StoreUnfit", "Tx", "migrate"]
