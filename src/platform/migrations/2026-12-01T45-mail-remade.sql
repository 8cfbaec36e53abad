-- What a mail is made of again when it leaves, where it carries what others said: they may have taken it back meanwhile. Null: it
-- leaves as it was written.
alter table platform.mail add column remade_from jsonb;
