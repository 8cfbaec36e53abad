-- How long a sound lasts; null when its file does not say.
alter table platform.file add column seconds real;
