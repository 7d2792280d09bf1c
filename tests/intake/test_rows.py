"""What the cells of a row come to: values, warnings, refusals."""

import csv
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.intake import Reading, read_list
from kiosk.intake.quotes import split_records
from kiosk.intake.values import email_of, instant_of, language_of, link_of, linkedin_of
from kiosk.model import Registration

HEAD = "ticket_code,name,email,company\n"


def read(rows: str, head: str = HEAD) -> Reading:
    return read_list((head + rows).encode(), "x.csv")


def person(head: str, row: str) -> Registration:
    (only,) = read(row + "\n", head + "\n").people
    return only


def noted(reading: Reading) -> dict[int, str]:
    kinds = (reading.skipped, reading.warnings, reading.rejected, reading.held)
    return {note.row: note.reason for notes in kinds for note in notes}


def test_every_attendee_field_is_read() -> None:
    head = (
        "name,email,company,role,pronouns,phone,website,linkedin,language,ticket_type,"
        "ticket_code,status,approved,blocked,valid_from,valid_until,attention,offers,asks,"
        "goal,share,external_id"
    )
    row = (
        "Ada,ada@example.org,Acme,CTO,she/her,+49 30 1,example.org/~a,linkedin.com/in/ada,"
        "German,VIP,A1,canceled,no,stolen,2026-12-03T11:00:00+01:00,2026-12-04,call me,tea,"
        'code,meet,"name, email",7'
    )
    assert person(head, row) == Registration(
        row=2,
        name="Ada",
        email="ada@example.org",
        company="Acme",
        role="CTO",
        pronouns="she/her",
        phone="+49 30 1",
        website="https://example.org/~a",
        linkedin="https://linkedin.com/in/ada",
        language="de",
        ticket_type="VIP",
        ticket_code="A1",
        status="canceled",
        approved="no",
        blocked="stolen",
        valid_from=datetime(2026, 12, 3, 10, tzinfo=UTC),
        valid_until=datetime(2026, 12, 4, 23, 59, 59, tzinfo=UTC),
        attention="call me",
        offers="tea",
        asks="code",
        goal="meet",
        share=("name", "email"),
        external_id="7",
    )


def test_what_a_list_does_not_say_stays_empty() -> None:
    assert person("name", "Ada") == Registration(row=2, name="Ada")


def test_an_open_quote_costs_one_row_and_not_the_rest_of_the_list() -> None:
    rows = 'A,Ada,a@example.org,X\nB,"Bo,b@example.org,X\nC,Cy,c@example.org,X\n'
    for rest in ("D,Di,d@example.org,X\n", 'D,"Di",d@example.org,X\n'):
        reading = read(rows + rest)
        assert [p.name for p in reading.people] == ["Ada", "Cy", "Di"]
        assert noted(reading) == {3: "unclosed_quote"}


def test_without_the_strict_look_an_open_quote_swallows_people() -> None:
    rows = 'A,Ada,a@example.org,X\nB,"Bo,b@example.org,X\nC,Cy,c@example.org,X\n'
    assert len(list(csv.reader(rows.splitlines(keepends=True)))) == 2
    assert len(list(split_records(rows, ","))) == 3


def test_a_cell_of_several_lines_is_one_row() -> None:
    rows = 'Ada,"jobs,\nremote\r\nonly",a@example.org\nBo,,b@example.org\n'
    reading = read(rows, "Name,What are you looking for?,Email\n")
    assert [p.row for p in reading.people] == [2, 3]
    assert reading.people[0].asks == "jobs,\nremote\nonly"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,Ada,a@example.org,Acme,Inc", "wrong_column_count"),
        ("A;Ada;a@example.org;Acme", "wrong_column_count"),
        ("Total,2,,", "not_a_person"),
        ("Summe:,,,", "not_a_person"),
        ("-- Ende der Liste --", "not_a_person"),
        ("ticket_code,name,email,company", "not_a_person"),
        ("1.5E+12,Ada,a@example.org,X", "ruined_code"),
        ('"1,5E+12",Ada,a@example.org,X', "ruined_code"),
        (f"{'A' * 3000},Ada,a@example.org,X", "code_too_long"),
        ('"A\nB",Ada,a@example.org,X', "bad_code"),
        ("A\u200bB,Ada,a@example.org,X", "bad_code"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_named(row: str, reason: str) -> None:
    reading = read(f"{row}\nZ,Zoë,z@example.org,X\n")
    assert [p.name for p in reading.people] == ["Zoë"]
    assert noted(reading) == {2: reason}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,,a@example.org,", "no_name"),
        ("A,Ada,,", "no_email"),
        ("A,Ada,n/a,", "no_email"),
        ("A,,,", "no_name+no_email"),
        ("A,Ada,a@@example.org,", "bad_email"),
        ("A,Ada,a@example.org b@example.org,", "two_emails"),
        ("A,Micha?,a@example.org,", "lossy_name"),
        ("A,JÃ¼rgen,a@example.org,", "mojibake"),
        ("A,Ada,a@example.org,Nul\x00Co", "control_characters_removed"),
        (f"A,{'ä' * 1000},a@example.org,", "cell_too_long"),
    ],
)
def test_a_guest_with_a_flaw_comes_in_and_is_told_of(row: str, reason: str) -> None:
    reading = read(f"{row}\n")
    assert len(reading.people) == 1
    assert noted(reading) == {2: reason}


