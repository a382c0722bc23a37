-- The language a story is written in (a tag of BCP 47), chosen by its author or found in its words; empty for what was
-- published before anybody asked, until the search index comes past.
alter table stories add column language text not null default '';

-- In which way a story was put into the index. What was put there in an older way is put there anew, one story after the
-- other, while the index goes on answering.
alter table search_stories add column form bigint not null default 1;

-- Languages of the stories in the index: a question is understood in each of them.
create table search_languages (
  language text collate "C" not null primary key
);

-- Words read from their ends. A mistyped word has its beginning or its end right: that finds what it may have meant among
-- any number of words, where parts of three letters had to be counted by the hundred thousand. The words come in again with
-- the stories.
drop table search_trigrams;
delete from search_words;
create table search_endings (
  backwards text collate "C" not null primary key
);
