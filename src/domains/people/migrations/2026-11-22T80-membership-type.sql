-- A kind of membership that nobody may take any more; who has it keeps it.
alter table people.membership_type add column retired_at timestamptz;