@pytest.mark.parametrize(
    "row",
    [
        "A,Total Recall,t@example.org,",
        "A,Ada,a@example.org",
        "A,Sum Ting,s@example.org,X",
        "7E10,Ada,a@example.org,",
    ],
)
def test_a_row_that_only_looks_odd_is_a_person(row: str) -> None:
    reading = read(f"{row}\n")
    assert len(reading.people) == 1
    assert noted(reading) == {}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ada@example.org", ("ada@example.org", "")),
        ("Ada Lovelace <ada@example.org>", ("ada@example.org", "")),
        ("UPPER@EXAMPLE.ORG", ("UPPER@EXAMPLE.ORG", "")),
        ("a@conf.test", ("a@conf.test", "")),
        ("a@[192.0.2.1]", ("a@[192.0.2.1]", "")),
        ("\ufeffada@example.org", ("ada@example.org", "")),
        ("a@example.org; b@example.org", ("a@example.org", "two_emails")),
        ("a@@example.org; b@example.org", ("b@example.org", "two_emails")),
        ("ada at example.org", ("", "bad_email")),
        ("ada@localhost", ("", "bad_email")),
        ("ada@example..org", ("", "bad_email")),
        ("a@example.org\r\nBcc: all@example.org", ("", "bad_email")),
        ("nul\x00@example.org", ("", "bad_email")),
    ],
)
def test_an_address_is_kept_as_it_is_written_or_dropped(
    written: str, address: tuple[str, str]
) -> None:
    assert email_of(written) == address


def test_a_salutation_is_nobodys_role() -> None:
    rows = "Ada,a@example.org,Dr.\nBo,b@example.org,Dr. of everything\n"
    ada, bo = read(rows, "Name,Email,Title\n").people
    assert (ada.role, bo.role) == ("", "Dr. of everything")


def test_a_list_in_which_nobody_is_anybody_says_so() -> None:
    reading = read("Total,2,,\n")
    assert reading.people == ()
    assert any(note.startswith("Nobody") for note in reading.notes)


def test_the_buyers_address_stands_in_for_one_guest_and_not_for_several() -> None:
    head = "Order ID,Ticket code,Name,Attendee email,Buyer email\n"
    rows = "1,A,Ada,,x@example.org\n2,B,Bo,,y@example.org\n2,C,Cy,c@example.org,y@x.test\n"
    reading = read(rows, head)
    assert [p.email for p in reading.people] == ["x@example.org", "", "c@example.org"]
    assert noted(reading) == {}


def test_beside_the_attendees_address_a_plain_one_is_the_buyers() -> None:
    head = "Order code,Position ID,Attendee name,Email,Attendee email\n"
    rows = "A,1,Ada,desk@example.org,\nA,2,Bo,desk@example.org,bo@example.org\n"
    ada, bo = read(rows, head).people
    assert (ada.email, bo.email) == ("", "bo@example.org")
    assert (ada.external_id, bo.external_id) == ("A-1", "A-2")


def test_two_equal_headings_that_disagree_are_nobodys_guess() -> None:
    reading = read(
        "Ada,a@example.org,b@example.org\nBo,c@example.org,c@example.org\n",
        "Name,Email,Email\n",
    )
    assert noted(reading) == {2: "ambiguous_columns"}


@pytest.mark.parametrize(
    ("cells", "status", "approved", "verdict"),
    [
        ({"Status": "bezahlt"}, "confirmed", "yes", ""),
        ({"Status": "pending (confirmed)"}, "confirmed", "yes", ""),
        ({"Status": "en attente"}, "pending", "", "not_confirmed"),
        ({"Status": "expired"}, "pending", "", "not_confirmed"),
        ({"approval_status": "pending_approval"}, "pending", "no", "not_confirmed"),
        ({"Statut": "Annulé", "ticket_code": "X1"}, "canceled", "", ""),
        ({"status": "canceled"}, "canceled", "", ""),
        ({"RSVP": "Yes"}, "confirmed", "yes", ""),
        ({"RSVP": "Waitlist"}, "pending", "", "not_confirmed"),
        ({"Paid?": "nein"}, "pending", "", "not_confirmed"),
        ({"Paid?": "TRUE"}, "confirmed", "yes", ""),
        ({"Paid?": "249.00"}, "", "", ""),
        ({"Status": "paid", "Canceled": "2026-11-01"}, "canceled", "", "not_coming"),
        ({"approved": "no"}, "", "no", ""),
        ({"status": "confirmed", "approved": "no"}, "confirmed", "no", ""),
        ({"Status": "purple"}, "", "", ""),
    ],
)
def test_status_words_of_many_languages(
    cells: dict[str, str], status: str, approved: str, verdict: str
) -> None:
    head = ",".join(["Name", "Email", *cells])
    reading = read(",".join(["Ada", "a@example.org", *cells.values()]) + "\n", head + "\n")
    (ada,) = reading.people or reading.withdrawn
    assert (ada.status, ada.approved) == (status, approved)
    assert noted(reading) == ({2: verdict} if verdict else {})


