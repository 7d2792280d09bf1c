"""My card: put right by its person, shown to each audience as chosen, asked as liked."""

import re

import pytest

from kiosk.agree import Agreement, agree
from kiosk.correct import TEXT_LENGTH
from kiosk.model import SHAREABLE, Attendee, Preferences
from kiosk.prefer import Prefer, prefer
from kiosk.shown import AUDIENCES
from kiosk.store import SqliteStore, Tx
from tests.builders import NOW, ada, an_event, code_of
from tests.web.browser import Browser
from tests.web.phones import between, full_grace, words_of_grace

SHARED = {"name", "company", "role", "pronouns", "email", "linkedin"}


def now_of(store: SqliteStore, person: Attendee) -> tuple[Attendee, Preferences]:
    with store.read() as tx:
        found = tx.attendees.get(person.id)
        preferences = tx.preferences.get(person.id)
    assert found is not None
    return found, preferences


def chosen_on(page: str) -> set[tuple[str, str]]:
    """(audience, field) of every box that is ticked and may be unticked."""
    boxes = re.findall(r'name="(\w+)" value="(\w+)"[^>]*? checked>', page)
    return {(audience, field) for audience, field in boxes if audience in AUDIENCES}


def calling(page: str) -> str:
    return page.partition('class="calling"')[2].partition("</section>")[0]


def test_my_card_shows_what_others_see(graces: Browser) -> None:
    assert words_of_grace(calling(graces.get("/me/card").text)) == SHARED


def test_the_matrix_begins_with_what_holds(graces: Browser) -> None:
    others = SHARED - {"name"}
    assert chosen_on(graces.get("/me/card/audiences").text) == {
        *(("connections", field) for field in others),
        *(("introductions", field) for field in others),
        *(("sponsors", field) for field in ("company", "email")),
    }


def test_every_box_of_the_matrix_has_a_row_and_a_column(graces: Browser) -> None:
    page = graces.get("/me/card/audiences").text
    labels = re.findall(r'aria-labelledby="of-(\w+) to-(\w+)"', page)
    assert len(labels) == len(set(labels)) == len(SHAREABLE) * len(AUDIENCES)
    for field, audience in labels:
        assert f'scope="row" id="of-{field}"' in page
        assert f'scope="col" id="to-{audience}"' in page


def test_each_audience_sees_what_was_ticked_for_it(
    graces: Browser, store: SqliteStore
) -> None:
    form = {
        "connections": ["phone", "nonsense"],
        "sponsors": ["company", "attention"],
        "introductions": [],
    }
    answer = graces.post("/me/card/audiences", form, follow_redirects=True)
    assert "Saved" in answer.text
    sees = {
        audience: words_of_grace(
            calling(graces.get(f"/me/card/preview?audience={audience}").text)
        )
        for audience in AUDIENCES
    }
    assert sees == {
        "connections": {"name", "phone"},
        "sponsors": {"name", "company"},
        "introductions": {"name"},
    }
    person, preferences = now_of(store, full_grace())
    assert person.share == ("name", "phone")
    assert preferences.sponsor_fields == ("name", "company")


