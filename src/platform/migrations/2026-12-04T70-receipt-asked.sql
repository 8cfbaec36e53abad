-- A one-time key stands for one request: what was asked under it, as a digest, so that another one is not taken for its repeat.
alter table platform.receipt add column asked text not null default '';