@pytest.mark.parametrize(
    "cell", ["declined", "abgelehnt", "refusé", "odrzucony", "被拒绝", "辞退"]
)
def test_who_declined_is_no_new_person(cell: str) -> None:
    reading = read(f"Ada,a@example.org,{cell}\n", "Name,Email,Status\n")
    assert reading.people == ()
    assert noted(reading) == {2: "not_coming"}
    assert [p.name for p in reading.withdrawn] == ["Ada"]


def test_unknown_status_words_are_told_once() -> None:
    (note,) = read(
        "Ada,a@example.org,purple\nBo,b@example.org,purple\n", "Name,Email,Status\n"
    ).notes
    assert '"purple"' in note


def test_the_same_code_twice_is_one_ticket() -> None:
    reading = read("A,Ada,a@example.org,X\nA,Ada,a@example.org,X\n")
    assert len(reading.people) == 1
    assert noted(reading) == {3: "duplicate_code"}


def test_without_codes_the_last_row_of_a_person_counts_and_families_stay() -> None:
    rows = "Ada,a@example.org,Old\nBo,a@example.org,X\nada,A@Example.org,New\n"
    reading = read(rows, "Name,Email,Company\n")
    assert [(p.name, p.company) for p in reading.people] == [("Bo", "X"), ("ada", "New")]
    assert noted(reading) == {2: "superseded"}


def test_two_people_of_one_name_without_addresses_stay_two() -> None:
    assert len(read("Ada\nAda\n", "Name\n").people) == 2


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-03T11:00:00+01:00", datetime(2026, 12, 3, 10, tzinfo=UTC)),
        ("2026-12-03 11:00", datetime(2026, 12, 3, 10, tzinfo=UTC)),
        ("03.12.2026 11:00", datetime(2026, 12, 3, 10, tzinfo=UTC)),
        ("2026-12-03T10:00:00Z", datetime(2026, 12, 3, 10, tzinfo=UTC)),
        ("2026-12-03", datetime(2026, 12, 2, 23, tzinfo=UTC)),
        ("12/03/2026", None),
        ("tomorrow", None),
        ("0001-01-01", None),
    ],
)
def test_an_instant_is_certain_or_none(written: str, instant: datetime | None) -> None:
    assert instant_of(written, ZoneInfo("Europe/Berlin"), ends=False) == instant


def test_a_doubtful_day_is_dropped_and_told() -> None:
    reading = read("Ada,a@example.org,12/03/2026\n", "Name,Email,Valid from\n")
    assert reading.people[0].valid_from is None
    assert noted(reading) == {2: "bad_date"}


def test_links_are_web_addresses_or_nothing() -> None:
    assert link_of("javascript:alert(1)") == ""
    assert link_of("data:text/html,x") == ""
    assert link_of("Example.org/~me") == "https://Example.org/~me"
    assert link_of("http://example.org/?a=b#c") == "http://example.org/?a=b#c"
    assert linkedin_of("ada-lovelace") == "https://www.linkedin.com/in/ada-lovelace"
    assert linkedin_of("in/ada") == "https://www.linkedin.com/in/ada"


def test_one_column_for_either_link_is_told_apart_by_what_it_holds() -> None:
    head = "Name,Email,LinkedIn or website"
    ada = person(head, "Ada,a@example.org,https://www.linkedin.com/in/ada")
    bo = person(head, "Bo,b@example.org,example.org/~bo")
    assert (ada.linkedin, ada.website) == ("https://www.linkedin.com/in/ada", "")
    assert (bo.linkedin, bo.website) == ("", "https://example.org/~bo")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("de", "de"), ("pt_BR", "pt-BR"), ("Deutsch", "de"), ("French", "fr"),
     ("日本語", "ja"), ("de-informal", "de"), ("Klingon", ""), ("", "")],
)  # fmt: skip
def test_a_language_is_a_tag_or_a_name(written: str, tag: str) -> None:
    assert language_of(written) == tag


@pytest.mark.parametrize(
    ("head", "cell", "share"),
    [
        ("share", "name, email", ("name", "email")),
        ("share", "none", ()),
        ("share", "yes", None),
        ("share", "", None),
        ("May other attendees find you?", "No", ()),
        ("May other attendees find you?", "Yes", None),
    ],
)
def test_a_no_to_being_found_shares_nothing_by_default(
    head: str, cell: str, share: tuple[str, ...] | None
) -> None:
    assert person(f"Name,Email,{head}", f'Ada,a@example.org,"{cell}"').share == share
