"""What a sponsor's device may do: ask one person for a yes, and undo it; nothing else.

It checks nobody in, swaps nothing, registers nobody, and before somebody has said yes it
knows no more of them than the first name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.lead import Agreed, AgreeLead, Request, UndoLead, agree_lead, undo_lead
from kiosk.model import Device, Reason, Sponsor
from kiosk.occasion import Done, Occasion
from kiosk.ports import Tx
from kiosk.visible import one_line


@dataclass(frozen=True, slots=True)
class Agrees:
    """The person with this badge said yes to what the screen named."""

    code: str
    fields: tuple[str, ...] | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Undoes:
    """The yes with this id was a mistake, and is taken back at once."""

    lead_id: str


def agree(tx: Tx, deed: Agrees, sponsor: Sponsor, occasion: Occasion) -> Done:
    venue = occasion.venue
    request = Request(venue.event, sponsor, deed.code, occasion.at)
    purpose = one_line(deed.purpose)[0]
    command = AgreeLead(occasion.id, request, venue.device.id, deed.fields, purpose)
    done = agree_lead(tx, command, occasion.now)
    if not isinstance(done, Agreed):
        return Done("turned_away", str(done))
    return Done("agreed" if done.is_new else "already_agreed")


def undo(tx: Tx, deed: Undoes, _: Sponsor, occasion: Occasion) -> Done:
    command = UndoLead(deed.lead_id, occasion.venue.device.id, occasion.at)
    refusal = undo_lead(tx, command)
    return Done("turned_away", refusal) if refusal else Done("annulled")


BoothDeed = Agrees | Undoes
_VERBS: Mapping[type[Any], Callable[[Tx, Any, Sponsor, Occasion], Done]] = {
    Agrees: agree,
    Undoes: undo,
}


def do_at_booth(tx: Tx, deed: object, occasion: Occasion) -> Done:
    """What may be done at a sponsor's device, and there alone; anything else is refused."""
    sponsor = sponsor_of(tx, occasion.venue.device)
    verb = _VERBS.get(type(deed))
    if verb is None or sponsor is None:
        return Done("turned_away", Reason.WRONG_LIST)
    return verb(tx, deed, sponsor, occasion)


def sponsor_of(tx: Tx, device: Device) -> Sponsor | None:
    """Whose device this is; None for one of the organisers."""
    return tx.sponsors.get(device.sponsor_id) if device.sponsor_id else None
