-- Mails that came in: sealed, until they are read a moment later, then gone.
create table platform.mail_in (
	id uuid primary key,
	sealed text not null,
	at timestamptz not null default now()
);
create index mail_in_at on platform.mail_in (at);
alter table platform.mail_in enable row level security;
alter table platform.mail_in force row level security;
create policy house on platform.mail_in to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);

-- How many mails were let fall, and why: nothing of what they said, nor of whom they came from.
create table platform.mail_drop (
	day date not null,
	reason text not null check (reason in ('address', 'forged', 'sender', 'robot', 'unreadable')),
	n int not null default 0,
	primary key (day, reason)
);
