"""How people want to be met; who has said nothing has the defaults and no row."""

from collections.abc import Sequence

from kiosk.model import Preferences
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_PUT = (
    f"{insert(Preferences, 'preferences')} on conflict (attendee_id) do update set "
    f"{assignments(Preferences, keep=('attendee_id',))}"
)


class PreferencesOf:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, attendee_id: str) -> Preferences:
        found = self._session.one(
            Preferences,
            f"select {columns(Preferences)} from preferences where attendee_id = :id",
            {"id": attendee_id},
        )
        return found or Preferences(attendee_id)

    def of_event(self, event_id: str) -> Sequence[Preferences]:
        """Of everybody at an event who has said something, the erased left out."""
        return self._session.all(
            Preferences,
            f"select {columns(Preferences, 'p')} from preferences p "
            "join attendees a on a.id = p.attendee_id and a.erased_at is null "
            "where a.event_id = :event_id order by a.name, a.id",
            {"event_id": event_id},
        )

    def put(self, preferences: Preferences) -> None:
        """Say it anew; what was said before is gone."""
        self._session.run(_PUT, dump(preferences))
