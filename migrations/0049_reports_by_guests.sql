-- What guests report: who they say they are, where they are told of the decision, and from where they come, for a day.

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
