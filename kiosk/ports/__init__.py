"""What the story asks of the world: the store as the verbs see it, noun by noun.

A verb gets a `Tx` and never learns which engine is behind it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from kiosk.ports.event import Events, Organisers, SignIns
from kiosk.ports.letters import Deliveries, Letters, Outboxes, Suppressions
from kiosk.ports.links import LinkRequests, Links, Reports
from kiosk.ports.meetings import (
    Connections,
    Introductions,
    Meetings,
    Phones,
    Promises,
    Sides,
)
from kiosk.ports.people import Attendees, Badges, Names, PreferencesOf, Tickets
from kiosk.ports.rosters import Rosters
from kiosk.ports.scans import Acts, Devices, Scans
from kiosk.ports.sponsors import Leads, Sponsors
from kiosk.ports.staffing import PairingRequests, Pins, Referrals
from kiosk.ports.views import Erasures, Exports, Figures

__all__ = [
    "Acts",
    "Attendees",
    "Badges",
    "Connections",
    "Deliveries",
    "Devices",
    "Erasures",
    "Events",
    "Exports",
    "Figures",
    "Introductions",
    "Leads",
    "Letters",
    "LinkRequests",
    "Links",
    "Meetings",
    "Names",
    "Organisers",
    "Outboxes",
    "PairingRequests",
    "Phones",
    "Pins",
    "PreferencesOf",
    "Promises",
    "Referrals",
    "Reports",
    "Rosters",
    "Scans",
    "Sides",
    "SignIns",
    "Sponsors",
    "Store",
    "Suppressions",
    "Tickets",
    "Tx",
]

C = TypeVar("C")
R = TypeVar("R")


class Tx(Protocol):
    """One transaction: what a verb reads and writes becomes true together or not at all."""

    @property
    def organisers(self) -> Organisers: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def events(self) -> Events: ...
    @property
    def attendees(self) -> Attendees: ...
    @property
    def preferences(self) -> PreferencesOf: ...
    @property
    def names(self) -> Names: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def badges(self) -> Badges: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def rosters(self) -> Rosters: ...
    @property
    def acts(self) -> Acts: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def sponsors(self) -> Sponsors: ...
    @property
    def leads(self) -> Leads: ...
    @property
    def pairing_requests(self) -> PairingRequests: ...
    @property
    def pins(self) -> Pins: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def sides(self) -> Sides: ...
    @property
    def introductions(self) -> Introductions: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def promises(self) -> Promises: ...
    @property
    def links(self) -> Links: ...
    @property
    def link_requests(self) -> LinkRequests: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def phones(self) -> Phones: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def outboxes(self) -> Outboxes: ...
    @property
    def suppressions(self) -> Suppressions: ...
    @property
    def exports(self) -> Exports: ...
    @property
    def erasures(self) -> Erasures: ...


class Store(Protocol):
    """Where verbs run: `write` returns once it is durable, `read` is a still picture."""

    def write(
        self, verb: Callable[[Tx, C, datetime], R], command: C, now: datetime
    ) -> R: ...
    def read(self) -> AbstractContextManager[Tx]: ...
