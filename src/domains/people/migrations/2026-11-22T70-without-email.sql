-- People of a member file may have a phone and no e-mail; an account always has one.
alter table people.contact alter column email drop not null, alter column email_key drop not null;
alter table people.contact add constraint contact_both check ((email is null) = (email_key is null));
