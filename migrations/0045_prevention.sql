-- What is read before it appears, and why: filters of words and links, the front porch, what is said again and again; and who cannot
-- join.

-- Words, and hosts of links, that posts are looked through for.
create table filters (
  id bigint primary key,
  -- 'words', 'link'
  kind text not null,
  -- As it was written.
  pattern text not null,
  -- As it is compared.
  folded text not null,
  -- 'hold', 'label', 'refuse', 'nudge'
  act text not null,
  -- What the writer is told, or what stands over the post; empty for the usual words.
  sentence text not null,
  created_at bigint not null
);
create unique index filters_kind_folded on filters (kind, folded);

-- Which posts are read before they appear. One row.
create table porch (
  one bigint primary key,
  -- 'off', 'new', 'all'
  state text not null,
  -- How many posts of a new member are read.
  posts bigint not null
);
insert into porch (one, state, posts) values (1, 'off', 3);

-- Since when a note waits to be read, why, and the sentence that will stand over it; null while it is its author's draft.
alter table note_drafts add column held_at bigint;
alter table note_drafts add column held_why text not null default '';
alter table note_drafts add column held_for text not null default '';
alter table note_drafts add column label text not null default '';
create index note_drafts_held on note_drafts (held_at, post_id) where held_at is not null;

-- Comments that wait to be read. They are no posts yet: nothing counts them, shows them or tells of them.
create table waiting_comments (
  -- The id that it will have.
  id bigint primary key,
  subject_id bigint not null references posts (id) on delete cascade,
  parent_id bigint,
  author_id bigint not null references accounts (id) on delete cascade,
  body text not null,
  language text not null,
  held_at bigint not null,
  -- 'filter', 'porch', 'repeated', 'links'
  held_why text not null,
  -- What it was held for, for those who read it.
  held_for text not null,
  -- The sentence that will stand over it.
  label text not null
);
create index waiting_comments_held on waiting_comments (held_at, id);
create index waiting_comments_author on waiting_comments (author_id, subject_id);
create index waiting_comments_subject on waiting_comments (subject_id);

-- How many notes and comments of somebody's wait.
alter table accounts add column held bigint not null default 0;

-- What was said of late, as digests, and the hosts that new members linked to: how floods are seen. Kept for a day.
create table said (
  post_id bigint not null,
  -- 'words', 'link'
  kind text not null,
  digest bigint not null,
  account_id bigint not null references accounts (id) on delete cascade,
  at bigint not null,
  primary key (post_id, kind, digest)
);
create index said_digest on said (kind, digest, at);
create index said_at on said (at);
create index said_account on said (account_id);

-- From where nobody joins, and until when.
create table bars (
  id bigint primary key,
  -- 'email', 'host', 'network'
  kind text not null,
  value text not null,
  reason text not null,
  -- Null for as long as nobody lifts it.
  until_at bigint,
  by_id bigint references accounts (id) on delete set null,
  created_at bigint not null
);
create unique index bars_kind_value on bars (kind, value);
create index bars_by on bars (by_id) where by_id is not null;
