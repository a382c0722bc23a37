-- What comments show: pictures, which may be sensitive, and the card of a link.

-- The pictures in order, each a key and what it shows, as JSON; empty for none. Which files they use is told in media_uses.
alter table comments add column pictures text not null default '';
-- Whether they are covered until somebody opens them.
alter table comments add column sensitive bigint not null default 0;
-- The first address in its words, where it shows no pictures.
alter table comments add column link text;
create index comments_link on comments (link) where link is not null;

alter table waiting_comments add column pictures text not null default '';
alter table waiting_comments add column sensitive bigint not null default 0;
