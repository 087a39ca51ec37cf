//! The connections that only read.
//!
//! They are in a pool that hands a connection over and takes it back, and does no more: sqlx' pool
//! asks each one that comes back whether it still lives, in a task of its own and over its thread,
//! which a page would pay for each time it reads. There is no server that might have dropped it.

use std::ops::{Deref, DerefMut};

use deadpool::{
    Runtime,
    unmanaged::{Object, Pool, PoolConfig},
};
use sqlx::{ConnectOptions as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::LONGEST_WAIT;

/// How many can read at once.
pub(super) const READERS: usize = 4;

/// What each keeps of the file in memory, KiB (the minus says so): half of what SQLite would. The
/// system keeps the file as well, once for all of them.
const CACHE: &str = "-1024";

/// A connection that can only read; whoever drops it gives it back.
pub type Reader = Object<SqliteConnection>;

/// A reading transaction: what is asked of it sees one state of the database. It ends when it is
/// dropped.
#[derive(Debug)]
pub struct Snapshot(Option<Reader>);

impl Snapshot {
    /// Begins one on a connection.
    pub(super) async fn begin(reader: Reader) -> sqlx::Result<Self> {
        let mut snapshot = Self(Some(reader));
        sqlx::query("BEGIN").execute(&mut *snapshot).await?;
        Ok(snapshot)
    }
}

/// Opens them all; the options are those of the writer.
pub(super) async fn open(options: SqliteConnectOptions) -> sqlx::Result<Pool<SqliteConnection>> {
    // Only who may write can note down what the optimiser has learned.
    let options = options
        .read_only(true)
        .pragma("query_only", "on")
        .pragma("cache_size", CACHE)
        .optimize_on_close(false, None);
    let readers = Pool::from_config(&PoolConfig {
        max_size: READERS,
        timeout: Some(LONGEST_WAIT),
        runtime: Some(Runtime::Tokio1),
    });
    for _ in 0..READERS {
        let added = readers.try_add(options.connect().await?);
        added.map_err(|_| sqlx::Error::PoolClosed)?;
    }
    Ok(readers)
}

/// Why a [`Snapshot`] has its connection.
const HELD: &str = "a snapshot gives its connection back when it is dropped, and not before";

impl Deref for Snapshot {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.0.as_ref().expect(HELD)
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().expect(HELD)
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let reader = self.0.take().expect(HELD);
        tokio::spawn(end_reading(reader));
    }
}

/// Ends a reading transaction, then gives the connection back. SQLite refuses only where none was
/// begun, and then there is nothing to end.
async fn end_reading(mut reader: Reader) {
    if let Err(error) = sqlx::query("ROLLBACK").execute(&mut *reader).await {
        tracing::warn!(%error, "a snapshot had not begun");
    }
}
