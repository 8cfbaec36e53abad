-- A secret group is read by who judges a report of it, until they answered: `safety.report` gives its rows to them alone, and to who reported.
create policy judged on groups.circle for select to coopol_app using (visibility = 'secret' and id in (
	select report.subject_id from safety.report where report.kind = 'group' and report.decision_id is null));
