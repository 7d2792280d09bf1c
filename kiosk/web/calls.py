"""Everything a device may call under `/api/v1`, one module a subject, one blueprint."""

from kiosk.web import acts, api, beats, labels, pairings, roster, staff
from kiosk.web.api import blueprint

__all__ = ["acts", "api", "beats", "blueprint", "labels", "pairings", "roster", "staff"]
