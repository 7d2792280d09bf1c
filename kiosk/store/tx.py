"""Everything a verb may ask of the store, noun by noun, over one connection."""

from kiosk.store.devices import Devices
from kiosk.store.events import Events
from kiosk.store.meetings import Connections, Sides
from kiosk.store.people import Attendees, Badges, Tickets
from kiosk.store.scans import Scans
from kiosk.store.session import Session


class Tx:
    def __init__(self, session: Session) -> None:
        self.events = Events(session)
        self.attendees = Attendees(session)
        self.tickets = Tickets(session)
        self.badges = Badges(session)
        self.devices = Devices(session)
        self.scans = Scans(session)
        self.connections = Connections(session)
        self.sides = Sides(session)
