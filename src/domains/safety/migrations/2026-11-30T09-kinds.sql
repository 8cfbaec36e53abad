-- What can be reported or hidden is a list of the code (`subjectKinds`): each domain that holds words adds its own.
alter table safety.report drop constraint if exists report_kind_check;
alter table safety.hidden drop constraint if exists hidden_kind_check;
