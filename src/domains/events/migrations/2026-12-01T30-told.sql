-- What was last written to them of it: title, hour, place. All that their page says once the event is not public any more.
alter table events.visitor add column told jsonb;
