"""Who met whom, what each keeps of it, and the phones they ask with."""

MEETINGS = """
create table connections (
    id text not null unique, event_id text not null references events (id),
    first_id text not null references attendees (id),
    second_id text not null references attendees (id),
    asked_at text, asked_by text, agreed_at text, place text not null, declined_at text,
    expires_at text, withdrawn_at text, withdrawn_by text,
    first_blocked_at text, second_blocked_at text,
    primary key (first_id, second_id), check (first_id < second_id)
);
create index connections_of_second on connections (second_id);
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
    unlinked_at text, recognised_at text
);
create index phones_of_attendee on phones (attendee_id);
"""
