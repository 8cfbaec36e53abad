-- When officers gave the account back: browsers that knew it before are strangers to it since.
alter table people.contact add column given_back_at timestamptz;
