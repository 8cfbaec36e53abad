-- Posts that changed subject because two became one: they go back if the two are told apart again.
create table feed.merged_post (
	-- Of groups.subject_merge.
	merge_id uuid not null,
	post_id uuid not null references feed.post on delete cascade,
	primary key (merge_id, post_id)
);
create index merged_post_post on feed.merged_post (post_id);
alter table feed.merged_post enable row level security;
alter table feed.merged_post force row level security;
create policy house on feed.merged_post to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
