-- Ways to show who one is beside the password: the second step with its recovery codes, passkeys.

-- When somebody last showed again that it is them; 0 for never.
alter table sessions add column proved_at bigint not null default 0;

-- The secret is sealed with the site's key. Steps are the half minutes since 1970 of codes that were used: none counts twice.
-- Wrong codes in a row are counted, and after some of them the next has to wait.
create table second_factors (
  account_id bigint primary key references accounts (id) on delete cascade,
  secret bytea not null,
  last_step bigint not null,
  wrong bigint not null default 0,
  wrong_at bigint not null default 0,
  created_at bigint not null
);

-- Only digests are kept; a code that was used is gone.
create table recovery_codes (
  account_id bigint not null references second_factors (account_id) on delete cascade,
  digest bytea not null,
  primary key (account_id, digest)
);

-- The public halves: nothing in here signs anybody in. The user handle names an account to its owner's devices, and to nobody
-- else.
create table passkeys (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  user_handle bytea not null,
  credential bytea not null unique,
  public_key bytea not null,
  algorithm bigint not null,
  counter bigint not null,
  name text not null,
  created_at bigint not null,
  used_at bigint
);
create index passkeys_account on passkeys (account_id);
