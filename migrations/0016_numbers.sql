-- Sums of what readers did, never a reader. An owner is a post; or, its number negated, the owner of a shelf that read
-- posts stand on (a section, an author, a topic); or 0, the whole site.

-- By hour since 1970 (UTC), for some days.
create table reading_hours (
  hour bigint not null,
  owner_id bigint not null,
  views bigint not null,
  phones bigint not null,
  tablets bigint not null,
  here bigint not null,
  readings bigint not null,
  seconds bigint not null,
  ended bigint not null,
  primary key (hour, owner_id)
);
create index reading_hours_owner on reading_hours (owner_id, hour);

-- The same by day since 1970 in the site's time zone, for ever.
create table reading_days (
  owner_id bigint not null,
  day bigint not null,
  views bigint not null,
  phones bigint not null,
  tablets bigint not null,
  here bigint not null,
  readings bigint not null,
  seconds bigint not null,
  ended bigint not null,
  primary key (owner_id, day)
);
create index reading_days_top on reading_days (day, views) where owner_id > 0;

-- How far hours have been added to their days: those up to one of them, for owners up to one of them (here: for all).
create table reading_fold (
  id bigint primary key check (id = 1),
  hour bigint not null,
  owner_id bigint not null
);
insert into reading_fold (id, hour, owner_id) values (1, 0, 9223372036854775807);

-- Views that came from other sites.
create table reading_sites (
  owner_id bigint not null,
  day bigint not null,
  site text not null,
  views bigint not null,
  primary key (owner_id, day, site)
);
create index reading_sites_day on reading_sites (day, owner_id);

-- What a batch knows besides how often each post was read: one entry takes so many bytes, and the sites are a list in JSON.
alter table view_batches add column entry_bytes bigint not null default 16;
alter table view_batches add column sites text not null default '[]';
