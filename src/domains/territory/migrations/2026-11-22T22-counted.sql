-- As what this attachment is counted in its unit and above: a membership that changes afterwards is then recounted exactly,
-- and whoever ends an attachment need not see the membership.
alter table territory.attachment add column counted_as text check (counted_as in ('member', 'sympathiser'));
update territory.attachment set counted_as = membership_type.grants
	from people.membership join people.membership_type on membership_type.id = membership.type_id
	where membership.person_id = attachment.person_id and membership.ended_at is null and attachment.until is null;
