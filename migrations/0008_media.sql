-- Words and the focal point of pictures, recordings (audio and video), uploads in parts, and what uses which file.

alter table pictures add column bytes bigint not null default 0;
alter table pictures add column blur text not null default '';
-- The point that stays visible when a picture is cropped, in percent from the left and from the top.
alter table pictures add column focus_x bigint not null default 50;
alter table pictures add column focus_y bigint not null default 50;
alter table pictures add column name text not null default '';
alter table pictures add column alt text not null default '';
alter table pictures add column caption text not null default '';
alter table pictures add column credit text not null default '';
-- When it was last uploaded or known to be used. A week later, unused, it is removed.
alter table pictures add column held_at bigint not null default 0;
create index pictures_held on pictures (held_at);
create index stories_picture on stories (picture) where picture is not null;
create index accounts_picture on accounts (picture) where picture is not null;

create table recordings (
  key text not null primary key,
  account_id bigint references accounts (id) on delete set null,
  kind text not null,
  content_type text not null,
  bytes bigint not null,
  duration_ms bigint,
  width bigint,
  height bigint,
  name text not null,
  title text not null,
  caption text not null,
  credit text not null,
  poster text references pictures (key),
  created_at bigint not null,
  held_at bigint not null
);
create index recordings_account on recordings (account_id, created_at);
create index recordings_poster on recordings (poster) where poster is not null;
create index recordings_held on recordings (held_at);

-- An upload that comes in parts. Its bytes lie in a file named by the id until it is whole.
create table uploads (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  name text not null,
  size bigint not null,
  -- What became of it: the key of a picture or recording.
  key text,
  created_at bigint not null
);
create index uploads_account on uploads (account_id);
create index uploads_created on uploads (created_at);

-- Which post, album or other thing holds which file. The holder is its id; ids are unique across tables.
create table media_uses (
  key text not null,
  holder bigint not null,
  primary key (key, holder)
);
create index media_uses_holder on media_uses (holder);

-- Files whose row is gone and that are being deleted. While a key stands here, nobody may take it again.
create table media_removals (
  key text not null primary key,
  created_at bigint not null
);
