-- A claim's reason and a handover's note are words between a few people: row-level security.
alter table territory.claim enable row level security;
alter table territory.claim force row level security;
create policy house on territory.claim to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on territory.claim to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy officers on territory.claim to coopol_app
	using (exists (select from territory.unit where unit.id = unit_id
		and unit.ancestors && (select territory.reach('claims.decide') || territory.reach('offices.appoint'))))
	with check (exists (select from territory.unit where unit.id = unit_id
		and unit.ancestors && (select territory.reach('claims.decide') || territory.reach('offices.appoint'))));

alter table territory.handover enable row level security;
alter table territory.handover force row level security;
create policy house on territory.handover to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on territory.handover to coopol_app
	using (platform.viewer() in (from_id, to_id)) with check (platform.viewer() in (from_id, to_id));
create policy officers on territory.handover to coopol_app
	using (exists (select from territory.unit where unit.id = unit_id and unit.ancestors && (select territory.reach('offices.appoint'))))
	with check (exists (select from territory.unit where unit.id = unit_id and unit.ancestors && (select territory.reach('offices.appoint'))));

-- Whoever names officers sees who belongs to the units they name them for.
create policy appointing on territory.attachment for select to coopol_app
	using (exists (select from territory.unit where unit.id = unit_id and unit.ancestors && (select territory.reach('offices.appoint'))));

create index claim_waiting on territory.claim (made_at) where decided_at is null;
create index claim_person on territory.claim (person_id);
create index handover_from on territory.handover (from_id);
create index term_office on territory.term (office_id) where ends_at is null;

-- What people hold now. A retired office gives nothing; a lender who is suspended or gone lends nothing.
create or replace view territory.held_power with (security_invoker = true) as
	select term.person_id, term.unit_id, unnest(office.powers) as power, false as lent
	from territory.term join territory.office on office.id = term.office_id
	where term.starts_at <= now() and (term.ends_at is null or term.ends_at > now()) and office.retired_at is null
union all
	select loan.borrower_id, loan.unit_id, lent.power, true
	from territory.loan
	cross join lateral unnest(loan.powers) as lent(power)
	join territory.unit on unit.id = loan.unit_id
	where loan.starts_at <= now() and loan.ends_at > now() and loan.ended_at is null
		and exists (
			select from territory.term join territory.office on office.id = term.office_id
			where term.person_id = loan.lender_id and lent.power = any (office.powers) and office.retired_at is null
				and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
				and term.unit_id = any (unit.ancestors))
		and exists (select from people.person where person.id = loan.lender_id and person.left_at is null and person.erased_at is null)
		and not exists (select from people.suspension where suspension.person_id = loan.lender_id and suspension.lifted_at is null
			and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now()));
