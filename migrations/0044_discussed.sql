-- What was talked about of late is found by when it was said.
create index comments_posted on comments (posted_at);
