-- What members are told. What is about the same thing is one notice, until they have read it.

create table notices (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  kind text not null,
  -- What it is gathered by: a post, a message, somebody; 0 where everything of the kind is one.
  about bigint not null,
  -- The post it speaks of: only while its member may read that, they are told.
  post_id bigint references posts (id) on delete cascade,
  -- Whether people brought it about: only while one of them may be seen, its member is told.
  of_people bigint not null,
  -- Whether it stands on their page. Some are only mailed.
  shown bigint not null,
  -- Whether it waits for the daily letter.
  digest bigint not null,
  latest_at bigint not null,
  read_at bigint
);
create unique index notices_unread on notices (account_id, kind, about) where read_at is null;
create index notices_account on notices (account_id, latest_at, id);
create index notices_post on notices (post_id) where post_id is not null;

-- Who brought a notice about, and with which post, if with one.
create table notice_people (
  notice_id bigint not null references notices (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  post_id bigint references posts (id) on delete cascade,
  at bigint not null,
  primary key (notice_id, account_id)
);
create index notice_people_account on notice_people (account_id);
create index notice_people_post on notice_people (post_id) where post_id is not null;

-- By which ways members want to hear of what. Whoever has no row for a kind has it as it is usual.
create table notice_choices (
  account_id bigint not null references accounts (id) on delete cascade,
  kind text not null,
  site bigint not null,
  -- 'never', 'once', 'daily'
  email text not null,
  push bigint not null,
  primary key (account_id, kind)
);

-- How many notices on their page a member has not read: kept with every change, and read with every page.
alter table connection_counts add column unread bigint not null default 0;

-- What those who run the site write to members.
create table staff_messages (
  id bigint primary key,
  -- Who wrote it. They may be gone.
  author_id bigint references accounts (id) on delete set null,
  -- Whom it is for; null for everybody who was a member then.
  to_id bigint references accounts (id) on delete cascade,
  subject text not null,
  body text not null,
  created_at bigint not null
);
create index staff_messages_to on staff_messages (to_id) where to_id is not null;
create index staff_messages_author on staff_messages (author_id) where author_id is not null;
