"""A list comes in: upload it, look at what it would do, then say so; never half of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Response, abort, request

from kiosk.model import Event
from kiosk.register import Registered, RegisterList, register
from kiosk.web.desk.list_words import FIELDS, reason_in_words
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.lists import ListReading, RowNote, Unreadable
from kiosk.web.replies import go
from kiosk.web.uploads import Upload

ENCODINGS = (
    "utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "iso-8859-1", "iso-8859-2", "mac-roman", "shift_jis", "euc-jp",
    "gb18030", "big5", "euc-kr",
)  # fmt: skip
NOTES_SHOWN = 200
PEOPLE_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Remarks:
    """Rows of one kind, each with its reason in words; `count` is of all, shown or not."""

    title: str
    tone: str
    count: int
    rows: Sequence[tuple[int, str]]


@blueprint.get("/events/<slug>/import/")
def import_list(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        return desk_page("import.html", event, has_people=tx.attendees.count(event.id) > 0)


@blueprint.post("/events/<slug>/import/")
def take_list(slug: str) -> Response:
    """Keep the file for the preview; nothing of it is written."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
    file = request.files.get("list")
    raw = file.read() if file else b""
    if file is None or not raw:
        return desk_page("import.html", event, 422, error="Choose the file with the list.")
    upload = Upload(
        event.id, the_organiser().id, file.filename or "list", raw, house().now()
    )
    return go("desk.preview_list", slug=slug, upload_id=house().uploads.keep(upload))


@blueprint.get("/events/<slug>/import/<upload_id>")
def preview_list(slug: str, upload_id: str) -> Response:
    """What the list would do; `column` and `field` in pairs correct how it is read."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
        upload = _upload(event, upload_id)
        reading = _read(event, upload)
        if isinstance(reading, Unreadable):
            return _unreadable(event, upload, reading)
        would = register(tx, _command(event, reading, dry_run=True), house().now())
    return desk_page(
        "import_preview.html",
        event,
        upload_id=upload_id,
        filename=upload.filename,
        reading=reading,
        would=would,
        people=reading.people[:PEOPLE_SHOWN],
        remarks=_remarks(reading, would),
        corrections=_mapping(),
        encoding=_encoding(),
        encodings=[("", "As it seems"), *((name, name) for name in ENCODINGS)],
        field_words=FIELDS,
    )


@blueprint.post("/events/<slug>/import/<upload_id>")
def apply_list(slug: str, upload_id: str) -> Response:
    """Register the people of the list, as the preview showed it."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
    upload = _upload(event, upload_id)
    reading = _read(event, upload)
    if isinstance(reading, Unreadable):
        return _unreadable(event, upload, reading)
    command = _command(event, reading, dry_run=False)
    done = house().store.write(register, command, house().now())
    house().uploads.drop(upload_id)
    return desk_page(
        "import_done.html",
        event,
        done=done,
        rejected_count=len(reading.rejected),
        remarks=_remarks(reading, done),
    )


def _upload(event: Event, upload_id: str) -> Upload:
    """The file that waits under this id for this event and organiser, or 404."""
    upload = house().uploads.get(upload_id, house().now())
    if upload is None or upload.event_id != event.id:
        abort(404)
    return upload if upload.organiser_id == the_organiser().id else abort(404)


def _read(event: Event, upload: Upload) -> ListReading | Unreadable:
    """The list, read as the corrections of this request say."""
    return house().read_list(
        upload.raw,
        upload.filename,
        encoding=_encoding(),
        mapping=_mapping(),
        timezone=event.timezone,
    )


def _command(event: Event, reading: ListReading, *, dry_run: bool) -> RegisterList:
    return RegisterList(
        event.id,
        reading.people,
        house().settings.secret_key,
        withdrawn=reading.withdrawn,
        dry_run=dry_run,
    )


def _encoding() -> str | None:
    """The encoding that was chosen, None when the bytes are to decide."""
    wanted = request.values.get("encoding", "")
    return wanted if wanted in ENCODINGS else None


def _mapping() -> dict[str, str]:
    """Heading → attendee field, from the pairs that were filled in."""
    given = request.values
    pairs = zip(given.getlist("column"), given.getlist("field"), strict=False)
    return {column.strip(): field for column, field in pairs if column.strip() and field}


def _unreadable(event: Event, upload: Upload, reading: Unreadable) -> Response:
    return desk_page(
        "import.html", event, 422, error=reading.sentence, filename=upload.filename
    )


def _remarks(reading: ListReading, would: Registered) -> list[Remarks]:
    skipped = [(note.row, note.reason) for note in reading.skipped] + list(would.skipped)
    groups = [
        _remark("Not imported", "bad", _pairs(reading.rejected)),
        _remark("Imported, look at them", "warning", _pairs(reading.warnings)),
        _remark("Imported, not confirmed yet", "info", _pairs(reading.held)),
        _remark("Passed over", "calm", sorted(skipped)),
    ]
    return [group for group in groups if group.count]


def _pairs(notes: Iterable[RowNote]) -> list[tuple[int, str]]:
    return [(note.row, note.reason) for note in notes]


def _remark(title: str, tone: str, rows: Sequence[tuple[int, str]]) -> Remarks:
    shown = [(row, reason_in_words(reason)) for row, reason in rows[:NOTES_SHOWN]]
    return Remarks(title, tone, len(rows), shown)
