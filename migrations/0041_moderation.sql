-- Reports, the cases they gather in, what was decided about them, and appeals.

-- What members promise, in short names: a report names one of them, and so does what is decided.
create table house_rules (
  id bigint primary key,
  position bigint not null,
  name text not null,
  -- What whoever broke it is told, unless the moderator writes something else.
  reason text not null,
  -- A retired one stays where it stands and is chosen no more.
  retired bigint not null default 0
);
insert into house_rules (id, position, name, reason) values
  (1, 1, 'Be who you are', 'This pretends to come from somebody else, or to speak for the site.'),
  (2, 2, 'Be kind', 'This attacks people instead of arguing with what they say.'),
  (3, 3, 'No threats and no harassment', 'This threatens or harasses somebody.'),
  (4, 4, 'No contempt for groups of people', 'This holds a whole group of people in contempt for what they are.'),
  (5, 5, 'Say what is true', 'This says something that is not true, in a way that misleads people.'),
  (6, 6, 'Leave private things private', 'This shows something private of somebody who did not agree to it.'),
  (7, 7, 'Share what is yours', 'This was made by somebody else, and nothing says that it may be passed on.'),
  (8, 8, 'Keep it lawful', 'This seems to be against the law.'),
  (9, 9, 'Fit for a town square', 'This is not fit for a place that children cross as well.'),
  (10, 10, 'No flooding and no spam', 'This is advertising, or the same thing again and again.');

-- Numbers that are kept with every change, and what the log tells. One row.
create table moderation (
  one bigint primary key,
  cases bigint not null,
  appeals bigint not null,
  -- Whether the public log names people.
  names bigint not null
);
insert into moderation (one, cases, appeals, names) values (1, 0, 0, 0);

-- What was reported: one for all open reports of the same thing.
create table cases (
  id bigint primary key,
  -- 'story', 'note', 'comment', 'review', 'album', 'context', 'profile'
  kind text not null,
  -- A post; of context its own id, and for a profile an account.
  subject_id bigint not null,
  -- Whose it is; null when they have left.
  account_id bigint references accounts (id) on delete set null,
  -- 'open', 'decided'
  state text not null,
  reports bigint not null default 0,
  -- Counts up with every decision: who saw an older one is told.
  version bigint not null default 1,
  opened_at bigint not null,
  reported_at bigint not null,
  decided_at bigint
);
create unique index cases_open on cases (kind, subject_id) where state = 'open';
create index cases_newest on cases (state, reported_at, id);
create index cases_most on cases (state, reports, id);
create index cases_decided on cases (state, decided_at, id);
create index cases_subject on cases (kind, subject_id);
create index cases_account on cases (account_id, id) where account_id is not null;

create table reports (
  id bigint primary key,
  case_id bigint not null references cases (id) on delete cascade,
  -- Null when they have left.
  account_id bigint references accounts (id) on delete set null,
  rule_id bigint references house_rules (id) on delete set null,
  words text not null,
  created_at bigint not null,
  updated_at bigint not null,
  -- 'upheld', 'dismissed'; null while the case is open
  outcome text
);
create unique index reports_one on reports (case_id, account_id);
create index reports_account on reports (account_id, id) where account_id is not null;

-- What moderators write to one another.
create table case_notes (
  id bigint primary key,
  case_id bigint not null references cases (id) on delete cascade,
  account_id bigint references accounts (id) on delete set null,
  words text not null,
  created_at bigint not null
);
create index case_notes_case on case_notes (case_id, id);

-- What was decided about a case, with its reasons: what the person it is about reads; and their appeal.
create table statements (
  id bigint primary key,
  case_id bigint references cases (id) on delete set null,
  -- Whom it is about; null when they have left.
  account_id bigint references accounts (id) on delete set null,
  -- Who decided; null when they have left.
  by_id bigint references accounts (id) on delete set null,
  -- 'keep', 'label', 'hide', 'remove', 'warn', 'limit', 'suspend', 'ban'
  act text not null,
  kind text not null,
  subject_id bigint not null,
  -- The name of the rule as it was.
  rule text not null,
  reason text not null,
  -- What was reported, as it read then.
  facts text not null,
  label text not null default '',
  until_at bigint,
  -- What it replaced, as JSON: how it is undone.
  replaced text not null default '{}',
  created_at bigint not null,
  undone_at bigint,
  appealed_at bigint,
  appeal text not null default '',
  -- 'upheld', 'reversed'
  outcome text,
  outcome_at bigint,
  outcome_by bigint references accounts (id) on delete set null,
  outcome_words text not null default ''
);
create index statements_case on statements (case_id, id);
create index statements_account on statements (account_id, id) where account_id is not null;
create index statements_appeals on statements (appealed_at, id) where appealed_at is not null and outcome is null;
create index statements_subject on statements (subject_id, id);

-- A sentence that moderators put over a post.
alter table posts add column label text not null default '';
-- Whether what was taken down is hidden rather than removed.
alter table posts add column hidden bigint not null default 0;
-- Until then it can be brought back, and is not deleted for good.
alter table posts add column kept_until bigint;
-- Until then they may only read.
alter table accounts add column limited_until bigint;

-- Moderators, and whoever manages people, decide about reports.
insert into level_permissions (level, permission) select name, 'posts.moderate' from levels where name = 'moderator';
insert into level_permissions (level, permission)
select level, 'posts.moderate' from level_permissions where permission = 'people.manage'
on conflict (level, permission) do nothing;
