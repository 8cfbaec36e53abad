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

-- The same of what is kept of it while two subjects made one can be told apart again.
alter table groups.merge_circle enable row level security;
alter table groups.merge_circle force row level security;
create policy house on groups.merge_circle to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy seen on groups.merge_circle for select to coopol_app
	using ((select groups.keeps_subjects()) and exists (select from groups.circle where circle.id = merge_circle.circle_id));
create policy put on groups.merge_circle for insert to coopol_app with check ((select groups.keeps_subjects()));