def test_what_is_ticked_is_what_the_next_person_sees(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    graces.post("/me/card/audiences", {"connections": ["phone"]})

    def swap(tx: Tx, _: None, _now: object) -> None:
        two = (ada(), now_of(store, full_grace())[0])
        agree(tx, Agreement(an_event(), two, ("two_badges", "two_badges"), NOW))

    store.write(swap, None, NOW)
    connection = between(store, ada(), full_grace())
    page = adas.get(f"/me/people/{connection.id}").text
    assert words_of_grace(page) == {"name", "phone"}


@pytest.mark.parametrize("audience", ["anyone", "connections", "sponsors", "", "<b>"])
def test_a_preview_never_shows_more_than_its_audience_sees(
    graces: Browser, audience: str
) -> None:
    page = calling(graces.get("/me/card/preview", query_string={"audience": audience}).text)
    most = {"anyone": {"company"}, "sponsors": {"name", "company", "email"}}
    assert words_of_grace(page) == most.get(audience, SHARED)


def test_a_person_puts_their_own_card_right(graces: Browser, store: SqliteStore) -> None:
    form = {"name": "Amazing Grace", "pronouns": "", "email": "mallory@evil.example"}
    answer = graces.post("/me/card/details", form, follow_redirects=True)
    assert "Amazing Grace" in answer.text
    person, _ = now_of(store, full_grace())
    assert (person.name, person.pronouns) == ("Amazing Grace", "")
    assert person.email == full_grace().email
    assert person.company == full_grace().company


def test_nothing_that_is_too_long_is_lost(graces: Browser, store: SqliteStore) -> None:
    offers, name = "o" * (TEXT_LENGTH + 1), "n" * 201
    said = graces.post("/me/card/talk", {"offers": offers, "goal": "rest"})
    assert said.status_code == 422
    assert offers in said.text
    assert f"{TEXT_LENGTH + 1} characters; {TEXT_LENGTH} is the most" in said.text
    told = graces.post("/me/card/details", {"name": name, "role": "Captain"})
    assert told.status_code == 422
    assert name in told.text
    assert 'value="Captain"' in told.text
    assert now_of(store, full_grace())[0] == full_grace()


def test_a_person_without_a_name_is_asked_for_one(graces: Browser) -> None:
    answer = graces.post("/me/card/details", {"name": " "})
    assert answer.status_code == 422
    assert "a name to call you by" in answer.text


def test_how_i_like_to_talk_is_told_to_who_scans_me(adas: Browser, graces: Browser) -> None:
    form = {"talk": "write_first", "speaks": ["ar", "xx", "en"], "offers": "compilers"}
    assert (
        "Please write first"
        in graces.post("/me/card/talk", form, follow_redirects=True).text
    )
    page = adas.get(f"/b/{code_of(full_grace())}").text
    assert "Please write first" in page
    assert "العربية" in page
    assert "English" in page
    assert "compilers" not in page
    assert words_of_grace(page) == {"company"}


def test_what_i_write_joins_me_to_no_suggestions_and_takes_me_out_of_none(
    graces: Browser, store: SqliteStore
) -> None:
    for wants in (False, True):
        store.write(prefer, Prefer(full_grace().id, wants_suggestions=wants), NOW)
        graces.post("/me/card/talk", {"offers": "compilers", "talk": "later"})
        assert (now_of(store, full_grace())[1].suggestions_at is not None) is wants


@pytest.mark.parametrize(
    ("preset", "word"),
    [("kiosk", "Swap at a tablet"), ("nobody", "Not just now"), ("ask", "Ask to swap")],
)
def test_my_preset_answers_who_scans_me(
    adas: Browser, graces: Browser, preset: str, word: str
) -> None:
    graces.post("/me/card/scans", {"preset": preset})
    page = adas.get(f"/b/{code_of(full_grace())}").text
    assert word in page
    assert words_of_grace(page) <= {"company"}


def test_nobody_looks_like_any_badge_that_cannot_be_asked(
    adas: Browser, graces: Browser
) -> None:
    graces.post("/me/card/scans", {"preset": "nobody"})
    pages = [adas.get(f"/b/{code}").text for code in (code_of(full_grace()), "0" * 16)]
    assert pages[0] == pages[1]


def test_a_yes_to_anyone_is_told_to_both(adas: Browser, graces: Browser) -> None:
    graces.post("/me/card/scans", {"preset": "yes"})
    answer = adas.post(f"/b/{code_of(full_grace())}/ask", follow_redirects=True)
    assert "You are connected" in answer.text
    assert words_of_grace(answer.text) == SHARED
    assert "you say yes to all who do" in graces.get("/me/shared").text


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x>', "a\u202eb {{ 7 * 7 }}"]
)
def test_what_people_write_of_themselves_is_shown_harmless(
    adas: Browser, graces: Browser, words: str
) -> None:
    graces.post("/me/card/details", {"name": words, "company": words, "role": words})
    pages = [graces.get(path).text for path in ("/me/card", "/me/card/details", "/me")]
    pages.append(adas.get(f"/b/{code_of(full_grace())}").text)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
