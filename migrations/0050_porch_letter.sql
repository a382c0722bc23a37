-- The daily letter of the front porch, and how the nodes of a site notice what another of them changed.

-- The hour, in the site's zone, at which the letter goes.
alter table porch add column letter_hour bigint not null default 18;
-- Since when every post is read before it appears; null while that is not so.
alter table porch add column since bigint;
update porch set since = 0 where state = 'all';
-- The day of the last letter, as 20261127.
alter table porch add column letter_day bigint not null default 0;
-- Posts from this time to that one stand in it.
alter table porch add column letter_from bigint not null default 0;
alter table porch add column letter_until bigint not null default 0;
-- The last member to whom it was written, while some are left; null when all have it.
alter table porch add column letter_after bigint;

-- What came lately, whatever its kind.
create index posts_published on posts (published_at, id) where published_at is not null;

-- Counts every change of what a node remembers of the site: its name, levels, looks, sections, filters. One row.
create table remembered (
  one bigint primary key,
  version bigint not null
);
insert into remembered (one, version) values (1, 0);
