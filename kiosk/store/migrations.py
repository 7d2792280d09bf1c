"""The schema as an ordered list of steps; a step that has shipped is never edited.

The SQL is the common subset of SQLite and PostgreSQL. An engine applies each step in one
transaction together with the version bump (`strict` tables on SQLite), and a server refuses
to start on any version but `LATEST`.
"""

EVENTS = """
create table organisers (
    id text primary key, email text not null unique, password_hash text not null,
    added_at text not null
);
create table sign_ins (
    digest text primary key, organiser_id text not null references organisers (id),
    signed_in_at text not null, expires_at text not null, signed_out_at text
);
create table events (
    id text primary key, slug text not null unique, name text not null, venue text not null,
    timezone text not null, opens_at text not null, starts_at text not null,
    ends_at text not null, languages text not null, shared_fields text not null,
    follow_up text not null, retention_days integer not null, label text not null,
    roster_epoch text not null default ''
);
create table check_in_lists (
    id text primary key, event_id text not null references events (id), name text not null,
    ticket_types text not null, allow_multiple_entries integer not null,
    allow_entry_after_exit integer not null, include_pending integer not null,
    unique (event_id, name)
);
create table closures (
    id text primary key, event_id text not null references events (id),
    ended_at text not null, closed_at text not null, closed_by text not null,
    late_until text not null, reopened_at text, reopened_by text, letters_planned_at text
);
create unique index closures_standing on closures (event_id) where reopened_at is null;
"""

PEOPLE = """
create table attendees (
    id text primary key, event_id text not null references events (id), name text not null,
    email text not null, company text not null, role text not null, pronouns text not null,
    phone text not null, website text not null, linkedin text not null,
    language text not null, ticket_type text not null, ticket_code text not null,
    status text not null, approved integer not null, blocked text not null,
    valid_from text, valid_until text, attention text not null, offers text not null,
    asks text not null, goal text not null, share text, external_id text not null,
    registered_at text, share_chosen_at text, corrected text not null,
    erased_at text
);
create index attendees_of_event on attendees (event_id, external_id);
create index attendees_in_order on attendees (event_id, id);
create index attendees_of_address on attendees (lower(email)) where email <> '';
create table preferences (
    attendee_id text primary key references attendees (id), preset text not null,
    talk text not null, speaks text not null, sponsor_fields text,
    introduction_fields text, suggestions_at text
);
create table name_words (
    event_id text not null references events (id), word text not null,
    attendee_id text not null references attendees (id), is_name integer not null,
    primary key (event_id, word, attendee_id)
);
create table name_stamps (event_id text primary key, stamp text not null);
create index name_words_of_attendee on name_words (attendee_id);
create table tickets (
    event_id text not null references events (id), code text not null,
    attendee_id text not null references attendees (id), ticket_type text not null,
    status text not null, primary key (event_id, code)
);
create index tickets_of_attendee on tickets (attendee_id);
create table badges (
    id text primary key, event_id text not null references events (id),
    attendee_id text not null references attendees (id), digest text not null unique,
    issued_at text not null, replaced_at text, reason text not null
);
create index badges_of_attendee on badges (attendee_id);
create table badge_prints (
    id text primary key, badge_id text not null references badges (id), device_id text,
    printed_at text not null, reason text not null
);
create index badge_prints_of_badge on badge_prints (badge_id);
create table roster_marks (
    attendee_id text primary key references attendees (id), event_id text not null,
    place integer not null unique, number integer not null, unique (event_id, number)
);
create table list_sources (
    event_id text not null references events (id), source text not null,
    cursor text not null, primary key (event_id, source)
);
create table erasures (
    attendee_id text primary key, event_id text not null, erased_at text not null
);
create table purges (
    event_id text primary key, purged_at text not null, attendee_count integer not null,
    checked_in_count integer not null, connection_count integer not null,
    letter_count integer not null
);
"""

DEVICES = """
create table devices (
    id text primary key, event_id text not null references events (id), name text not null,
    role text not null, list_name text not null, added_at text not null, revoked_at text,
    seen_at text, queued_count integer not null, first_seq integer not null, battery real,
    clock_ahead integer, release text not null, token_digest text unique
);
create table pairings (
    digest text primary key, device_id text not null references devices (id),
    expires_at text not null, used_at text
);
create table scans (
    number integer primary key, id text not null unique,
    event_id text not null references events (id),
    device_id text not null references devices (id), seq integer not null,
    kind text not null, list_id text, attendee_id text, scanned_at text not null,
    received_at text not null, fingerprint text not null, outcome text not null,
    reason text, conflict text, answer text not null, override text not null, annuls text,
    was_clamped integer not null, annulled_at text, annulled_by text
);
create index scans_of_person on scans
    (attendee_id, list_id, kind, outcome, annulled_at, event_id);
create index scans_of_device on scans (device_id, seq);
create index scans_annulling on scans (annuls) where annuls is not null;
create index scans_refused on scans (event_id, reason)
    where outcome in ('turned_away', 'rejected');
create table acts (
    id text primary key, event_id text not null references events (id),
    device_id text not null references devices (id), seq integer not null,
    kind text not null, attendee_id text, done_at text not null, received_at text not null,
    fingerprint text not null, outcome text not null, reason text
);
create index acts_of_device on acts (device_id, seq);
create index acts_of_person on acts (attendee_id);
create table referrals (
    id text primary key, event_id text not null references events (id),
    device_id text not null references devices (id), attendee_id text, scan_id text,
    reason text not null, note text not null, referred_at text not null, settled_at text,
    settled_by text
);
create index referrals_waiting on referrals (event_id, referred_at)
    where settled_at is null;
create index referrals_of_person on referrals (attendee_id);
create table pairing_requests (
    secret_digest text primary key, code_digest text not null, asked_at text not null,
    expires_at text not null, device_id text references devices (id), approved_at text
);
create index pairing_requests_by_code on pairing_requests (code_digest);
create table pins (
    event_id text primary key references events (id), salt text not null,
    rounds integer not null, digest text not null, set_at text not null
);
create table scan_pairs (
    scan_id text not null references scans (id), first_id text not null,
    second_id text not null, primary key (scan_id, first_id, second_id)
);
create index scan_pairs_of_first on scan_pairs (first_id, second_id);
create index scan_pairs_of_second on scan_pairs (second_id);
create table quarantine (
    id text primary key, event_id text not null references events (id),
    device_id text not null references devices (id), seq integer, reason text not null,
    body text not null, received_at text not null
);
"""

