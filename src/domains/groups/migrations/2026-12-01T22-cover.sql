-- A picture in the place of the contour lines, chosen by who leads, with what is on it.
alter table groups.circle add column cover_id uuid, add column cover_description text not null default '';
create index circle_cover on groups.circle (cover_id) where cover_id is not null;
