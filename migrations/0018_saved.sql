-- Posts that members keep for later, each on a list of their own.

create table saved (
  account_id bigint not null references accounts (id) on delete cascade,
  post_id bigint not null references posts (id) on delete cascade,
  created_at bigint not null,
  primary key (account_id, post_id)
);
create index saved_newest on saved (account_id, created_at, post_id);
create index saved_post on saved (post_id);