MEETINGS = """
create table connections (
    id text primary key, event_id text not null references events (id),
    first_id text not null references attendees (id),
    second_id text not null references attendees (id),
    asked_at text, asked_by text, agreed_at text, place text not null, declined_at text,
    expires_at text, withdrawn_at text, withdrawn_by text, blocked_at text, blocked_by text,
    unique (first_id, second_id), check (first_id < second_id)
);
create index connections_of_second on connections (second_id);
create index connections_of_event on connections (event_id, agreed_at);
create index connections_of_asker on connections (asked_by, asked_at)
    where asked_by is not null;
create table sides (
    connection_id text not null references connections (id),
    attendee_id text not null references attendees (id), how text not null,
    agreed_at text not null, fields text not null, note text not null, starred_at text,
    tags text not null, rested_at text, primary key (connection_id, attendee_id)
);
create table promises (
    id text primary key, connection_id text not null references connections (id),
    attendee_id text not null references attendees (id), kind text not null,
    text text not null, promised_at text not null, due_at text, done_at text
);
create index promises_of_connection on promises (connection_id);
create index promises_of_attendee on promises (attendee_id);
create table introductions (
    id text primary key, event_id text not null references events (id),
    introducer_id text not null references attendees (id),
    first_id text not null references attendees (id),
    second_id text not null references attendees (id), note text not null,
    offered_at text not null, expires_at text not null, first_agreed_at text,
    second_agreed_at text, declined_at text, declined_by text, taken_back_at text,
    introduced_at text, unique (introducer_id, first_id, second_id),
    check (first_id < second_id)
);
create index introductions_of_first on introductions (first_id);
create index introductions_of_second on introductions (second_id);
create table link_tokens (
    digest text primary key, attendee_id text not null references attendees (id),
    purpose text not null, made_at text not null, expires_at text not null,
    browser text not null, kept_until text, used_at text
);
create table link_requests (
    id text primary key, address text not null, address_digest text not null,
    caller text not null, browser text not null, asked_at text not null, answered_at text,
    was_known integer not null
);
create index link_requests_of_address on link_requests (address_digest, asked_at);
create index link_requests_of_caller on link_requests (caller, asked_at);
create index link_requests_waiting on link_requests (asked_at) where answered_at is null;
create table reports (
    id text primary key, event_id text not null references events (id),
    reporter_id text not null references attendees (id),
    reported_id text not null references attendees (id), reason text not null,
    reported_at text not null, seen_at text, seen_by text not null
);
create index reports_of_event on reports (event_id, reported_at);
create index reports_by_reporter on reports (reporter_id);
create index reports_about on reports (reported_id);
create table phones (
    id text primary key, attendee_id text not null references attendees (id),
    name text not null, digest text not null unique, linked_at text not null,
    unlinked_at text
);
create index phones_of_attendee on phones (attendee_id);
"""

LETTERS = """
create table letters (
    id text primary key, event_id text not null references events (id),
    attendee_id text not null references attendees (id), kind text not null,
    generation integer not null, to_name text not null, to_address text not null,
    language text not null, message_id text not null unique, people text not null,
    state text not null, planned_at text not null, due_at text not null,
    attempt_count integer not null, doubt_count integer not null, leased_by text,
    leased_until text, settled_at text, reason text not null,
    unique (event_id, attendee_id, kind, generation)
);
create index letters_by_state on letters (event_id, state);
create index letters_due on letters (due_at, id)
    where state in ('queued', 'deferred', 'uncertain');
create index letters_leased on letters (leased_until) where leased_until is not null;
create table outboxes (
    event_id text primary key references events (id), held_at text, released_at text,
    failure_count integer not null, paused_until text, reason text not null
);
create table suppressions (
    address_digest text not null, event_id text not null, reason text not null,
    suppressed_at text not null, primary key (address_digest, event_id)
);
"""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    ("0001 a conference day", EVENTS + PEOPLE + DEVICES + MEETINGS + LETTERS),
)
LATEST = len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """The single statements of a step."""
    return [part.strip() for part in script.split(";") if part.strip()]
