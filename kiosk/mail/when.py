"""Days and hours at the venue, as a letter says them in its language."""

import re
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime

from kiosk.words import SOURCE, pgettext, speaking

_YEAR = re.compile(r"[,،\s]*(?:'de'\s*)?y+\s*$")


@lru_cache(maxsize=4096)
def day_and_hour(at: datetime, timezone: str, language: str) -> str:
    """As "Monday 1 June, 10:05"; cached, because many people meet in the same minute."""
    day = format_datetime(
        at, _day_pattern(language), tzinfo=ZoneInfo(timezone), locale=_locale(language)
    )
    with speaking(language):
        both = pgettext("a day and an hour", "%(day)s, %(hour)s")
    return both % {"day": day, "hour": hour(at, timezone, language)}


@lru_cache(maxsize=256)
def hour(at: datetime, timezone: str, language: str) -> str:
    return format_datetime(at, "HH:mm", tzinfo=ZoneInfo(timezone), locale=_locale(language))


@cache
def _day_pattern(language: str) -> str:
    """Weekday, day and month in the order of the language: its full date without a year."""
    if language == SOURCE:
        return "EEEE d MMMM"
    return _YEAR.sub("", _locale(language).date_formats["full"].pattern)


def _locale(language: str) -> Locale:
    return Locale("en", "GB") if language == SOURCE else Locale(language)
