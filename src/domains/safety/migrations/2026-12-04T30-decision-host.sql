-- Whose thread the words judged were in: nobody hears an appeal about their own thread.
alter table safety.decision add column host_id uuid not null default '00000000-0000-0000-0000-000000000000';
update safety.decision set host_id = report.host_id from safety.report where report.decision_id = decision.id;
drop policy moderators on safety.appeal;
create policy moderators on safety.appeal to coopol_app
	using (exists (select from safety.decision where decision.id = decision_id
		and platform.viewer() not in (decision.by_id, decision.author_id, decision.host_id) and safety.moderates(decision.unit_id)))
	with check (person_id <> platform.viewer());
