-- An officer wrote this name: it no longer follows the words of the house.
alter table people.membership_type add column named_by_hand boolean not null default false;
