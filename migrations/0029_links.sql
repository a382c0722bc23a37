-- Cards of links: what the page says of itself to which a note leads first.

-- The address, where the note shows nothing else.
alter table notes add column link text;
create index notes_link on notes (link) where link is not null;

-- Nothing where there was no page, so that it is not asked for again and again.
create table link_cards (
  url text not null primary key,
  title text not null,
  description text not null,
  site text not null,
  fetched_at bigint not null
);
