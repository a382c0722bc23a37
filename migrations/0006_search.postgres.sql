-- The index of published stories. Words come in folded and parted, as finished vectors; the texts themselves stay where
-- they are.

create table search (
  id bigint primary key,
  words tsvector not null,
  -- Headlines alone, asked at every key.
  headline tsvector not null
);
create index search_in_words on search using gin (words) with (fastupdate = off);
create index search_in_headline on search using gin (headline) with (fastupdate = off);

-- Which stories are in the index, and as of when.
create table search_stories (
  story_id bigint primary key,
  section_id bigint not null,
  updated_at bigint not null,
  indexed_at bigint not null
);

-- Words of headlines, names, topics and places, by their parts of three letters: what a mistyped word may have meant.
create table search_words (
  word text collate "C" not null primary key
);
create table search_trigrams (
  trigram text collate "C" not null,
  word text collate "C" not null,
  primary key (trigram, word)
);

-- Words of the names of authors and topics.
create table search_names (
  word text collate "C" not null,
  kind text collate "C" not null,
  owner_id bigint not null,
  primary key (word, kind, owner_id)
);
