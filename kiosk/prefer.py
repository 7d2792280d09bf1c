"""How a person wants to be met: who may ask them, how they talk, who sees what.

A choice nobody offers is not kept: what was chosen before stays.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast, get_args

from kiosk.model import SHAREABLE, Preferences, Preset, Talk
from kiosk.ports import Tx

SPOKEN_MOST = 20  # languages; more are somebody playing


@dataclass(frozen=True, slots=True)
class Prefer:
    """What this person says anew; None leaves it as it is."""

    attendee_id: str
    preset: str | None = None
    talk: str | None = None
    speaks: tuple[str, ...] | None = None
    sponsor_fields: tuple[str, ...] | None = None
    introduction_fields: tuple[str, ...] | None = None
    wants_suggestions: bool | None = None


def prefer(tx: Tx, command: Prefer, now: datetime) -> Preferences:
    """The preferences as they are now kept."""
    before = tx.preferences.get(command.attendee_id)
    after = _with_audiences(_with_manners(before, command), command)
    if command.wants_suggestions is not None:
        joined_at = before.suggestions_at or now
        after = replace(
            after, suggestions_at=joined_at if command.wants_suggestions else None
        )
    if after != before:
        tx.preferences.put(after)
    return after


def _with_manners(before: Preferences, command: Prefer) -> Preferences:
    after = before
    if command.preset in get_args(Preset):
        after = replace(after, preset=cast("Preset", command.preset))
    if command.talk in get_args(Talk):
        after = replace(after, talk=cast("Talk", command.talk))
    if command.speaks is not None:
        after = replace(after, speaks=tuple(dict.fromkeys(command.speaks))[:SPOKEN_MOST])
    return after


def _with_audiences(before: Preferences, command: Prefer) -> Preferences:
    after = before
    if command.sponsor_fields is not None:
        after = replace(after, sponsor_fields=_fields(command.sponsor_fields))
    if command.introduction_fields is not None:
        after = replace(after, introduction_fields=_fields(command.introduction_fields))
    return after


def _fields(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in SHAREABLE if name in {*chosen, "name"})
