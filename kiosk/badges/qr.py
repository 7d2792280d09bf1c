"""The QR code of a badge as a matrix: alphanumeric, level Q, one fixed mask.

Level Q survives a quarter of the symbol being scratched or folded. Choosing the mask with
the least penalty takes 85 % of the time and readers do not need it, so the mask is fixed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import ALPHA_NUM, MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

QUIET_ZONE = 4
"""Light modules that must stay free on every side (ISO/IEC 18004)."""

_MASK = 3

Matrix = list[list[bool]]


def matrix(text: str) -> Matrix:
    """The modules of the symbol, True for dark, without the quiet zone.

    A badge address in capitals is alphanumeric: version 3 (29 modules) for a usual host.
    The `#` on a back is not in that alphabet and stands between two stretches that are,
    which saves two versions. Other text still works, in a denser symbol.
    """
    stretches = [(part, _mode(part)) for part in _stretches(text.encode())]
    symbol = _symbol(_version(tuple((len(part), mode) for part, mode in stretches)))
    for part, mode in stretches:
        symbol.add_data(QRData(part, mode=mode))
    symbol.make(fit=False)
    return [[bool(module) for module in row] for row in symbol.modules]


def _stretches(content: bytes) -> list[bytes]:
    parts = re.split(rb"(#)", content)
    are_plain = all(_mode(part) == MODE_ALPHA_NUM for part in parts if part != b"#")
    return [part for part in parts if part] if are_plain else [content]


def _mode(part: bytes) -> int:
    mode: int = MODE_ALPHA_NUM if set(part) <= set(ALPHA_NUM) else MODE_8BIT_BYTE
    return mode


@cache
def _version(shape: tuple[tuple[int, int], ...]) -> int:
    """The smallest version for so many characters, the same for a whole event."""
    symbol = _symbol(None)
    for length, mode in shape:
        symbol.add_data(QRData(b"0" * length, mode=mode))
    return int(symbol.best_fit())


def _symbol(version: int | None) -> QRCode:
    return QRCode(version, ERROR_CORRECT_Q, border=0, mask_pattern=_MASK)


def dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where the dark stretches of a row or column begin and how many modules they span."""
    at = 0
    for is_dark, stretch in groupby(row):
        length = len(list(stretch))
        if is_dark:
            yield at, length
        at += length
