-- The town square: notes, whom they name and what they show, polls, pins, who shares them.

-- The list of its author's that a post is for, if it is for one. It may be gone; then nobody is on it.
alter table posts add column list_id bigint;

-- Who is named in a post with their @handle.
create table post_mentions (
  post_id bigint not null references posts (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  primary key (post_id, account_id)
);
create index post_mentions_account on post_mentions (account_id, post_id);

-- A note that was posted: its author, audience, counts and removal are those of posts, its earlier words are revisions.
create table notes (
  id bigint primary key references posts (id) on delete cascade,
  body text not null,
  -- The body as it is shown; made from it.
  html text not null,
  -- What to be warned of before one reads it; empty for nothing.
  warning text not null,
  language text not null,
  recording text references recordings (key),
  -- The post it speaks of. It may be gone.
  quoted_id bigint,
  edited_at bigint
);
create index notes_recording on notes (recording) where recording is not null;
create index notes_quoted on notes (quoted_id) where quoted_id is not null;

create table note_pictures (
  note_id bigint not null references notes (id) on delete cascade,
  picture text not null references pictures (key),
  position bigint not null,
  alt text not null,
  primary key (note_id, picture)
);
create index note_pictures_picture on note_pictures (picture);

-- Words that are not posted yet, and when they are to be.
create table note_drafts (
  post_id bigint primary key references posts (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  content text not null,
  publish_at bigint,
  updated_at bigint not null
);
create index note_drafts_account on note_drafts (account_id, updated_at);

-- What somebody keeps at the top of what they posted.
create table pins (
  account_id bigint not null references accounts (id) on delete cascade,
  post_id bigint not null references posts (id) on delete cascade,
  created_at bigint not null,
  primary key (account_id, post_id)
);
create index pins_post on pins (post_id);

create table shares (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  post_id bigint not null references posts (id) on delete cascade,
  created_at bigint not null,
  unique (account_id, post_id)
);
create index shares_post on shares (post_id);
alter table post_counts add column shares bigint not null default 0;

create table polls (
  id bigint primary key references posts (id) on delete cascade,
  -- Whether a ballot may name several choices.
  several bigint not null,
  closes_at bigint not null,
  -- How many have voted.
  ballots bigint not null default 0
);

create table poll_choices (
  poll_id bigint not null references polls (id) on delete cascade,
  position bigint not null,
  words text not null,
  votes bigint not null default 0,
  primary key (poll_id, position)
);

-- Each member votes once.
create table poll_ballots (
  poll_id bigint not null references polls (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  primary key (poll_id, account_id)
);
create index poll_ballots_account on poll_ballots (account_id);

create table poll_marks (
  poll_id bigint not null,
  account_id bigint not null,
  position bigint not null,
  primary key (poll_id, account_id, position),
  foreign key (poll_id, account_id) references poll_ballots (poll_id, account_id) on delete cascade
);

-- Whoever has an account may post.
insert into level_permissions (level, permission) select name, 'notes.write' from levels where name <> 'guest';
