"""The staff PIN of an event: set it, change it, take it away."""

from flask import Response, request

from kiosk.pin import hashed, is_pin, remove_pin, set_pin
from kiosk.web.desk.devices import show_devices
from kiosk.web.desk.room import blueprint, event_named
from kiosk.web.house import house
from kiosk.web.replies import go


@blueprint.post("/events/<slug>/pin")
def change_pin(slug: str) -> Response:
    """An empty field takes the PIN away."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
    digits, now = request.form.get("pin", "").strip(), house().now()
    if digits and not is_pin(digits):
        return show_devices(slug, {"pin": "Four to eight digits, nothing else."})
    if digits:
        house().store.write(set_pin, hashed(event.id, digits), now)
    else:
        house().store.write(remove_pin, event.id, now)
    return go("desk.devices", slug=slug)
