-- When somebody last came, to the day: sessions are forgotten long before two years of silence are over.
alter table people.person add seen_on date not null default current_date, add warned_on date;
update people.person set seen_on = greatest(person.created_at::date,
	coalesce((select max(session.seen_at)::date from people.session where session.person_id = person.id), person.created_at::date));
comment on column people.person.warned_on is 'told by mail that their silent account is about to go';
