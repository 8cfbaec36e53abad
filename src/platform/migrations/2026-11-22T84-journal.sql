-- The journal is kept three years. Only its oldest entries go, by the house's own hand, and the database itself keeps the three years.
create function audit.forget(up_to bigint) returns bigint language sql security definer set search_path = '' as $$
	with old as (select entry.seq from audit.entry where entry.seq <= up_to
			and entry.at < now() - interval '3 years' and session_user = 'coopol_system'),
		gone as (delete from audit.entry using old where entry.seq = old.seq returning 1),
		anchors as (delete from audit.anchor where anchor.seq <= (select max(old.seq) from old) returning 1)
	select count(*) from gone $$;
revoke all on function audit.forget(bigint) from public;
