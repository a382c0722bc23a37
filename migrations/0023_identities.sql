-- Accounts elsewhere by which members sign in (OpenID Connect). Whose they are is decided by issuer and subject alone.
create table identities (
  id bigint primary key,
  account_id bigint not null references accounts (id) on delete cascade,
  issuer text not null,
  subject text not null,
  label text not null,
  created_at bigint not null,
  used_at bigint,
  unique (issuer, subject)
);
create index identities_account on identities (account_id);
