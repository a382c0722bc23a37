-- The index of published stories. Words come in folded and parted, so the tokenizer has only to cut at spaces; the
-- texts themselves stay where they are.

create virtual table search using fts5 (
  headline, standfirst, people, topics, place, body, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Headlines alone, small enough to be asked at every key, by the beginning of a word, too.
create virtual table search_headlines using fts5 (
  headline, marks,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);

-- Which stories are in the index, and as of when.
create table search_stories (
  story_id bigint primary key,
  section_id bigint not null,
  updated_at bigint not null,
  indexed_at bigint not null
);

-- Words of headlines, names, topics and places, by their parts of three letters: what a mistyped word may have meant.
create table search_words (
  word text not null primary key
) without rowid;
create table search_trigrams (
  trigram text not null,
  word text not null,
  primary key (trigram, word)
) without rowid;

-- Words of the names of authors and topics.
create table search_names (
  word text not null,
  kind text not null,
  owner_id bigint not null,
  primary key (word, kind, owner_id)
) without rowid;
