"""The QR code of a badge as a matrix: alphanumeric, level Q, one fixed mask.

Level Q survives a quarter of the symbol being scratched or folded. Choosing the mask with
the least penalty takes 85 % of the time and readers do not need it, so the mask is fixed.
"""

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
    Text outside that alphabet still works, in a denser symbol.
    """
    content = text.encode()
    mode = MODE_ALPHA_NUM if set(content) <= set(ALPHA_NUM) else MODE_8BIT_BYTE
    symbol = _symbol(_version(len(content), mode))
    symbol.add_data(QRData(content, mode=mode))
    symbol.make(fit=False)
    return [[bool(module) for module in row] for row in symbol.modules]


@cache
def _version(length: int, mode: int) -> int:
    """The smallest version for that many characters, the same for a whole event."""
    symbol = _symbol(None)
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
