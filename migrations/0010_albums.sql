-- Libraries: what is looked for in them, and what was taken out of them. Albums.

-- Everything people say of a file, folded for search. Rows from before get what the database can do.
alter table pictures add column sought text not null default '';
update pictures set sought = lower(name || ' ' || alt || ' ' || caption || ' ' || credit);
-- When it was taken out of the library. It can be put back while its file is there.
alter table pictures add column removed_at bigint;
create index pictures_newest on pictures (created_at, key);

alter table recordings add column sought text not null default '';
update recordings set sought = lower(name || ' ' || title || ' ' || caption || ' ' || credit);
alter table recordings add column removed_at bigint;
create index recordings_newest on recordings (created_at, key);

-- An album is a post of that kind: its authors, visibility, counts and removal are those of posts.
create table albums (
  id bigint primary key references posts (id) on delete cascade,
  title text not null,
  slug text not null,
  description text not null,
  -- The time under which lists show it; null while it is not public.
  listed_at bigint
);
create index albums_listed on albums (listed_at, id) where listed_at is not null;

-- A picture stands once in an album. An empty caption stands for the picture's own.
create table album_pictures (
  album_id bigint not null references albums (id) on delete cascade,
  picture text not null references pictures (key),
  position bigint not null,
  caption text not null,
  primary key (album_id, picture)
);
create index album_pictures_picture on album_pictures (picture);

-- Published stories that show an album: they are drawn anew when it changes.
create table album_embeds (
  album_id bigint not null,
  story_id bigint not null references posts (id) on delete cascade,
  primary key (album_id, story_id)
);
create index album_embeds_story on album_embeds (story_id);
