"""How the desk says what is the matter with a row of a list, and what a column holds."""

FIELDS: dict[str, str] = {
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "company": "Company",
    "role": "Role",
    "pronouns": "Pronouns",
    "phone": "Phone",
    "website": "Website",
    "linkedin": "LinkedIn",
    "language": "Language",
    "ticket_type": "Ticket type",
    "ticket_code": "Ticket code",
    "status": "Status",
    "approved": "Approved",
    "blocked": "Blocked, with the reason",
    "valid_from": "Valid from",
    "valid_until": "Valid until",
    "attention": "Note to staff",
    "offers": "Offers",
    "asks": "Asks",
    "goal": "Goal",
    "share": "Fields agreed to share",
    "external_id": "Number in the shop",
}

REASONS: dict[str, str] = {
    "no_name": "no name; the badge says “Guest” and a number",
    "no_email": "no e-mail address; no letter can reach this person",
    "bad_email": "the e-mail address is not one and was left out",
    "two_emails": "two e-mail addresses; the first is used",
    "lossy_name": "letters of the name were lost before this file was written",
    "bad_date": "a date that cannot be read was left out",
    "bad_link": "a link that cannot be read was left out",
    "bad_code": "the ticket code cannot be read",
    "ruined_code": "a spreadsheet turned the ticket code into a number; export it as text",
    "code_too_long": "the ticket code is longer than any shop’s",
    "duplicate_code": "this ticket code stands in another row",
    "erased": "this person was erased; if they registered anew, add them by hand",
    "superseded": "a later row of the same person counts",
    "not_coming": "said no, was declined or canceled",
    "not_confirmed": "not confirmed yet; the door will say so",
    "not_a_person": "this row is not a person, such as a total",
    "needs_attention": "staff should see this person",
    "test_order": "a test order",
    "blank": "empty",
    "add_on": "an add-on of another row’s person",
    "wrong_column_count": "more or fewer cells than there are headings",
    "unclosed_quote": "a quotation mark is opened and never closed",
    "cell_too_long": "a cell is far too long",
    "bad_encoding": "letters that cannot be decoded",
    "control_characters_removed": "invisible characters were removed",
    "ambiguous_columns": "two columns say different things",
}


def reason_in_words(reason: str) -> str:
    """The reasons of a row, which are joined with "+", as one phrase."""
    parts = (REASONS.get(part, part.replace("_", " ")) for part in reason.split("+"))
    return "; ".join(parts)
