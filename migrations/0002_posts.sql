-- What anybody authored, and what any post has: counts, revisions, topics, the shelves it stands on.

create table posts (
  id bigint primary key,
  kind text not null,
  author_id bigint not null references accounts (id),
  visibility text not null,
  created_at bigint not null,
  updated_at bigint not null,
  published_at bigint,
  deleted_at bigint,
  views bigint not null default 0,
  comments bigint not null default 0,
  likes bigint not null default 0,
  reviews bigint not null default 0
);
create index posts_deleted on posts (deleted_at, id) where deleted_at is not null;

-- Everyone in the byline, the first author first.
create table post_authors (
  post_id bigint not null references posts (id) on delete cascade,
  account_id bigint not null references accounts (id),
  position bigint not null,
  primary key (post_id, position)
);
create index post_authors_account on post_authors (account_id, post_id);

create table topics (
  id bigint primary key,
  name text not null,
  key text not null unique,
  created_at bigint not null
);

create table post_topics (
  post_id bigint not null references posts (id) on delete cascade,
  topic_id bigint not null references topics (id),
  position bigint not null,
  primary key (post_id, position)
);
create index post_topics_topic on post_topics (topic_id, post_id);

-- A shelf is any list that a published post stands on: a section and those above it, each author, each topic.
-- All of them draw their ids from one source, so an owner's id says which shelf is meant.
create table shelves (
  owner_id bigint not null,
  listed_at bigint not null,
  post_id bigint not null references posts (id) on delete cascade,
  primary key (owner_id, listed_at, post_id)
);
create index shelves_post on shelves (post_id);

create table revisions (
  id bigint primary key,
  post_id bigint not null references posts (id) on delete cascade,
  number bigint not null,
  account_id bigint not null references accounts (id),
  content text not null,
  correction text,
  created_at bigint not null,
  unique (post_id, number)
);
create index revisions_corrections on revisions (created_at, id) where correction is not null;
