-- Who reaches somebody's contact reads that they asked for their account back, and who vouched already.
create policy officers on people.recovery for select to coopol_app
	using (exists (select from territory.attachment join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = recovery.person_id and attachment.until is null
			and unit.ancestors && (select territory.reach('members.contact'))));
create policy officers on people.recovery_voucher for select to coopol_app
	using (exists (select from people.recovery where recovery.id = recovery_voucher.recovery_id));
