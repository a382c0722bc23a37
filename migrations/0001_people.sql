-- Who is here: the site itself, levels and what they may do, accounts, their sessions, pictures.

create table site (
  id bigint primary key check (id = 1),
  name text not null,
  tagline text not null,
  sentence text not null,
  place text not null,
  time_zone text not null,
  language text not null,
  review_required bigint not null default 0,
  created_at bigint not null,
  updated_at bigint not null
);

create table levels (
  name text not null primary key,
  title text not null,
  rank bigint not null
);

create table level_permissions (
  level text not null references levels (name) on delete cascade,
  permission text not null,
  primary key (level, permission)
);

insert into levels (name, title, rank) values
  ('guest', 'Guest', 0),
  ('member', 'Member', 10),
  ('author', 'Author', 20),
  ('editor', 'Editor', 30),
  ('administrator', 'Administrator', 40);

insert into level_permissions (level, permission) values
  ('author', 'stories.write'),
  ('author', 'stories.publish'),
  ('editor', 'stories.write'),
  ('editor', 'stories.publish'),
  ('editor', 'stories.edit'),
  ('editor', 'sections.edit'),
  ('editor', 'front.arrange'),
  ('administrator', 'stories.write'),
  ('administrator', 'stories.publish'),
  ('administrator', 'stories.edit'),
  ('administrator', 'sections.edit'),
  ('administrator', 'front.arrange'),
  ('administrator', 'people.manage'),
  ('administrator', 'site.manage');

create table accounts (
  id bigint primary key,
  kind text not null,
  handle text not null,
  handle_key text not null unique,
  name text not null,
  email text,
  email_key text unique,
  password_hash text,
  level text not null references levels (name),
  bio text not null default '',
  picture text,
  created_at bigint not null,
  updated_at bigint not null,
  suspended_at bigint
);

create table sessions (
  id bigint primary key,
  digest bytea not null unique,
  account_id bigint not null references accounts (id) on delete cascade,
  agent text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index sessions_account on sessions (account_id);

-- One-time links: setup, password resets. Only digests are kept.
create table links (
  digest bytea not null primary key,
  purpose text not null,
  account_id bigint references accounts (id) on delete cascade,
  created_at bigint not null,
  expires_at bigint not null
);

create table pictures (
  key text not null primary key,
  account_id bigint references accounts (id) on delete set null,
  width bigint not null,
  height bigint not null,
  variants text not null,
  colour text not null,
  created_at bigint not null
);
create index pictures_account on pictures (account_id, created_at);
