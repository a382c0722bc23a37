-- Organizations: accounts that nobody signs in to, whose pages several members run with roles.

create table organizations (
  id bigint primary key references accounts (id) on delete cascade,
  -- 'business', 'organization', 'official'
  kind text not null,
  -- Its name as lists are ordered by.
  name_key text not null,
  website text not null default '',
  place text not null default '',
  hours text not null default '',
  contact text not null default '',
  -- Since when it waits for the staff to say that it is an official body; null where nobody asked.
  asked_at bigint,
  -- The post that its reviews are under.
  page_id bigint references posts (id) on delete set null,
  -- How many run it.
  people bigint not null default 0,
  created_at bigint not null
);
create index organizations_name on organizations (name_key, id);
create index organizations_kind on organizations (kind, name_key, id);
create index organizations_asked on organizations (asked_at, id) where asked_at is not null;
create index organizations_page on organizations (page_id) where page_id is not null;

create table organization_people (
  organization_id bigint not null references organizations (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  -- 'owner', 'editor', 'contributor'
  role text not null,
  -- Whether its page names them.
  named bigint not null default 0,
  invited_at bigint not null,
  -- Null until they accept.
  joined_at bigint,
  primary key (organization_id, account_id)
);
create index organization_people_account on organization_people (account_id, organization_id);

-- Whoever has an account may found one.
insert into level_permissions (level, permission) select name, 'organizations.found' from levels where name <> 'guest';

-- What is judged besides the whole in reviews of organizations.
insert into review_criteria (id, owner_id, words, position) values
  (5, 1, 'Service', 1), (6, 1, 'Value', 2), (7, 1, 'Reliability', 3);
