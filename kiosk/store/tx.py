"""Everything a verb may ask of the store, noun by noun, over one connection."""

from kiosk.store.acts import Acts
from kiosk.store.deliveries import Deliveries
from kiosk.store.devices import Devices
from kiosk.store.erasures import Erasures
from kiosk.store.events import Events
from kiosk.store.exports import Exports
from kiosk.store.figures import Figures
from kiosk.store.introductions import Introductions
from kiosk.store.kept import Kept
from kiosk.store.letters import Letters
from kiosk.store.links import LinkRequests, Links
from kiosk.store.meetings import Connections, Meetings, Sides
from kiosk.store.names import Names
from kiosk.store.organisers import Organisers, SignIns
from kiosk.store.outboxes import Outboxes, Suppressions
from kiosk.store.people import Attendees, Badges, Tickets
from kiosk.store.phones import Phones
from kiosk.store.preferences import PreferencesOf
from kiosk.store.promises import Promises
from kiosk.store.reports import Reports
from kiosk.store.rosters import Rosters
from kiosk.store.scans import Scans
from kiosk.store.session import Session
from kiosk.store.sources import Sources
from kiosk.store.sponsors import Leads, Sponsors
from kiosk.store.staffing import PairingRequests, Pins, Referrals


class Tx:
    def __init__(self, session: Session) -> None:
        self._kept = Kept(session)
        self._run_events(session)
        self._know_people(session)
        self._hear_tablets(session)
        self._keep_meetings(session)
        self._carry_letters(session)

    def _run_events(self, session: Session) -> None:
        self.organisers = Organisers(session)
        self.sign_ins = SignIns(session)
        self.events = Events(session, self._kept)
        self.figures = Figures(session)
        self.exports = Exports(session)
        self.erasures = Erasures(session)
        self.sources = Sources(session)

    def _know_people(self, session: Session) -> None:
        self.attendees = Attendees(session)
        self.preferences = PreferencesOf(session)
        self.names = Names(session)
        self.tickets = Tickets(session)
        self.badges = Badges(session)

    def _hear_tablets(self, session: Session) -> None:
        self.devices = Devices(session, self._kept)
        self.pairing_requests = PairingRequests(session)
        self.pins = Pins(session)
        self.scans = Scans(session)
        self.acts = Acts(session)
        self.rosters = Rosters(session)
        self.referrals = Referrals(session)
        self.sponsors = Sponsors(session)
        self.leads = Leads(session)

    def _keep_meetings(self, session: Session) -> None:
        self.connections = Connections(session)
        self.sides = Sides(session)
        self.introductions = Introductions(session)
        self.meetings = Meetings(session)
        self.promises = Promises(session)
        self.links = Links(session)
        self.link_requests = LinkRequests(session)
        self.reports = Reports(session)
        self.phones = Phones(session)

    def _carry_letters(self, session: Session) -> None:
        self.letters = Letters(session)
        self.deliveries = Deliveries(session)
        self.outboxes = Outboxes(session)
        self.suppressions = Suppressions(session)

    def renew(self) -> None:
        """A new job begins; what others have changed meanwhile is read anew."""
        self._kept.renew()
