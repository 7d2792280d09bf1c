"""The address of each static file by its content.

An address carries a digest of the file, so a browser may keep it for ever and still never
shows yesterday's.
"""

import os
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from kiosk.places import folder

DIGEST_LENGTH = 12


def asset(path: str) -> str:
    """The versioned URL of a file below `static/`; FileNotFoundError when there is none."""
    changed_at = os.stat(_place(path)).st_mtime_ns
    return f"/static/{quote(path)}?v={_digest(path, changed_at)}"


def vendor_fonts() -> str:
    """The URL of the fonts, or '' where they were not built: pages do without."""
    has_fonts = (folder("static") / "vendor/fonts.css").is_file()
    return asset("vendor/fonts.css") if has_fonts else ""


@lru_cache(maxsize=512)
def _place(path: str) -> str:
    """Where the file is; worked out once, for a list asks for its icons 200 times."""
    return str(folder("static") / path)


@lru_cache(maxsize=512)
def _digest(path: str, changed_at: int) -> str:
    del changed_at  # part of the key: an edited file is read again
    content = (folder("static") / path).read_bytes()
    return sha256(content).hexdigest()[:DIGEST_LENGTH]
