-- People change their address and their handle, and leave.

-- What a one-time link is about beside its account: an e-mail address that is to become theirs, or theirs again.
alter table links add column detail text not null default '';

-- Handles that somebody had. Until the time named here they lead to whoever had them and are nobody else's.
create table former_handles (
  handle_key text not null primary key,
  handle text not null,
  likeness text not null,
  account_id bigint not null references accounts (id) on delete cascade,
  until bigint not null
);
create index former_handles_account on former_handles (account_id);
create index former_handles_likeness on former_handles (likeness);

-- When somebody who asked to leave is forgotten, and whether what they wrote goes with them. Their standing is 'leaving'
-- until then; 'gone' are those of whom only the name "Former member" under their words is left.
alter table accounts add column leaves_at bigint;
alter table accounts add column leaves_with_posts bigint not null default 0;
