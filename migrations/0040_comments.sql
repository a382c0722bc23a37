-- Comments on any post, in threads; who may write them where, and who wants to hear of them.

-- A comment is a post: its author, counts and removal are those of posts, its earlier words are revisions.
create table comments (
  id bigint primary key references posts (id) on delete cascade,
  -- The story, note or album it is under.
  subject_id bigint not null references posts (id) on delete cascade,
  -- The comment it answers; null where it begins a thread.
  parent_id bigint,
  -- The comment that begins its thread; itself where it does.
  thread_id bigint not null,
  -- The way down to it from the top of its thread: ids of sixteen hexadecimal digits each, so that the order of these texts is the
  -- order in which a thread is read. Empty at the top.
  path text not null,
  posted_at bigint not null,
  body text not null,
  -- The body as it is shown; made from it.
  html text not null,
  language text not null,
  edited_at bigint,
  -- Since when it is an editor's pick, and whose. They may be gone.
  picked_at bigint,
  picked_by bigint,
  -- How many stand under it in all, where it begins a thread.
  replies bigint not null default 0
);
create index comments_subject on comments (subject_id);
create index comments_begun on comments (subject_id, posted_at, id) where parent_id is null;
create index comments_discussed on comments (subject_id, replies, id) where parent_id is null;
create index comments_thread on comments (thread_id, path);
create index comments_parent on comments (parent_id) where parent_id is not null;

-- Where it is not as usual: who may comment, and how many minutes a member waits between two comments.
create table conversations (
  subject_id bigint primary key references posts (id) on delete cascade,
  -- 'everyone', 'followed', 'nobody'
  open_to text not null,
  slow_minutes bigint not null
);

-- Who follows a conversation, and who wants to hear nothing of it.
create table conversation_choices (
  subject_id bigint not null references posts (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  -- 'follow', 'mute'
  choice text not null,
  primary key (subject_id, account_id)
);
create index conversation_choices_account on conversation_choices (account_id);

-- Whoever has an account may comment.
insert into level_permissions (level, permission) select name, 'comments.write' from levels where name <> 'guest';
