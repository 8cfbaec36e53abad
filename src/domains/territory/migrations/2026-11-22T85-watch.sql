-- What waits too long for an answer is found without reading who was answered.
create index attachment_unwelcomed on territory.attachment (since) where until is null and welcomed_at is null;
create index handover_waiting on territory.handover (proposed_at) where confirmed_at is null and cancelled_at is null;
