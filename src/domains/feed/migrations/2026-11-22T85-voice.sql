-- What a unit said through its officer, wherever it said it.
create index post_voice on feed.post (as_unit_id, id desc) where as_unit_id is not null and deleted_at is null and undone_at is null;
