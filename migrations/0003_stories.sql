-- Sections, stories, the working copies authors write on, and the front page.

create table sections (
  id bigint primary key,
  parent_id bigint references sections (id),
  name text not null,
  slug text not null unique,
  description text not null,
  colour text not null,
  position bigint not null,
  created_at bigint not null
);

-- Every address a section ever had.
create table section_addresses (
  slug text not null primary key,
  section_id bigint not null references sections (id)
);

create table stories (
  id bigint primary key references posts (id) on delete cascade,
  section_id bigint not null references sections (id),
  headline text not null,
  slug text not null,
  standfirst text not null,
  body_html text not null,
  words bigint not null,
  work text not null,
  place text not null,
  sources text not null,
  picture text references pictures (key),
  picture_caption text not null,
  picture_credit text not null,
  picture_alt text not null,
  -- The time under which lists show the story; null while it is not public.
  listed_at bigint
);
create index stories_listed on stories (listed_at, id) where listed_at is not null;
create index stories_section on stories (section_id);

-- The working copy of a story. Gone once it is published and nothing has changed since.
create table drafts (
  story_id bigint primary key references posts (id) on delete cascade,
  version bigint not null,
  content text not null,
  state text not null,
  publish_at bigint,
  updated_by bigint not null references accounts (id),
  updated_at bigint not null
);
create index drafts_updated on drafts (updated_at, story_id);
create index drafts_state on drafts (state, updated_at);

-- Words that lost a race against somebody else's save. Kept until their author has dealt with them.
create table draft_copies (
  id bigint primary key,
  story_id bigint not null references posts (id) on delete cascade,
  account_id bigint not null references accounts (id),
  version bigint not null,
  content text not null,
  created_at bigint not null
);
create index draft_copies_story on draft_copies (story_id, created_at);

create table story_editors (
  story_id bigint not null references posts (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  seen_at bigint not null,
  primary key (story_id, account_id)
);

create table front_pages (
  id bigint primary key,
  arrangement text not null,
  account_id bigint not null references accounts (id),
  created_at bigint not null
);
