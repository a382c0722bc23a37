-- Who follows, befriends, blocks and mutes whom, and the lists (circles) that members keep of others.

-- One way. A target is an account or the owner of any other shelf (a section, a topic): their ids come from one source.
create table follows (
  account_id bigint not null references accounts (id) on delete cascade,
  target_id bigint not null,
  created_at bigint not null,
  primary key (account_id, target_id)
);
create index follows_target on follows (target_id, created_at, account_id);

-- Both agreed: two rows each, so that either side is one range.
create table friendships (
  account_id bigint not null references accounts (id) on delete cascade,
  friend_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  primary key (account_id, friend_id)
);
create index friendships_friend on friendships (friend_id);

-- Requests that are not answered yes. Whoever is refused is not told: their request goes on standing for them, and cannot be
-- made again for a while, also when they took it back.
create table friend_requests (
  account_id bigint not null references accounts (id) on delete cascade,
  friend_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  refused_at bigint,
  withdrawn_at bigint,
  primary key (account_id, friend_id)
);
create index friend_requests_friend on friend_requests (friend_id, created_at, account_id);

-- How many, kept with every change instead of counted. An owner is an account, a section, a topic. Following, friends and
-- waiting requests are those of accounts.
create table connection_counts (
  owner_id bigint not null primary key,
  followers bigint not null default 0,
  following bigint not null default 0,
  friends bigint not null default 0,
  waiting bigint not null default 0,
  -- Grows with every change of what an account follows, mutes or blocks: what was made for it before is old.
  version bigint not null default 0
);

create table lists (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  name text not null,
  name_key text not null,
  members bigint not null default 0,
  created_at bigint not null,
  unique (account_id, name_key)
);

create table list_members (
  list_id bigint not null references lists (id) on delete cascade,
  account_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  primary key (list_id, account_id)
);
create index list_members_account on list_members (account_id, list_id);

create table blocks (
  account_id bigint not null references accounts (id) on delete cascade,
  blocked_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  primary key (account_id, blocked_id)
);
create index blocks_blocked on blocks (blocked_id, account_id);

create table mutes (
  account_id bigint not null references accounts (id) on delete cascade,
  muted_id bigint not null references accounts (id) on delete cascade,
  created_at bigint not null,
  -- Null for one that does not end by itself.
  ends_at bigint,
  primary key (account_id, muted_id)
);
create index mutes_muted on mutes (muted_id);

-- What members chose about their connections; whoever has no row has chosen nothing.
create table connection_choices (
  account_id bigint not null primary key references accounts (id) on delete cascade,
  -- Who sees the lists of whom they follow and who follows them.
  shown_to text not null,
  -- The digest by which those who know their e-mail address find them; null for those who did not ask to be found.
  email_digest bytea
);
create unique index connection_choices_digest on connection_choices (email_digest) where email_digest is not null;

-- Suggestions that a member does not want to see again.
create table dismissed_suggestions (
  account_id bigint not null references accounts (id) on delete cascade,
  target_id bigint not null,
  created_at bigint not null,
  primary key (account_id, target_id)
);

-- The words of names and handles, by which people are found.
create table account_words (
  word text collate "C" not null,
  account_id bigint not null references accounts (id) on delete cascade,
  primary key (word, account_id)
);
create index account_words_account on account_words (account_id);
-- The words of those who are here already are kept by a job, at once.
insert into jobs (id, kind, payload, run_at, attempts, created_at)
select 24, 'account.words', '{"after":"0"}', 0, 0, 0 where exists (select 1 from accounts);
