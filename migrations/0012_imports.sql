-- What came in from other systems, so that nothing comes twice; and the addresses it had there.

create table imports (
  source text not null,
  -- The source's own id.
  item text not null,
  kind text not null,
  -- Of the item as the source had it.
  digest text not null,
  -- What it became here: an id or a slug.
  target text not null,
  -- Of what was written here, to know whether anybody has changed it since.
  written text not null,
  -- Pictures that could not be had; the next run tries again.
  missing bigint not null,
  imported_at bigint not null,
  primary key (source, item)
);

-- Pictures by the address they had, so that each is taken once.
create table import_pictures (
  address text not null primary key,
  picture text not null references pictures (key) on delete cascade
);
create index import_pictures_picture on import_pictures (picture);

-- What readers said there. Kept whole, shown nowhere yet.
create table import_comments (
  source text not null,
  item text not null,
  story_id bigint not null references posts (id) on delete cascade,
  content text not null,
  created_at bigint not null,
  primary key (source, item)
);
create index import_comments_story on import_comments (story_id, created_at);

-- Paths that led to something on the site this one grew out of.
create table old_addresses (
  path text not null primary key,
  kind text not null,
  target text not null,
  created_at bigint not null
);
