//! Every query about subscriptions.

use aws_lc_rs::digest::{SHA256, digest};
use db::{Row, Tx, params};

use super::Subscription;
use crate::{AccountId, sign_in::SessionId};

/// Devices of one member. The one that came first makes room.
pub const MOST_DEVICES: i64 = 20;

db::id! {
    /// Names a subscription.
    pub struct DeviceId;
}

/// A browser that takes messages.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// How it is reached.
    pub subscription: Subscription,
    /// What the browser called itself.
    pub agent: String,
    /// When it subscribed.
    pub created_at: i64,
}

const COLUMNS: &str = "id, endpoint, public_key, auth, agent, created_at";

fn device(row: &Row) -> Result<Device, db::Error> {
    let subscription = Subscription { endpoint: row.get(1)?, public_key: row.get(2)?, auth: row.get(3)? };
    Ok(Device { id: row.get(0)?, subscription, agent: row.get(4)?, created_at: row.get(5)? })
}

/// A browser takes messages for a member from now on, as long as this session lasts. One that did so for another does no longer.
pub fn subscribe(
    tx: &mut Tx,
    (account, session): (AccountId, SessionId),
    subscription: &Subscription,
    agent: &str,
    now: i64,
) -> Result<(), db::Error> {
    let named = digest(&SHA256, subscription.endpoint.as_bytes());
    tx.run("delete from push_subscriptions where digest = $1", params![named.as_ref()])?;
    tx.run(
        "insert into push_subscriptions (id, account_id, session_id, endpoint, digest, public_key, auth, agent, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            DeviceId::fresh(),
            account,
            session,
            &subscription.endpoint,
            named.as_ref(),
            &subscription.public_key,
            &subscription.auth,
            agent,
            now
        ],
    )?;
    tx.run(
        "delete from push_subscriptions where account_id = $1 and id not in
           (select id from push_subscriptions where account_id = $1 order by created_at desc, id desc limit $2)",
        params![account, MOST_DEVICES],
    )?;
    Ok(())
}

/// A member's devices, the latest first.
pub fn devices(tx: &mut Tx, account: AccountId) -> Result<Vec<Device>, db::Error> {
    let sql = format!("select {COLUMNS} from push_subscriptions where account_id = $1 order by created_at desc, id desc");
    tx.all(&sql, params![account], device)
}

/// A device of this account, if it still takes messages.
pub fn find(tx: &mut Tx, account: AccountId, id: DeviceId) -> Result<Option<Device>, db::Error> {
    let sql = format!("select {COLUMNS} from push_subscriptions where id = $2 and account_id = $1");
    tx.first(&sql, params![account, id], device)
}

/// A member takes one of their devices off.
pub fn remove(tx: &mut Tx, account: AccountId, id: DeviceId) -> Result<(), db::Error> {
    tx.run("delete from push_subscriptions where id = $2 and account_id = $1", params![account, id])?;
    Ok(())
}

/// A browser's service says that nobody is there any more.
pub fn forget(tx: &mut Tx, id: DeviceId) -> Result<(), db::Error> {
    tx.run("delete from push_subscriptions where id = $1", params![id])?;
    Ok(())
}

/// Every device of a member is taken off.
pub fn forget_all(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    tx.run("delete from push_subscriptions where account_id = $1", params![account])?;
    Ok(())
}
