-- Readers' context: short notes with sources that members add under what others posted, and how others rate them. Which of them are
-- shown follows from the ratings alone (talk::context::model).

create table contexts (
  id bigint primary key,
  -- The story or note of the square it is about.
  subject_id bigint not null references posts (id) on delete cascade,
  author_id bigint not null references accounts (id),
  body text not null,
  -- Addresses on the web, one a line.
  sources text not null,
  written_at bigint not null,
  -- 'needs', 'shown', 'unhelpful'
  status text not null default 'needs',
  -- What the model says, in ten-thousandths.
  intercept bigint not null default 0,
  factor bigint not null default 0,
  -- Ratings that counted when it was judged last.
  ratings bigint not null default 0,
  -- When people were told that it is shown: they are told once.
  told_at bigint,
  -- When somebody of the staff took it down, who, and why.
  removed_at bigint,
  removed_by bigint,
  removed_why text not null default ''
);
create index contexts_subject on contexts (subject_id, id);
create index contexts_author on contexts (author_id, written_at);
create index contexts_removed on contexts (removed_at) where removed_at is not null;

create table context_ratings (
  context_id bigint not null references contexts (id) on delete cascade,
  -- Without a cascade: whoever goes takes their ratings back first, and the statuses follow.
  account_id bigint not null references accounts (id),
  -- 'helpful', 'somewhat', 'not'
  value text not null,
  -- Names of reasons, parted by commas.
  reasons text not null,
  rated_at bigint not null,
  primary key (context_id, account_id)
);
create index context_ratings_account on context_ratings (account_id, context_id);

-- How the last judgement went, for everybody to see.
create table context_judgements (
  id bigint primary key check (id = 1),
  at bigint not null,
  -- 'plain', 'bridging'
  way text not null,
  ratings bigint not null,
  raters bigint not null,
  contexts bigint not null,
  -- In ten-thousandths; 0 under the plain rule.
  mu bigint not null
);

-- How many are shown under a post: pages of posts without any ask nothing more.
alter table post_counts add column contexts bigint not null default 0;
