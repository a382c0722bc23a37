-- Browsers that take messages for a member while no page is open (RFC 8030): as long as they are signed in there.
create table push_subscriptions (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  session_id bigint not null references sessions (id) on delete cascade,
  endpoint text not null,
  -- SHA-256 of the endpoint: it is long, and names one browser.
  digest bytea not null unique,
  -- The browser's public key and secret (RFC 8291).
  public_key bytea not null,
  auth bytea not null,
  agent text not null,
  created_at bigint not null
);
create index push_subscriptions_account on push_subscriptions (account_id, created_at);
create index push_subscriptions_session on push_subscriptions (session_id);
