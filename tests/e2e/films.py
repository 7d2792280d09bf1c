"""Films for a fake camera: badges held up to it, one after the other or together.

Chromium plays a file of JPEG frames as its camera, 30 a second, again and again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserType
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from kiosk.badges.qr import QUIET_ZONE, Matrix, matrix

FRAMES_A_SECOND = 30
SIZE = (1280, 720)
WALL = (168, 160, 148)
SHIRT = (92, 104, 124)
MODULE = 7  # pixels; a badge of 29 modules at an arm's length
MARK = 24  # pixels of the white corner that says: a badge is in view
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """For so many seconds these codes are held up, side by side."""

    seconds: float
    codes: tuple[str, ...] = ()


def badge(code: str) -> str:
    """What the QR code on a badge says."""
    return f"HTTPS://HALLWAY.EXAMPLE/B/{code}"


def shoot(path: Path, *shots: Shot) -> Path:
    """Write the film; returns its path."""
    with path.open("wb") as file:
        for shot in shots:
            frame = _frame(shot.codes)
            for _ in range(round(shot.seconds * FRAMES_A_SECOND)):
                file.write(frame)
    return path


@contextmanager
def cinema(kind: BrowserType, chromium: str, film: Path | None) -> Iterator[Browser]:
    """A browser whose camera shows the film; None: it is not allowed to use a camera."""
    flags = [*FLAGS]
    if film is not None:
        flags += [
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film.resolve()}",
        ]
    browser = kind.launch(executable_path=chromium, args=flags)
    try:
        yield browser
    finally:
        browser.close()


def _frame(codes: Sequence[str]) -> bytes:
    picture = Image.new("RGB", SIZE, WALL)
    width = SIZE[0] // max(len(codes), 1)
    for place, code in enumerate(codes):
        symbol = _symbol(code)
        left = place * width + (width - symbol.width) // 2
        top = (SIZE[1] - symbol.height) // 2
        margin = 40 if symbol.height < SIZE[1] - 80 else 0
        picture.paste(SHIRT, (left - 40, top - margin, left + symbol.width + 40, SIZE[1]))
        picture.paste(symbol, (left, top))
    if codes:
        picture.paste((255, 255, 255), (0, 0, MARK, MARK))
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=88)
    return jpeg.getvalue()


def _symbol(code: str) -> Image.Image:
    modules = _matrix(code)
    size = len(modules) + 2 * QUIET_ZONE
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(modules):
        for x, is_dark in enumerate(row):
            if is_dark:
                picture.putpixel((x + QUIET_ZONE, y + QUIET_ZONE), 0)
    pixels = max(1, min(MODULE, SIZE[1] // size))
    return picture.resize((size * pixels, size * pixels), Image.Resampling.NEAREST)


def _matrix(code: str) -> Matrix:
    """As our badges are; what would not fit is drawn with the least correction."""
    if len(code.encode()) < 300:
        return matrix(code)
    symbol = QRCode(None, ERROR_CORRECT_L, border=0, mask_pattern=0)
    symbol.add_data(code.encode(), optimize=0)
    symbol.make()
    return [[bool(module) for module in row] for row in symbol.modules]
