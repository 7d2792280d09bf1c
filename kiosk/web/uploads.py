"""Lists that wait for somebody to look at the preview: in memory, for half an hour.

They hold names and addresses of everybody, so no file of ours has them, and a restart or an
erasure forgets them.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from kiosk.ids import new_id

WAITS_FOR = timedelta(minutes=30)
UPLOADS_LIMIT = 3
"""At most this many at a time, each as large as a request may be; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, for the event and by the organiser it was uploaded for."""

    event_id: str
    organiser_id: str
    filename: str
    raw: bytes = field(repr=False)
    uploaded_at: datetime


class Uploads:
    """A few uploads, found by a random id."""

    def __init__(self) -> None:
        self._uploads: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def keep(self, upload: Upload) -> str:
        """The id under which it waits."""
        upload_id = new_id()
        with self._lock:
            self._uploads[upload_id] = upload
            while len(self._uploads) > UPLOADS_LIMIT:
                self._uploads.popitem(last=False)
        return upload_id

    def get(self, upload_id: str, now: datetime) -> Upload | None:
        with self._lock:
            upload = self._uploads.get(upload_id)
            if upload is None or now - upload.uploaded_at < WAITS_FOR:
                return upload
            del self._uploads[upload_id]
            return None

    def drop(self, upload_id: str) -> None:
        with self._lock:
            self._uploads.pop(upload_id, None)

    def drop_all(self) -> None:
        with self._lock:
            self._uploads.clear()
