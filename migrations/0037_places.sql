-- Places: where something is, by the name that people here have for it. Made when they are first named, as topics are.

create table places (
  id bigint primary key,
  name text not null,
  key text not null unique,
  -- Owner of the feed of what those post who are at home there.
  neighbours_id bigint not null unique,
  created_at bigint not null
);

-- Where what a post is about is.
create table post_places (
  post_id bigint primary key references posts (id) on delete cascade,
  place_id bigint not null references places (id)
);
create index post_places_place on post_places (place_id, post_id);

-- Stories that are here already come onto the shelves of their places by a job, at once.
insert into jobs (id, kind, payload, run_at, attempts, created_at)
select 37, 'story.places', '{"after":"0"}', 0, 0, 0 where exists (select 1 from stories where place <> '');
