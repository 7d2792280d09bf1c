"""The event file: what an organiser writes down about an event, as TOML.

Local times are times of the event's zone. Doors open at local midnight of the first day
unless `doors_open_at` says otherwise. All mistakes are told at once, each with its line.
"""

import re
import tomllib
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from kiosk.apply import ApplyEvent
from kiosk.intake.page import Page, places
from kiosk.intake.sponsors import read_sponsors
from kiosk.model import SHAREABLE, YEARS, CheckInList, Event, FollowUp

LONGEST_LATENESS = timedelta(days=7)
LONGEST_RETENTION = 3650  # days
DEFAULT_LIST = "main"
DEFAULT_FIELDS = ("name", "company", "role", "email")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # stands for a time that is a mistake already
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
LABEL_MM = range(20, 301)
LABEL_SIDES = ("width", "height")
_LABEL = re.compile(r"\d+")
_LABEL_SIZE = re.compile(r"\d+ ?x ?\d+( ?mm)?")
_SEND = re.compile(r"after-close|next working day ([01]\d|2[0-3]):[0-5]\d")


class EventFileError(Exception):
    """The file is no event; `mistakes` holds a sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = mistakes


def read_event_file(raw: bytes) -> ApplyEvent:
    """The event and lists in the bytes of an event file, or EventFileError."""
    mistakes: list[str] = []
    page = _first_page(raw, mistakes)
    zone = _zone(page)
    event = _event(page, zone)
    lists = tuple(_list(part) for part in page.pages("check_in_lists"))
    _check_names(page, lists)
    sponsors = read_sponsors(page)
    page.close()
    if mistakes:
        raise EventFileError(mistakes)
    return ApplyEvent(event, lists or (CheckInList("", "", DEFAULT_LIST),), sponsors)


def _first_page(raw: bytes, mistakes: list[str]) -> Page:
    try:
        text = raw.decode("utf-8-sig")
        return Page(tomllib.loads(text), (), places(text), mistakes)
    except UnicodeDecodeError:
        raise EventFileError(["The file is not UTF-8 text; save it as UTF-8."]) from None
    except tomllib.TOMLDecodeError as error:
        raise EventFileError([f"The file is not TOML: {error}."]) from None


def _event(page: Page, zone: ZoneInfo) -> Event:
    name = page.text("name")
    starts_at = _instant(page, "starts_at", zone) or _NEVER
    label, agree_code = _badges(page.page("badges"))
    event = Event(
        id="",
        slug=page.text("slug", longest=64),
        name=name,
        venue=page.text("venue", ""),
        timezone=zone.key,
        opens_at=_instant(page, "doors_open_at", zone, is_optional=True)
        or _midnight(starts_at, zone),
        starts_at=starts_at,
        ends_at=_instant(page, "ends_at", zone) or _NEVER,
        languages=page.texts("languages", ("en",)),
        shared_fields=_shared_fields(page.page("sharing")),
        follow_up=_follow_up(page.page("follow_up"), name),
        retention_days=_retention(page.page("retention")),
        label=label,
        agree_code=agree_code,
        help_desk=page.text("help_desk", ""),
    )
    _check_event(page, event)
    return event


def _check_event(page: Page, event: Event) -> None:
    page.check(
        "slug",
        bool(_SLUG.fullmatch(event.slug)),
        "is not made of small letters, digits and single hyphens.",
    )
    page.check(
        "languages",
        all(_LANGUAGE.fullmatch(tag) for tag in event.languages),
        'holds something that is no language tag like "en" or "pt-BR".',
    )
    if _NEVER in {event.starts_at, event.ends_at}:
        return
    page.check("ends_at", event.starts_at < event.ends_at, "is not after starts_at.")
    page.check("doors_open_at", event.opens_at <= event.starts_at, "is after starts_at.")


def _zone(page: Page) -> ZoneInfo:
    name = page.text("timezone")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
        if name:
            near = get_close_matches(name, sorted(available_timezones()), n=1)
            hint = f'did you mean "{near[0]}"?' if near else 'one is "Europe/Berlin".'
            page.mistake("timezone", f'"{name}" is not a time zone; {hint}')
    return ZoneInfo("UTC")


def _instant(
    page: Page, key: str, zone: ZoneInfo, *, is_optional: bool = False
) -> datetime | None:
    """A time of the event's zone, unless it says its own offset."""
    written = page.instant(key, is_optional=is_optional)
    if written and written.year not in YEARS:
        page.mistake(key, f"is not in the years {YEARS[0]} to {YEARS[-1]}.")
        return None
    if written is None or written.tzinfo:
        return written and written.astimezone(UTC)
    instant = written.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != written:
        page.mistake(key, f"does not exist in {zone.key}: the clocks jump over it.")
    return instant


