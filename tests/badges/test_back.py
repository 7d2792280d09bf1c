"""The back of a badge: read by a decoder, behind its own front, in its own language."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from kiosk.badges import (
    LAYOUTS,
    Face,
    agree_url,
    badge_url,
    short_form,
    with_back,
    write_csv,
    write_pdf,
    write_png,
)
from kiosk.badges.qr import matrix
from kiosk.ids import agree_code, badge_code, canonical_back, canonical_badge_code
from kiosk.words import LANGUAGES
from tests.badges.faces import HOST
from tests.badges.test_print import boxes, ink_outside, pages
from tests.builders import KEY

TITLE = "Turn me over only to say yes"


def a_turned_face(name: str = "Ada Lovelace", language: str = "en") -> Face:
    """A face with a back; both codes are those of one badge."""
    code = badge_code(KEY, name)
    face = Face(name, name, "", code, badge_url(HOST, code), event_name="Demo Conference")
    return with_back(face, agree_code(KEY, name), HOST, language)


def codes_in(image: Image.Image) -> list[zxingcpp.Barcode]:
    found = zxingcpp.read_barcodes(image)
    return sorted(
        found, key=lambda it: (it.position.top_left.y // 50, it.position.top_left.x)
    )


def back_of(face: Face) -> Face:
    assert face.back
    return face.back


def test_the_address_on_the_back_holds_both_codes_where_no_server_sees_them() -> None:
    url = agree_url(HOST, "0123456789ABCDEF", "GHJKMNPQR")
    assert url == "HTTPS://HALLWAY.EXAMPLE.ORG/ME/LINK#0123456789ABCDEFGHJKMNPQR"


def test_a_back_is_read_as_both_codes_and_as_its_badge() -> None:
    face = a_turned_face()
    both = (face.code, back_of(face).code)
    assert canonical_back(back_of(face).url) == both
    assert canonical_back(f"{short_form(both[0])} {short_form(both[1])}".lower()) == both
    assert canonical_badge_code(back_of(face).url) == face.code


def test_the_hash_costs_a_usual_host_no_dense_symbol() -> None:
    assert len(matrix(back_of(a_turned_face()).url)) == 33  # version 4; in bytes it were 6


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_pages_after_the_fronts_are_their_backs(layout: str, tmp_path: Path) -> None:
    face = a_turned_face()
    assert write_pdf([face], tmp_path / "badge.pdf", layout) == 1
    front, back = pages(tmp_path / "badge.pdf")
    assert [code.text for code in codes_in(front)] == [face.url]
    (code,) = codes_in(back)
    assert (code.text, code.ec_level) == (back_of(face).url, "Q")
    text = PdfReader(tmp_path / "badge.pdf").pages[1].extract_text()
    assert TITLE in " ".join(text.split())
    assert short_form(back_of(face).code) in text
    assert "hallway.example.org/me/link" in "".join(text.split())
    assert face.name not in text


def test_every_back_lies_behind_its_own_front(tmp_path: Path) -> None:
    """The sheet is turned over its long edge, so the backs run from right to left."""
    faces = [a_turned_face(f"Person {number}") for number in range(11)]
    assert write_pdf(faces, tmp_path / "badges.pdf", "a4") == 11
    sheets = pages(tmp_path / "badges.pdf")
    assert len(sheets) == 4
    seen: list[str] = []
    for front, back in list(pairwise(sheets))[::2]:
        fronts = codes_in(front)
        backs = {where(code, back.width): code.text for code in codes_in(back)}
        for code in fronts:
            mirrored = (1 - where(code)[0], where(code)[1])
            behind = canonical_back(backs[mirrored])
            assert behind
            assert code.text.endswith(f"/{behind[0]}")
            seen.append(code.text)
    assert seen == [face.url for face in faces]


def where(code: zxingcpp.Barcode, width: int = 0) -> tuple[int, int]:
    """Column and row of the badge that a code of an A4 sheet stands on."""
    middle = 210 / 25.4 * 200 / 2
    top = (297 - 4 * 66) / 2 / 25.4 * 200
    corner = code.position.top_left
    return int(corner.x > middle), int((corner.y - top) // (66 / 25.4 * 200))


@pytest.mark.parametrize("format_", ["pdf", "png"])
@pytest.mark.parametrize("layout", ["card", "a6"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_leaves_its_box(
    language: str, layout: str, format_: str, tmp_path: Path
) -> None:
    plan = LAYOUTS[layout]
    image = back_image(a_turned_face(language=language), layout, format_, tmp_path)
    assert len(codes_in(image)) == 1
    image.paste("white", (0, 0, image.width, round((plan.band * 1.06 + 0.2) / 25.4 * 200)))
    inside = [*boxes(plan), *([] if plan.band else [plan.event])]
    assert ink_outside(image, inside, (0, 0)) == 0


def back_image(face: Face, layout: str, format_: str, folder: Path) -> Image.Image:
    if format_ == "pdf":
        write_pdf([face], folder / "badge.pdf", layout)
        return pages(folder / "badge.pdf")[1]
    write_png([face], folder / "badge.png", layout)
    width, height = LAYOUTS[layout].badge
    with Image.open(folder / "badge-back.png") as image:
        size = round(width / 25.4 * 200), round(height / 25.4 * 200)
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS)


@pytest.mark.parametrize("out", ["badges", "badges.zip"])
def test_a_back_is_a_picture_beside_its_front(out: str, tmp_path: Path) -> None:
    faces = [a_turned_face("Ada"), a_turned_face("Grace")]
    assert write_png(faces, tmp_path / out, "card") == 2
    if out == "badges":
        names = sorted(path.name for path in (tmp_path / out).iterdir())
        assert names == ["Ada-back.png", "Ada.png", "Grace-back.png", "Grace.png"]
        with Image.open(tmp_path / out / "Grace-back.png") as image:
            assert codes_in(image)[0].text == back_of(faces[1]).url


def test_the_list_for_a_printer_has_the_backs_after_the_columns_of_the_contract(
    tmp_path: Path,
) -> None:
    face = a_turned_face()
    assert write_csv([face, a_turned_face("Grace")], tmp_path / "badges.csv") == 2
    with (tmp_path / "badges.csv").open(encoding="utf-8", newline="") as file:
        heading, row, _ = csv.reader(file)
    assert heading == [
        "attendee_id", "name", "company", "code", "url", "agree_code", "agree_url",
    ]  # fmt: skip
    assert row[3:] == [face.code, face.url, back_of(face).code, back_of(face).url]
