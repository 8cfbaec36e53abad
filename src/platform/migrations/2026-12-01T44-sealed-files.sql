-- The key of a file kept sealed, itself sealed by a key that is not here. Null: kept as it came, which is what everything was before.
alter table platform.rendition add column sealed_key text;
