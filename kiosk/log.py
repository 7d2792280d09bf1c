"""Log lines on stderr, for people or for machines, and never about a person.

A line carries ids, counts and reasons; names, addresses, codes and tokens stay out of it.
Fields go into `extra={"fields": {…}}`, so that the JSON form needs no parsing.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal


def set_up_log(form: Literal["json", "text"]) -> None:
    """Send every line from INFO up to stderr, as text or one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def _at(record: logging.LogRecord) -> str:
    made_at = datetime.fromtimestamp(record.created, UTC)
    return made_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = getattr(record, "fields", {})
    return fields


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = f"{_at(record)} {record.levelname:<7} {record.getMessage()}{fields}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
