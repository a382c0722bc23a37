-- Files that nothing uses go after a week. Until now this table held nothing.
drop table media_removals;

-- Files that nothing uses: on their way in, or out.
create table media_removals (
  -- The 32 digits with which all names of a file in its several widths begin.
  stem text not null primary key,
  -- Of the picture or recording.
  key text not null,
  -- Since when nothing uses it.
  since bigint not null,
  -- When its row was removed and its files began to be. From then on nobody may take it up again before they are gone.
  begun_at bigint
);
create index media_removals_since on media_removals (since);
create index media_removals_begun on media_removals (begun_at) where begun_at is not null;

-- Old addresses of pictures lead to them for good; the holder is theirs alone.
insert into media_uses (key, holder) select distinct target, 1 from old_addresses where kind = 'picture' on conflict (key, holder) do nothing;

-- Stories written before this are gone through once, in the order of ids. Nothing is removed while a row stands here.
create table media_recounts (
  after_id bigint not null
);
insert into media_recounts (after_id) select 0 where exists (select 1 from posts);
