"""Badges as paper and pixels: what stands on one, and the three ways to get them out.

Everything here is told what to print and knows no store. A name is data, never markup, and
is printed whole in whatever script it is written.
"""

from kiosk.badges.back import agree_url, with_back
from kiosk.badges.face import CannotPrint, Face, badge_url, short_form
from kiosk.badges.layouts import LAYOUTS, Layout
from kiosk.badges.picture import write_png
from kiosk.badges.rows import write_csv
from kiosk.badges.sheet import write_pdf

__all__ = [
    "LAYOUTS",
    "CannotPrint",
    "Face",
    "Layout",
    "agree_url",
    "badge_url",
    "short_form",
    "with_back",
    "write_csv",
    "write_pdf",
    "write_png",
]
