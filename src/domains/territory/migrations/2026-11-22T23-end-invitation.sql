-- Who left the unit still ends the invitations they made there; they make no new one.
create policy own_end on territory.invitation for update to coopol_app
	using (inviter_id = platform.viewer()) with check (inviter_id = platform.viewer() and revoked_at is not null);
