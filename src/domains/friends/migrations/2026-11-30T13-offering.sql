-- Somebody who chose to appear under a subject is known to the whole network, until they change their mind.
alter table friends.shown drop constraint shown_place_check;
alter table friends.shown add constraint shown_place_check check (place in ('network', 'members', 'unit', 'subject'));
