-- A form that is refused answers at an address of its own: it waits there, sealed, for its sender alone, as those kept at the door do.
alter table platform.unsent add refused boolean not null default false;
