-- Whose thread a comment is in: they are not judges in it.
alter table safety.report add column host_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table safety.report alter column host_id drop default;
drop policy moderators on safety.report;
create policy moderators on safety.report to coopol_app
	using (safety.moderates(unit_id) and platform.viewer() not in (author_id, host_id))
	with check (safety.moderates(unit_id) and platform.viewer() not in (author_id, host_id));
