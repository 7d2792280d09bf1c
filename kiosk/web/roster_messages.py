"""The sealed roster as a device reads it; `/openapi.json` is made from these."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from kiosk.roster import Passage, Standing

Person = Annotated[
    Sequence[int], Meta(description="their place, then the length in bytes of each entry")
]
Sealed = Annotated[
    str,
    Meta(
        description="base64url: every entry, one after another; each is 6 bytes of index, "
        "then AES-256-GCM with a tag of 64 bits"
    ),
]


class RosterPage(Struct):
    """A stretch of the roster; ask again at once with `cursor` while there is `more`.

    `whole` begins a roster anew: what is not told until its end is held no longer. `nonce`
    and `salt` open the entries, `standings` and `passages` are what entries point to, and
    minutes in them count from `opens_at`. A person comes whole: what was held under their
    place is replaced, by nothing when they have no entry.
    """

    cursor: str
    more: bool
    whole: bool
    salt: str
    nonce: Annotated[str, Meta(description="base64url, 12 bytes")]
    opens_at: datetime
    standings: Sequence[Standing] = ()
    passages: Sequence[Passage] = ()
    people: Sequence[Person] = ()
    sealed: Sealed = ""
