//! The table.

use db::Migration;

const TABLE: &str = "create table jobs (
    id bigint not null primary key,
    kind text not null,
    unique_key text null unique,
    payload text not null,
    run_at bigint not null,
    attempts bigint not null,
    claim bigint null,
    claimed_until bigint null,
    dead_at bigint null,
    last_error text null,
    created_at bigint not null
);
create index jobs_due on jobs (run_at, id) where dead_at is null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;
";

/// The table of jobs. Put it into the program's list of migrations, under a name of its order:
/// `Migration { name: "0002_jobs", ..jobs::MIGRATION }`.
pub const MIGRATION: Migration = Migration { name: "jobs", sqlite: TABLE, postgres: TABLE };
