-- What members say of themselves beside name and words: a wide picture, facts and links, each shown to whom they chose.

create table profiles (
  account_id bigint not null primary key references accounts (id) on delete cascade,
  cover text
);
create index profiles_cover on profiles (cover) where cover is not null;

create table profile_facts (
  account_id bigint not null references accounts (id) on delete cascade,
  fact text not null,
  value text not null,
  shown_to text not null,
  primary key (account_id, fact)
);

create table profile_links (
  account_id bigint not null references accounts (id) on delete cascade,
  position bigint not null,
  url text not null,
  shown_to text not null,
  -- When the page was asked last whether it leads back, and when it did.
  asked_at bigint,
  proved_at bigint,
  primary key (account_id, position)
);
