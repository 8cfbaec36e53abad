-- Whose act a mail tells of: erased, their name leaves what was written to others too.
alter table platform.mail add column by_id uuid;
create index mail_by on platform.mail (by_id) where by_id is not null;
