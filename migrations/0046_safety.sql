-- Safety for persons: covered pictures, who may name and ask whom, accounts that are locked, members who are minors.

-- Whether whoever made a post marked what it shows as sensitive, and since when the staff cover it.
alter table notes add column sensitive bigint not null default 0;
alter table albums add column sensitive bigint not null default 0;
alter table posts add column covered_at bigint;

-- What members chose for their safety; whoever has no row has chosen nothing.
create table safety_choices (
  account_id bigint not null primary key references accounts (id) on delete cascade,
  -- Whether sensitive pictures are shown to them at once.
  shows_sensitive bigint not null default 0,
  -- Whose mentions they hear of: 'everybody', 'followed', 'nobody'.
  mentions text not null default 'everybody',
  -- Who may ask to be their friend: 'everybody', 'friends' (of friends), 'nobody'.
  requests text not null default 'everybody'
);

-- Since when an account is locked by its member: friends alone see it, and only a mailed link opens it.
alter table accounts add column locked_at bigint;

-- The year of birth of those alone who said that they are younger than the site asks about, and until when they are.
alter table accounts add column birth_year bigint;
alter table accounts add column minor_until bigint;
create index accounts_minor on accounts (minor_until) where minor_until is not null;

-- Where those at risk find help, as Markdown; empty for the usual page. Members younger than this are minors; 0 asks nobody.
alter table site add column help text not null default '';
alter table site add column minors_under bigint not null default 0;
