"""Long lists and absurd cells: a few seconds, a little memory, nobody lost."""

import random
import time
import tracemalloc

from kiosk.intake import read_list

HEAD = (
    "ticket_code,name,email,company,job_title,ticket_type,looking_for,offers,language\r\n"
)
NAMES = [
    "Ákos Képzelet",
    "Łukasz Żółć",
    "王虚构",
    "ليلى المنصوري",
    "می‌خواهی زاده‌فر",
    "Ada Lovelace",
]
INVISIBLE = "\u200b" * 300_000
LARGEST_CELL = "x" * (6 * 1024 * 1024)


def many(count: int) -> bytes:
    dice = random.Random(26)
    rows = (
        f"C{place:07d},{dice.choice(NAMES)},p{place:06d}@example.org,Plain Ltd,Engineer,"
        'Ticket,"a mentor, remote",code review,en\r\n'
        for place in range(count)
    )
    return (HEAD + "".join(rows)).encode()


def test_twenty_thousand_people_take_a_few_seconds() -> None:
    raw = many(20_001)
    started = time.process_time()
    reading = read_list(raw, "big.csv")
    assert time.process_time() - started < 15
    assert len(reading.people) == 20_001
    assert reading.warnings == ()


def test_a_cell_of_six_megabytes_is_cut_and_told() -> None:
    rows = f"A,Ada,a@example.org,,,,{LARGEST_CELL},,en\r\nB,Bo,b@example.org,,,,,,en\r\n"
    raw = (HEAD + rows).encode()
    tracemalloc.start()
    reading = read_list(raw, "cell.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(note.row, note.reason) for note in reading.warnings] == [(2, "cell_too_long")]
    assert len(reading.people) == 2
    assert len(reading.people[0].asks) == 4_000
    assert peak < 200 * 1024 * 1024


def test_a_cell_of_invisible_characters_costs_no_more_than_its_length() -> None:
    rows = f"A,{INVISIBLE}Ada,a@example.org,,,,,,en\r\n"
    started = time.process_time()
    reading = read_list((HEAD + rows).encode(), "x.csv")
    assert time.process_time() - started < 5
    assert reading.people[0].name == ""
