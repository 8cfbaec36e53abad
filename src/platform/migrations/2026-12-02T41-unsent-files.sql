-- A form that waits may have been sent since: its files stay a while for a second press, then go.
alter table platform.unsent add sent_at timestamptz;
