-- Comments that were brought along from the site this one grew out of.

-- 1 where an import brought it: nobody was told of it, and it says nothing about how much its author does here.
alter table comments add column brought bigint not null default 0;
-- The name of whoever wrote it there and has no account here; empty where its author's account says it.
alter table comments add column guest_name text not null default '';
