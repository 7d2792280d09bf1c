"""Faces for the tests: people in many scripts, and names that mean much to a program."""

import random
from collections.abc import Iterator
from typing import Any

from kiosk.badges import Face, badge_url
from kiosk.ids import ALPHABET

HOST = "https://hallway.example.org"

NAMES = (
    "Ada Lovelace",
    "Łukasz Żółć",
    "Дмитрий Соколов",
    "Ελένη Παπαδοπούλου",
    "محمد بن عبد الله الفارسي",
    "שרה לוי־כהן",
    "राजेश कुमार श्रीवास्तव",
    "สมชาย ใจดีวัฒนานุกูลกิจ",
    "山田 太郎",
    "王小明",
    "김민수",
    "Łukasz 😀 محمد 山田",
    "محمد Ali (Mo)",
    "Maximiliana Alexandra Wilhelmina von Hohenstaufen-Habsburg-Lothringen de la Cruz",
    "W" * 80,
    "山" * 80,
    "ม" * 80,
    "م" * 80,
)

HOSTILE = (
    "#panic()",
    "$a^2$ [b] {c}",
    "\\u{41} \\alpha",
    "<script>alert(1)</script>",
    "*b* _i_ `raw` @ref // gone",
    '"); #import "x',
    "= Heading",
)


def a_face(name: str = "Ada Lovelace", **more: str) -> Face:
    """A face with a code that depends on the name alone."""
    code = "".join(random.Random(name).choices(ALPHABET, k=16))
    usual: dict[str, Any] = {
        "attendee_id": "a1",
        "company": "Analytical Engines Ltd",
        "url": badge_url(HOST, code),
    }
    return Face(name=name, code=code, **(usual | more))


def many_faces(count: int) -> Iterator[Face]:
    """Faces with different names and codes."""
    for number in range(count):
        name = f"{NAMES[number % 11]} {number}"
        yield a_face(name, attendee_id=f"id-{number}", event_name="Demo Conference 2026")
