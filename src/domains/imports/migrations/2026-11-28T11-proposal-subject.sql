-- Whom a proposed line is about, when the network knows them: it goes with them, even once the file it came in is thrown away.
alter table imports.proposal add column subject_id uuid;
update imports.proposal set subject_id = line.subject_id from imports.line
	where line.import_id = proposal.import_id and line.line = proposal.line;
-- Once answered, what was said of them serves no more.
update imports.proposal set value = '{}' where decided_at is not null;
create index proposal_subject on imports.proposal (subject_id) where subject_id is not null;
