-- What a post is about, when its author says it.
alter table feed.post add column subject_id uuid references groups.subject;
-- What may be read beyond its place, newest first: the home of who follows the subject, and its page.
create index post_subject on feed.post (subject_id, id desc)
	where subject_id is not null and deleted_at is null and undone_at is null and audience in ('public', 'network', 'members', 'group');
-- What is said of it within one unit.
create index post_subject_unit on feed.post (subject_id, unit_id, id desc)
	where subject_id is not null and deleted_at is null and undone_at is null and audience = 'unit';
