"""The first schema: a conference day, a file a group of nouns."""

from kiosk.store.step_0001.devices import DEVICES
from kiosk.store.step_0001.events import EVENTS
from kiosk.store.step_0001.leads import LEADS
from kiosk.store.step_0001.letters import LETTERS
from kiosk.store.step_0001.meetings import MEETINGS
from kiosk.store.step_0001.people import PEOPLE

CONFERENCE_DAY = EVENTS + PEOPLE + DEVICES + LEADS + MEETINGS + LETTERS
