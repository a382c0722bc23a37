-- What programs that walk the web are told; empty for the usual words.

alter table site add column robots text not null default '';
