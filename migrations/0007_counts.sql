-- Counts in a table of their own: narrow, so that a busy second's views change few pages.

create table post_counts (
  post_id bigint primary key references posts (id) on delete cascade,
  views bigint not null default 0,
  comments bigint not null default 0,
  likes bigint not null default 0,
  reviews bigint not null default 0
);
insert into post_counts (post_id, views, comments, likes, reviews) select id, views, comments, likes, reviews from posts;
alter table posts drop column views;
alter table posts drop column comments;
alter table posts drop column likes;
alter table posts drop column reviews;

-- Views of a busy second, as one row: safe on the disk, counted when it is quieter.
create table view_batches (
  id bigint primary key,
  noted_at bigint not null,
  views bytea not null
);

-- How far the counting of batches has come: those up to one of them, for posts up to one of them (here: for all).
create table view_counting (
  id bigint primary key check (id = 1),
  batch_id bigint not null,
  post_id bigint not null
);
insert into view_counting (id, batch_id, post_id) values (1, 0, 9223372036854775807);
