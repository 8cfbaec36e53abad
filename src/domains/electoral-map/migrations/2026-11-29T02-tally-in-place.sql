-- Rows of a provisional source come in as stations are settled: when the last one did. Null for a file, which never changes.
alter table electoral_map.source add column revised_at timestamptz;
