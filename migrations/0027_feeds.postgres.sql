-- Feeds of the town square; and topics that begin alike stand together in their index, as they do wherever texts stand in the
-- order of their bytes.

-- A feed is a list of what is said. An owner is an account, a topic, or 1 for everyone here; with a minus it is the side of
-- the same feed that guests see.
create table feed_entries (
  owner_id bigint not null,
  listed_at bigint not null,
  post_id bigint not null references posts (id) on delete cascade,
  -- Who passed it on; null where it stands by itself.
  shared_by bigint references accounts (id) on delete cascade,
  primary key (owner_id, listed_at, post_id)
);
create index feed_entries_post on feed_entries (post_id);
create index feed_entries_shared on feed_entries (shared_by) where shared_by is not null;

alter table topics alter column key type text collate "C";
