-- When those who came were told that it is there: once, whatever is withdrawn and published again.
alter table events.report add column told_at timestamptz;
update events.report set told_at = published_at;
