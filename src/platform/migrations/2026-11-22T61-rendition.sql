-- The sizes in which a picture was redrawn. The original, with what its camera wrote in it, is then thrown away.
create table platform.rendition (
	file_id uuid not null references platform.file on delete cascade,
	width int not null,
	height int not null,
	stored_id text not null,
	bytes bigint not null,
	primary key (file_id, width)
);
