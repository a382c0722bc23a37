-- People join by themselves: how far somebody has come, what their handle looks like, who came by which invitation, what
-- was proved on the way in.

alter table site add column joining text not null default 'closed';
-- The house rules as Markdown; empty for those that the program brings along.
alter table site add column rules text not null default '';

create table invitations (
  id bigint primary key,
  digest bytea not null unique,
  note text not null,
  account_id bigint references accounts (id) on delete set null,
  places bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  withdrawn_at bigint
);

-- 'unconfirmed' until the e-mail address is proved, 'waiting' until somebody lets them in, then 'member'.
alter table accounts add column standing text not null default 'member';
-- An address that was typed and not yet proved. Not unique: it is nobody's.
alter table accounts add column claimed_email text;
alter table accounts add column claimed_key text;
alter table accounts add column reason text not null default '';
alter table accounts add column invitation_id bigint references invitations (id) on delete set null;
-- What the handle looks like (UTS #39). Of handles that already looked the same, the oldest keeps the likeness.
alter table accounts add column handle_likeness text;
update accounts set handle_likeness = replace(lower(replace(replace(replace(handle, 'I', 'l'), '1', 'l'), '0', 'O')), 'm', 'rn')
where not exists (
  select 1 from accounts other
  where other.id < accounts.id
    and replace(lower(replace(replace(replace(other.handle, 'I', 'l'), '1', 'l'), '0', 'O')), 'm', 'rn')
      = replace(lower(replace(replace(replace(accounts.handle, 'I', 'l'), '1', 'l'), '0', 'O')), 'm', 'rn')
);
create unique index accounts_handle_likeness on accounts (handle_likeness);
create index accounts_claimed on accounts (claimed_key) where claimed_key is not null;
create index accounts_standing on accounts (standing, id) where standing <> 'member';
create index accounts_invitation on accounts (invitation_id) where invitation_id is not null;

-- Keys that the program makes for itself.
create table secrets (
  name text not null primary key,
  value bytea not null
);

-- Proofs of work count once.
create table spent_proofs (
  digest bytea not null primary key,
  expires_at bigint not null
);

-- Whoever decides about stories or people so far may also welcome people.
insert into level_permissions (level, permission)
select distinct level, 'people.welcome' from level_permissions where permission in ('people.manage', 'stories.edit');
