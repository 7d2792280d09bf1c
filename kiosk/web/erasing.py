"""Forgetting a person from a page: the rows, and every copy of ours beside them."""

from kiosk import copies
from kiosk.erase import AlreadyErased, Erase, Erased, NobodyThere, erase
from kiosk.model import Event
from kiosk.web.house import house


def erase_wholly(event: Event, attendee_id: str) -> Erased | AlreadyErased | NobodyThere:
    """Forget somebody; what the file still held of them is overwritten at once."""
    with house().store.read() as tx:
        named_in = copies.letters_naming(tx, event.id, attendee_id)
    house().store.owe_scrub()
    command = Erase(event.id, attendee_id, house().settings.secret_key)
    erased = house().store.write(erase, command, house().now())
    if not isinstance(erased, NobodyThere):
        house().uploads.drop_all()
        copies.drop(house().settings, event.slug, named_in)
        house().store.scrub(may_stall=False)
    return erased
