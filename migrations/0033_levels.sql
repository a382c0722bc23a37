-- Levels that a site makes itself: how much of something they allow, how somebody comes to them by good standing; and the
-- decisions that staff make about people, posts and the site.

-- How much of something a level allows. What is not here has no limit.
create table level_limits (
  level text not null references levels (name) on delete cascade,
  name text not null,
  most bigint not null,
  primary key (level, name)
);

-- From which level somebody comes to this one by good standing; null where it is given by hand alone.
alter table levels add column from_level text references levels (name) on delete set null;
alter table levels add column needs_days bigint not null default 0;
alter table levels add column needs_posts bigint not null default 0;
-- For so many days nothing of theirs was taken down and they were not suspended.
alter table levels add column needs_quiet_days bigint not null default 0;
alter table levels add column needs_email bigint not null default 0;

insert into levels (name, title, rank)
select 'moderator', 'Moderator', 35 where not exists (select 1 from levels where name = 'moderator');
insert into level_permissions (level, permission) values
  ('moderator', 'notes.write'),
  ('moderator', 'notes.moderate'),
  ('moderator', 'people.welcome')
on conflict (level, permission) do nothing;
-- Whoever decides about stories or people so far may also take down notes; whoever manages people gives badges.
insert into level_permissions (level, permission)
select distinct level, 'notes.moderate' from level_permissions where permission in ('people.manage', 'stories.edit')
on conflict (level, permission) do nothing;
insert into level_permissions (level, permission)
select level, 'badges.give' from level_permissions where permission = 'people.manage';

-- What was decided: who, when, about whom or what, in words.
create table decisions (
  id bigint primary key,
  -- Null for what the program does by itself, and for those who have left.
  account_id bigint references accounts (id) on delete set null,
  act text not null,
  about_id bigint references accounts (id) on delete cascade,
  post_id bigint,
  words text not null,
  reason text not null,
  created_at bigint not null
);
create index decisions_about on decisions (about_id, id) where about_id is not null;
create index decisions_account on decisions (account_id, id) where account_id is not null;

-- Until when, and why; null until somebody lifts it.
alter table accounts add column suspended_until bigint;
alter table accounts add column suspended_why text not null default '';
create index accounts_suspended on accounts (id) where suspended_at is not null;
create index accounts_level on accounts (level, id);

-- Who of the staff took a post down, and why. Its author cannot bring it back then.
alter table posts add column removed_by bigint;
alter table posts add column removed_why text not null default '';
create index posts_author on posts (author_id, created_at);
