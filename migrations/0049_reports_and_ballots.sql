-- What guests report: who they say they are, where they are told of the decision, and from where they come, for a day. And votes whose
-- ballots are not kept, so that those that are can be counted again.

-- Whether a guest wrote it: nobody's, and not of somebody who has left.
alter table reports add column guest bigint not null default 0;
-- As they wrote it; empty where they did not.
alter table reports add column guest_name text not null default '';
-- Where the decision is told; empty where they left none, and when it is forgotten.
alter table reports add column guest_email text not null default '';
-- Whether it counts: of several from one place within a day about one thing the first does.
alter table reports add column counted bigint not null default 1;
-- A digest of the address it came from, and of what it is about, under a key of the site. Kept for a day.
alter table reports add column sender bigint;

create index reports_sender on reports (case_id, sender) where sender is not null;
create index reports_sent on reports (created_at) where sender is not null;
create index reports_guest_email on reports (case_id) where guest_email <> '';

-- Votes that are counted and whose ballots are not here: of voters who have left, or counted elsewhere.
alter table polls add column past bigint not null default 0;
alter table poll_choices add column past bigint not null default 0;
update polls set past = ballots - (select count(*) from poll_ballots b where b.poll_id = polls.id)
where ballots > (select count(*) from poll_ballots b where b.poll_id = polls.id);
update poll_choices set past = votes - (select count(*) from poll_marks m where m.poll_id = poll_choices.poll_id and m.position = poll_choices.position)
where votes > (select count(*) from poll_marks m where m.poll_id = poll_choices.poll_id and m.position = poll_choices.position);
