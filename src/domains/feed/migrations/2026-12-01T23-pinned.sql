-- A document that who leads its group keeps at the top of the list.
alter table feed.media add column pinned_at timestamptz, add column pinned_by uuid;
create index media_pinner on feed.media (pinned_by) where pinned_by is not null;
