"""Whose device a tablet is, when a sponsor asks at it."""

from collections.abc import Sequence

from msgspec import Struct

from kiosk.model import Sponsor


class SponsorMessage(Struct):
    """Who asks at this tablet, to what purpose, and for which fields."""

    name: str
    purpose: str
    fields: Sequence[str]


def sponsor_message(sponsor: Sponsor | None) -> SponsorMessage | None:
    if sponsor is None:
        return None
    return SponsorMessage(sponsor.name, sponsor.purpose, sponsor.fields)
