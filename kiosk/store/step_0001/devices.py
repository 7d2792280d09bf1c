"""Tablets, what they read and did, and what could not be read."""

DEVICES = """
create table devices (
    id text primary key, event_id text not null references events (id), name text not null,
    role text not null, list_name text not null, added_at text not null, revoked_at text,
    seen_at text, queued_count integer not null, first_seq integer not null, battery real,
    clock_ahead integer, release text not null, token_digest text unique,
    sponsor_id text references sponsors (id)
);
create index devices_of_sponsor on devices (sponsor_id) where sponsor_id is not null;
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
    first_id text not null, second_id text not null,
    scan_id text not null references scans (id),
    primary key (first_id, second_id, scan_id)
);
create index scan_pairs_of_second on scan_pairs (second_id);
create table quarantine (
    id text primary key, event_id text not null references events (id),
    device_id text not null references devices (id), seq integer, reason text not null,
    body text not null, received_at text not null
);
"""
