"""Sponsors, and what people agreed to give them."""

LEADS = """
create table leads (
    id text primary key, sponsor_id text not null references sponsors (id),
    attendee_id text not null references attendees (id), fields text not null,
    purpose text not null, agreed_at text not null,
    device_id text not null references devices (id), withdrawn_at text
);
create unique index leads_standing on leads (sponsor_id, attendee_id)
    where withdrawn_at is null;
create index leads_of_sponsor on leads (sponsor_id, agreed_at);
create index leads_of_attendee on leads (attendee_id);
"""
