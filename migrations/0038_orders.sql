-- In which order members read what they follow: 'latest' or 'ranked'.
alter table connection_choices add column home_order text not null default 'latest';
