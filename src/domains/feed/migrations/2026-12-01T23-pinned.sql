-- A document that who leads its group keeps at the top of the list, since when.
alter table feed.media add column pinned_at timestamptz;
