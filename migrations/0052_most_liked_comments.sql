-- Pages of long conversations are ranges of indexes in every order, and a comment that is posted is entered into few of them.

-- What post_counts says of it, where its place among the others is looked for.
alter table comments add column likes bigint not null default 0;
update comments set likes = (select k.likes from post_counts k where k.post_id = comments.id)
  where id in (select k.post_id from post_counts k where k.likes > 0);

-- By time, all of a subject: also what has no likes and no replies stands in this order, behind what has.
drop index comments_subject;
drop index comments_begun;
drop index comments_discussed;
create index comments_under on comments (subject_id, posted_at, id, parent_id);
create index comments_top on comments (subject_id, likes, id) where parent_id is null and likes > 0;
create index comments_discussed on comments (subject_id, replies, id) where parent_id is null and replies > 0;

-- It is kept for a day: to look through it for who leaves costs less than an index that everybody enters who posts.
create table said_of_late (
  post_id bigint not null,
  -- 'words', 'link'
  kind text not null,
  digest bigint not null,
  account_id bigint not null,
  at bigint not null,
  primary key (post_id, kind, digest)
);
insert into said_of_late (post_id, kind, digest, account_id, at) select post_id, kind, digest, account_id, at from said;
drop table said;
alter table said_of_late rename to said;
create index said_digest on said (kind, digest, at);
create index said_at on said (at);
