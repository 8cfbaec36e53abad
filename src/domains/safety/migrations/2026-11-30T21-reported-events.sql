-- What can be reported and hidden grows with the house. Names that are not used yet do no harm: `subjectKinds` says those that are.
alter table safety.report drop constraint if exists report_kind_check;
alter table safety.report add constraint report_kind_check
	check (kind in ('post', 'comment', 'profile', 'event', 'group', 'message', 'mission', 'initiative', 'petition'));
alter table safety.hidden drop constraint if exists hidden_kind_check;
alter table safety.hidden add constraint hidden_kind_check
	check (kind in ('post', 'comment', 'profile', 'event', 'group', 'message', 'mission', 'initiative', 'petition'));
