-- Mentions (W3C Webmention): pages elsewhere that link to a post, and pages that were told that a post links to them.

create table mentions (
  id bigint primary key,
  post_id bigint not null references posts (id) on delete cascade,
  source text not null,
  host text not null,
  -- asked (nobody has looked yet), waiting (the link is there), shown, declined
  state text not null,
  title text not null default '',
  author text not null default '',
  excerpt text not null default '',
  received_at bigint not null,
  unique (post_id, source)
);
create index mentions_state on mentions (state, received_at, id);

-- Hosts whose mentions are not taken.
create table mention_blocks (
  host text not null primary key,
  account_id bigint references accounts (id) on delete set null,
  created_at bigint not null
);

-- What a post links to, or linked to when somebody was last told.
create table mentions_sent (
  post_id bigint not null references posts (id) on delete cascade,
  target text not null,
  primary key (post_id, target)
);
