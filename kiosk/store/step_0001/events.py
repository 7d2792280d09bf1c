"""Events, their doors and their end; who runs them."""

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
    agree_code integer not null, help_desk text not null default '',
    roster_epoch text not null default ''
);
create table check_in_lists (
    id text primary key, event_id text not null references events (id), name text not null,
    ticket_types text not null, allow_multiple_entries integer not null,
    allow_entry_after_exit integer not null, include_pending integer not null,
    unique (event_id, name)
);
create table sponsors (
    id text primary key, event_id text not null references events (id), name text not null,
    purpose text not null, fields text not null, unique (event_id, name)
);
create table closures (
    id text primary key, event_id text not null references events (id),
    ended_at text not null, closed_at text not null, closed_by text not null,
    late_until text not null, reopened_at text, reopened_by text, letters_planned_at text
);
create unique index closures_standing on closures (event_id) where reopened_at is null;
"""
