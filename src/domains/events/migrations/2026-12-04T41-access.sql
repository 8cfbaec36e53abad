-- How one comes: a stop, a ramp, where to park. Said by who organises, read by whoever sees the event.
alter table events.event add column access text not null default '';
