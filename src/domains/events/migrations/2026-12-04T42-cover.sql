-- A picture in the place of the contour lines, with what is on it; the dates of what comes back share theirs.
alter table events.event add column cover_id uuid, add column cover_description text not null default '';
create index event_cover on events.event (cover_id) where cover_id is not null;
