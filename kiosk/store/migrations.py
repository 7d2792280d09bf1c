"""The schema as an ordered list of steps; a step that has shipped is never edited.

The SQL is the common subset of SQLite and PostgreSQL. An engine applies each step in one
transaction together with the version bump (`strict` tables on SQLite), and a server refuses
to start on any version but `LATEST`.
"""

from kiosk.store.step_0001 import CONFERENCE_DAY

MIGRATIONS: tuple[tuple[str, str], ...] = (("0001 a conference day", CONFERENCE_DAY),)
LATEST = len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """The single statements of a step."""
    return [part.strip() for part in script.split(";") if part.strip()]
