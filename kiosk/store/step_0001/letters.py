"""Letters, what holds them up, and who wants none."""

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
