"""Badges as they come out of the printer: rendered, measured, and read by a decoder."""

import errno
import io
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from kiosk.badges import LAYOUTS, CannotPrint, Face, Layout, write_csv, write_pdf, write_png
from kiosk.badges.layouts import Box
from kiosk.badges.runs import runs
from kiosk.badges.words import words
from tests.badges.faces import HOSTILE, NAMES, a_face, many_faces

DOTS = 200
SLACK = 0.35
"""Millimetres a stroke may reach past its box: smoothing, and side bearings of letters."""


def pages(path: Path) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(path)
    images = [page.render(scale=DOTS / 72).to_pil().convert("RGB") for page in document]
    document.close()
    return images


def page_of(face: Face, layout: str, folder: Path, format_: str) -> Image.Image:
    out = folder / f"badge.{format_}"
    if format_ == "pdf":
        write_pdf([face], out, layout)
        return pages(out)[0]
    write_png([face], out, layout)
    with Image.open(out) as image:
        size = tuple(round(side / 25.4 * DOTS) for side in LAYOUTS[layout].badge)
        return image.convert("RGB").resize((size[0], size[1]), Image.Resampling.LANCZOS)


def ink_outside(image: Image.Image, allowed: list[Box], origin: tuple[float, float]) -> int:
    """How many pixels are not paper outside the boxes."""
    paper = Image.new("RGB", image.size, "white")
    for box in allowed:
        left, top = origin[0] + box.x - SLACK, origin[1] + box.y - SLACK
        right, bottom = left + box.width + 2 * SLACK, top + box.height + 2 * SLACK
        edges = [round(mm / 25.4 * DOTS) for mm in (left, top, right, bottom)]
        image.paste("white", (edges[0], edges[1], edges[2], edges[3]))
    difference = (
        ImageChops.difference(image, paper).convert("L").point(lambda v: 255 * (v > 60))
    )
    return difference.histogram()[255]


def boxes(plan: Layout) -> list[Box]:
    return [plan.name, plan.details, plan.foot, plan.qr]


@pytest.mark.parametrize("format_", ["pdf", "png"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_code_is_read_back(layout: str, format_: str, tmp_path: Path) -> None:
    face = a_face(event_name="Demo Conference 2026")
    found = zxingcpp.read_barcodes(page_of(face, layout, tmp_path, format_))
    assert [code.text for code in found] == [face.url]
    assert [code.ec_level for code in found] == ["Q"]


def test_every_code_of_a_sheet_stands_on_its_own_badge(tmp_path: Path) -> None:
    faces = list(many_faces(19))
    assert write_pdf(faces, tmp_path / "badges.pdf", "a4") == 19
    read = [code.text for page in pages(tmp_path / "badges.pdf") for code in in_order(page)]
    assert read == [face.url for face in faces]


def in_order(page: Image.Image) -> list[zxingcpp.Barcode]:
    found = zxingcpp.read_barcodes(page)
    return sorted(
        found, key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x)
    )


@pytest.mark.parametrize("format_", ["pdf", "png"])
@pytest.mark.parametrize("layout", ["card", "a6"])
@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:12])
def test_no_name_leaves_its_box(
    name: str, layout: str, format_: str, tmp_path: Path
) -> None:
    plan = LAYOUTS[layout]
    face = a_face(name, company=name, role=name, pronouns=name[:30], ticket_type=name)
    image = page_of(face, layout, tmp_path, format_)
    image.paste("white", (0, 0, image.width, round((plan.band * 1.06 + 0.2) / 25.4 * DOTS)))
    assert ink_outside(image, boxes(plan), (0, 0)) == 0


def test_the_measure_of_overflow_can_fail(tmp_path: Path) -> None:
    image = page_of(a_face("W" * 80), "card", tmp_path, "pdf")
    plan = LAYOUTS["card"]
    assert ink_outside(image, [plan.details, plan.foot, plan.qr], (0, 0)) > 100


def test_a_short_name_is_large() -> None:
    assert LAYOUTS["a6"].sizes()["name"][0] >= 48
    assert LAYOUTS["card"].sizes()["name"][0] >= 30


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_as_it_is_written(name: str, tmp_path: Path) -> None:
    face = a_face(name, company=name, role=name, event_name=name)
    write_pdf([face], tmp_path / "badge.pdf", "a6")
    text = PdfReader(tmp_path / "badge.pdf").pages[0].extract_text()
    assert "".join(text.split()).count("".join(name.split())) == 4


