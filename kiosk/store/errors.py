"""What can go wrong with a store, in sentences for people.

StoreError
├── StoreUnavailable   for now: full disk, locked by another program, stopping
└── StoreUnfit         for good: another version, another program's file, damage
"""


class StoreError(Exception):
    """The message is one sentence a person can act on."""


class StoreUnavailable(StoreError):
    """Nothing was written; the same call may succeed later."""


class StoreUnfit(StoreError):
    """This database cannot be used by this program as it is."""
