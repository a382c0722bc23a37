-- Every story asks for its corrections, and nearly none has one: the answer is in a small index, not in the revisions.

create index revisions_corrections_of on revisions (post_id, number) where correction is not null;
