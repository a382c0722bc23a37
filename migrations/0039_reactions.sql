-- Reactions: what members answer a post with, in one press. One a member and post; how many there are is kept with every change.

-- What the site offers besides the like, which is always there. A retired one stays where it stands and is offered no more.
create table reaction_kinds (
  name text not null primary key,
  words text not null,
  emoji text not null,
  position bigint not null,
  retired bigint not null default 0
);
insert into reaction_kinds (name, words, emoji, position) values
  ('thanks', 'Thanks', '🙏', 1),
  ('insightful', 'Insightful', '💡', 2),
  ('well-done', 'Well done', '👏', 3),
  ('funny', 'Funny', '😄', 4),
  ('sad', 'Sad', '😢', 5);

create table reactions (
  post_id bigint not null references posts (id) on delete cascade,
  -- Without a cascade: whoever goes takes their reactions back first, and the counts follow.
  account_id bigint not null references accounts (id),
  -- 'like', or the name of one of the site's.
  kind text not null,
  created_at bigint not null,
  primary key (post_id, account_id)
);
create index reactions_account on reactions (account_id, post_id);
create index reactions_post on reactions (post_id, created_at, account_id);
create index reactions_kind on reactions (post_id, kind, created_at, account_id);

-- How many of each but the like, which is counted in post_counts.
create table reaction_counts (
  post_id bigint not null references posts (id) on delete cascade,
  kind text not null,
  count bigint not null,
  primary key (post_id, kind)
);

-- Every member reacts; guests do not.
insert into level_permissions (level, permission) select name, 'posts.react' from levels where name <> 'guest';
