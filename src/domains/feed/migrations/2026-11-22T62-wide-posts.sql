-- What somebody says beyond their own unit: all that their friends elsewhere may read. Read first to last by the home page.
create index post_author_wide on feed.post (author_id, id desc)
	where deleted_at is null and undone_at is null and audience <> 'unit';