def test_every_letter_of_every_script_has_a_typeface(tmp_path: Path) -> None:
    write_pdf([a_face(name) for name in NAMES], tmp_path / "badges.pdf", "card")
    families = set().union(*map(families_of, PdfReader(tmp_path / "badges.pdf").pages))
    assert families >= {"NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansCJKsc"}
    assert all(family.startswith("Noto") for family in families)


def families_of(page: PageObject) -> set[str]:
    resources = cast("DictionaryObject", page["/Resources"])
    fonts = cast("DictionaryObject", resources["/Font"])
    names = [str(cast("DictionaryObject", fonts[key])["/BaseFont"]) for key in fonts]
    return {name.partition("+")[2].partition("-")[0] for name in names}


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("Ada محمد שרה", ["Ada ", "שרה", " ", "محمد"]),
        ("محمد Ali (Mo)", ["Ali (Mo)", "محمد "]),
        ("שרה 12", ["12", "שרה "]),
    ],
)
def test_mixed_directions_stand_in_reading_order(line: str, order: list[str]) -> None:
    found = runs(line, "SC", words(line).rtl)
    assert "".join(run.text for run in found).split() == " ".join(order).split()


def test_several_pictures_become_a_folder_named_by_id(tmp_path: Path) -> None:
    faces = [a_face("Ada", attendee_id="a1"), a_face("Grace", attendee_id="../a2")]
    assert write_png(faces, tmp_path / "badges", "card") == 2
    assert sorted(path.name for path in (tmp_path / "badges").iterdir()) == [
        "___a2.png",
        "a1.png",
    ]


def test_several_pictures_become_an_archive_when_asked(tmp_path: Path) -> None:
    faces = [a_face("Ada", attendee_id="a1"), a_face("Grace", attendee_id="a2")]
    assert write_png(faces, tmp_path / "badges.zip", "card") == 2
    with zipfile.ZipFile(tmp_path / "badges.zip") as archive:
        assert archive.namelist() == ["a1.png", "a2.png"]
        with Image.open(io.BytesIO(archive.read("a2.png"))) as image:
            assert zxingcpp.read_barcodes(image)[0].text == faces[1].url


def test_nobody_to_print_leaves_no_file(tmp_path: Path) -> None:
    assert write_pdf([], tmp_path / "badges.pdf", "a4") == 0
    assert write_png([], tmp_path / "badges", "a4") == 0
    assert list(tmp_path.iterdir()) == []


def test_without_typst_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CannotPrint, match=r"pip install 'kiosk\[pdf\]'"):
        write_pdf([a_face()], tmp_path / "badges.pdf", "a4")


def test_a_thousand_badges_are_quick_and_small(tmp_path: Path) -> None:
    faces = list(many_faces(1000))
    start = time.perf_counter()
    assert write_pdf(faces, tmp_path / "badges.pdf", "a4") == 1000
    assert time.perf_counter() - start < 20  # measured 1.5 to 3 s
    assert (tmp_path / "badges.pdf").stat().st_size < 1_000_000
    assert len(PdfReader(tmp_path / "badges.pdf", strict=True).pages) == 125
    with pypdfium2.PdfDocument(tmp_path / "badges.pdf") as document:
        last = document[124].render(scale=DOTS / 72).to_pil().convert("RGB")
    assert [code.text for code in in_order(last)] == [face.url for face in faces[-8:]]


def test_an_interrupted_print_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "badges.pdf"
    write_pdf([a_face()], out, "a4")
    old = out.read_bytes()
    beyond = a_face(url="HTTPS://A.IO/B/" + "X" * 5000)  # no QR code holds that much
    with pytest.raises(ValueError, match="version"):
        write_pdf([beyond], out, "a4")
    assert out.read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == ["badges.pdf"]


@pytest.mark.parametrize("name", ["badges.csv", "badges.zip"])
def test_a_broken_disk_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    def breaking() -> Iterator[Face]:
        yield from many_faces(3)
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / name
    out.write_bytes(b"old")
    with pytest.raises(OSError, match="No space"):
        write_csv(breaking(), out) if name.endswith("csv") else write_png(
            breaking(), out, "a4"
        )
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [name]
