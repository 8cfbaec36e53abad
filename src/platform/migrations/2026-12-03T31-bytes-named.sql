-- The sweep asks of each file on the disk whether a size of a picture names it.
create index rendition_stored on platform.rendition (stored_id);
