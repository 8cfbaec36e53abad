-- Memberships that people declared and nobody confirmed yet, the oldest first.
create index membership_unverified on people.membership (type_id, created_at) where ended_at is null and verified_at is null;
