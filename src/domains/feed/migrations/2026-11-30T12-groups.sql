-- What is said in a group, to its people.
alter table feed.post add column group_id uuid references groups.circle;
alter table feed.post drop constraint post_audience_check;
alter table feed.post add constraint post_audience_check
	check (audience in ('public', 'network', 'members', 'unit', 'friends', 'group') and (audience = 'group') = (group_id is not null));
create index post_group on feed.post (group_id, id desc) where group_id is not null and deleted_at is null and undone_at is null;
-- What friends elsewhere may read leaves out the groups too: they are read for themselves.
drop index feed.post_author_wide;
create index post_author_wide on feed.post (author_id, id desc)
	where deleted_at is null and undone_at is null and audience <> 'unit' and audience <> 'group';
