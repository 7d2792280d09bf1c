"""People, what finds them, what they carry, and what is left of them."""

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
    issued_at text not null, replaced_at text, reason text not null,
    agree_ended_at text
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
create table erased_signs (
    event_id text not null references events (id), digest text not null,
    primary key (event_id, digest)
);
create table purges (
    event_id text primary key, purged_at text not null, attendee_count integer not null,
    checked_in_count integer not null, connection_count integer not null,
    letter_count integer not null
);
"""