def _midnight(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the local day."""
    day = starts_at.astimezone(zone).date()
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _shared_fields(page: Page) -> tuple[str, ...]:
    fields = page.texts("fields", DEFAULT_FIELDS)
    page.check(
        "fields",
        set(fields) <= set(SHAREABLE),
        f"holds something else than {', '.join(SHAREABLE)}.",
    )
    page.check("fields", "name" in fields, 'does not hold "name".')
    page.close()
    return tuple(name for name in SHAREABLE if name in fields)


def _follow_up(page: Page, event_name: str) -> FollowUp:
    sender_address = page.text("sender_address", "")
    follow_up = FollowUp(
        sender_name=page.text("sender_name", event_name),
        sender_address=sender_address,
        reply_to=page.text("reply_to", sender_address),
        late_scans_for=page.length("late_scans_for", timedelta(minutes=60)),
        send=page.text("send", "after-close"),
        hold=page.flag("hold", default=False),
        nudges=page.lengths("nudges"),
    )
    for key, address in (
        ("sender_address", follow_up.sender_address),
        ("reply_to", follow_up.reply_to),
    ):
        is_address = _ADDRESS.fullmatch(address) is not None
        page.check(key, is_address, "is no e-mail address.")
    page.check(
        "send",
        bool(_SEND.fullmatch(follow_up.send)),
        'is neither "after-close" nor "next working day HH:MM".',
    )
    page.check(
        "late_scans_for",
        follow_up.late_scans_for <= LONGEST_LATENESS,
        "is longer than a week.",
    )
    page.close()
    return follow_up


def _retention(page: Page) -> int:
    days = page.number("days", 60, 1, LONGEST_RETENTION)
    page.close()
    return days


def _badges(page: Page) -> tuple[str, bool]:
    """The size of labels, and whether badges have a back."""
    found = _label(page), page.flag("agree_code", default=False)
    page.close()
    return found


def _label(page: Page) -> str:
    """The size of a label in mm, as in "86x54", or "" when tablets print none."""
    text = page.text("label", "", longest=20)
    sides = [int(side) for side in _LABEL.findall(text)]
    is_label = len(sides) == len(LABEL_SIDES) and all(side in LABEL_MM for side in sides)
    if text and not (is_label and _LABEL_SIZE.fullmatch(text)):
        smallest, largest = LABEL_MM[0], LABEL_MM[-1]
        page.mistake(
            "label",
            f'is no size like "86x54": width and height in mm, {smallest} to {largest}.',
        )
    return "x".join(map(str, sides))


def _list(page: Page) -> CheckInList:
    rule = CheckInList(
        id="",
        event_id="",
        name=page.text("name", longest=80),
        ticket_types=page.texts("ticket_types", ()),
        allow_multiple_entries=page.flag("allow_multiple_entries", default=False),
        allow_entry_after_exit=page.flag("allow_entry_after_exit", default=True),
        include_pending=page.flag("include_pending", default=False),
    )
    page.close()
    return rule


def _check_names(page: Page, lists: tuple[CheckInList, ...]) -> None:
    names = [rule.name for rule in lists]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        page.mistake("check_in_lists", f"has two lists called {', '.join(twice)}.")
