-- How a site looks and speaks: colours, logo, menus, the words of its letters; what it asks its members, and badges.

-- Null where the program's own stand.
create table looks (
  id bigint primary key check (id = 1),
  accent_light text,
  accent_dark text,
  link_light text,
  link_dark text,
  logo text references pictures (key),
  icon text references pictures (key),
  -- Where to write to the people who run the site: an e-mail address or a web address; empty for none.
  contact text not null default ''
);
insert into looks (id) values (1);
create index looks_logo on looks (logo) where logo is not null;
create index looks_icon on looks (icon) where icon is not null;

-- The site's own links: in the bar, after its sections, and in the footer, each under a heading.
create table menu_links (
  menu text not null,
  position bigint not null,
  heading text not null,
  label text not null,
  address text not null,
  -- Who sees it: everyone, guests, members, staff.
  shown_to text not null,
  primary key (menu, position)
);

-- Letters whose subject or beginning the site has written itself.
create table letter_texts (
  kind text not null primary key,
  subject text not null,
  intro text not null,
  updated_at bigint not null
);

-- What somebody is here as: resident, business, organization, official.
alter table accounts add column profile text not null default 'resident';

-- What the site asks of those who are here as something.
create table questions (
  id bigint primary key,
  -- Which profiles it is for, parted by commas.
  profiles text not null,
  words text not null,
  -- text, choice, link, number.
  kind text not null,
  -- For choices: one a line.
  choices text not null default '',
  required bigint not null default 0,
  position bigint not null,
  created_at bigint not null
);

create table answers (
  account_id bigint not null references accounts (id) on delete cascade,
  question_id bigint not null references questions (id) on delete cascade,
  value text not null,
  -- Who sees it: public, members, connections, only_me.
  shown_to text not null,
  updated_at bigint not null,
  primary key (account_id, question_id)
);
create index answers_question on answers (question_id);

create table badges (
  id bigint primary key,
  name text not null,
  name_key text not null unique,
  -- What it says of whoever has it.
  meaning text not null,
  icon text not null,
  colour text not null,
  position bigint not null,
  created_at bigint not null
);
-- Ids of their own far below all others.
insert into badges (id, name, name_key, meaning, icon, colour, position, created_at) values
  (1, 'Verified resident', 'verified resident', 'Shown to live here', 'badge-check', 'leaf', 1, 0),
  (2, 'City', 'city', 'Speaks for the city', 'landmark', 'sky', 2, 0),
  (3, 'Staff', 'staff', 'Works for this site', 'newspaper', 'bloom', 3, 0);

create table account_badges (
  account_id bigint not null references accounts (id) on delete cascade,
  badge_id bigint not null references badges (id) on delete cascade,
  given_by bigint,
  created_at bigint not null,
  primary key (account_id, badge_id)
);
create index account_badges_badge on account_badges (badge_id, account_id);
