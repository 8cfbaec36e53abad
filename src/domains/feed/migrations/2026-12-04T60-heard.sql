-- What a person's friends said to more than one unit or group: a line for each of those who hear it, written as it is said, so that a
-- home reads what it shows instead of asking every friend. Only of people: what a unit says, whoever writes it, is read from the unit.
create table feed.heard (
	person_id uuid not null,
	post_id uuid not null references feed.post on delete cascade,
	primary key (person_id, post_id)
);
create index heard_post on feed.heard (post_id);

-- Those who were friends already. Who owns the table is under its policies too, but here.
alter table friends.link no force row level security;
insert into feed.heard (person_id, post_id)
	select link.person_id, post.id from friends.link join feed.post on post.author_id = link.friend_id
	where post.deleted_at is null and post.undone_at is null and post.audience <> 'unit' and post.audience <> 'group' and post.as_unit_id is null;
alter table friends.link force row level security;

alter table feed.heard enable row level security;
alter table feed.heard force row level security;
create policy house on feed.heard to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
-- Of who hears, and of who said it: the second writes and takes away, and knows who their friends are.
create policy own on feed.heard to coopol_app
	using (person_id = platform.viewer() or exists (select from feed.post where post.id = post_id and post.author_id = platform.viewer()))
	with check (person_id = platform.viewer() or exists (select from feed.post where post.id = post_id and post.author_id = platform.viewer()));

-- Kept by the database, whoever writes: a way of making friends that forgot it would lose posts and nobody would see it. Two who
-- become friends while one of them publishes: each would miss what the other has not committed, so one waits for the other.
create function feed.tell_friends() returns trigger language plpgsql as $$ begin
	if exists (select from said where said.audience <> 'unit' and said.audience <> 'group' and said.as_unit_id is null) then
		perform pg_advisory_xact_lock_shared(hashtextextended('feed.heard', 0));
		insert into feed.heard (person_id, post_id)
			select link.person_id, said.id from said join friends.link on link.friend_id = said.author_id
			where said.audience <> 'unit' and said.audience <> 'group' and said.as_unit_id is null on conflict do nothing;
	end if;
	return null;
end $$;
create trigger tell_friends after insert on feed.post referencing new table as said
	for each statement execute function feed.tell_friends();

create function feed.catch_up() returns trigger language plpgsql as $$ begin
	perform pg_advisory_xact_lock(hashtextextended('feed.heard', 0));
	insert into feed.heard (person_id, post_id)
		select made.person_id, post.id from made join feed.post on post.author_id = made.friend_id
		where post.deleted_at is null and post.undone_at is null and post.audience <> 'unit' and post.audience <> 'group' and post.as_unit_id is null on conflict do nothing;
	return null;
end $$;
create trigger catch_up after insert on friends.link referencing new table as made
	for each statement execute function feed.catch_up();

create function feed.hear_no_more() returns trigger language plpgsql as $$ begin
	delete from feed.heard using ended join feed.post on post.author_id = ended.friend_id
		where heard.person_id = ended.person_id and heard.post_id = post.id and post.deleted_at is null and post.undone_at is null and post.audience <> 'unit' and post.audience <> 'group' and post.as_unit_id is null;
	return null;
end $$;
create trigger hear_no_more after delete on friends.link referencing old table as ended
	for each statement execute function feed.hear_no_more();
