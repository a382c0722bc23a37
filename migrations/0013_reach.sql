-- Under which terms stories may be used, and the hub that is told of new ones (WebSub).

-- Null where nothing is said of it; a story may have terms of its own.
alter table site add column licence text;
alter table stories add column licence text;
-- Address of the hub; empty for none.
alter table site add column hub text not null default '';

-- Pictures of stories that other sites show; files under these names, drawn anew when somebody asks after they were removed.
create table social_pictures (
  name text not null primary key,
  drawn_at bigint not null
);
create index social_pictures_drawn on social_pictures (drawn_at);
