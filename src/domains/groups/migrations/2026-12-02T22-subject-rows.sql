-- What a secret group is about is not read by a session of somebody who is not of it (decision 21).
alter table groups.circle_subject enable row level security;
alter table groups.circle_subject force row level security;
create policy house on groups.circle_subject to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy seen on groups.circle_subject for select to coopol_app
	using (exists (select from groups.circle where circle.id = circle_subject.circle_id));
-- Put by who leads the group; moved to another subject by the office that keeps the list.
create policy put on groups.circle_subject for insert to coopol_app
	with check (groups.leads(circle_id) or (select groups.keeps_subjects()));
create policy taken on groups.circle_subject for delete to coopol_app
	using (groups.leads(circle_id) or (select groups.keeps_subjects()));
