-- Reviews: what a member thinks of a story or anything else that can be reviewed, in stars and words. One a member and subject.

-- What is judged besides the whole, in stars of its own. Those of owner 0 hold wherever a section has none of its own.
create table review_criteria (
  id bigint primary key,
  owner_id bigint not null,
  words text not null,
  position bigint not null,
  -- A retired one stays with the reviews that used it and is asked no more.
  retired bigint not null default 0
);
create index review_criteria_owner on review_criteria (owner_id, position);
insert into review_criteria (id, owner_id, words, position) values
  (1, 0, 'Accuracy', 1), (2, 0, 'Sourcing', 2), (3, 0, 'Fairness', 3), (4, 0, 'Clarity', 4);

-- A review is a post: its removal is that of posts, its earlier words are revisions.
create table reviews (
  id bigint primary key references posts (id) on delete cascade,
  subject_id bigint not null references posts (id) on delete cascade,
  author_id bigint not null references accounts (id),
  posted_at bigint not null,
  stars bigint not null,
  recommends bigint not null,
  title text not null,
  pros text not null,
  cons text not null,
  body text not null,
  -- The body as it is shown; made from it.
  html text not null,
  language text not null,
  edited_at bigint,
  -- Since when it waits for somebody to look at it, and why ('new', 'burst'); null when it is shown.
  held_at bigint,
  held_why text not null default '',
  -- How many found it helpful.
  helpful bigint not null default 0,
  -- What an author of the subject answers, once.
  answer text not null default '',
  answer_html text not null default '',
  answer_by bigint references accounts (id),
  answered_at bigint,
  answer_edited_at bigint
);
create unique index reviews_one on reviews (subject_id, author_id);
create index reviews_newest on reviews (subject_id, posted_at, id);
create index reviews_stars on reviews (subject_id, stars, id);
create index reviews_helpful on reviews (subject_id, helpful, id);
create index reviews_author on reviews (author_id, posted_at, id);
create index reviews_held on reviews (held_at, id) where held_at is not null;
create index reviews_answered on reviews (answer_by) where answer_by is not null;

create table review_ratings (
  review_id bigint not null references reviews (id) on delete cascade,
  criterion_id bigint not null references review_criteria (id),
  stars bigint not null,
  primary key (review_id, criterion_id)
);

create table review_votes (
  review_id bigint not null references reviews (id) on delete cascade,
  -- Without a cascade: whoever goes takes their votes back first, and the counts follow.
  account_id bigint not null references accounts (id),
  created_at bigint not null,
  primary key (review_id, account_id)
);
create index review_votes_account on review_votes (account_id, review_id);

-- How many reviews of a subject give how many stars ('0:5' for the whole, '3:5' for a criterion), and how many recommend it.
create table review_counts (
  subject_id bigint not null references posts (id) on delete cascade,
  slot text not null,
  count bigint not null,
  primary key (subject_id, slot)
);

-- Subjects with so many reviews at once that each is looked at before it appears, and until when.
create table review_watches (
  subject_id bigint primary key references posts (id) on delete cascade,
  since bigint not null,
  until bigint not null
);

-- Whoever has an account may review.
insert into level_permissions (level, permission) select name, 'reviews.write' from levels where name <> 'guest';
