//! All SQL of administration: what its pages show.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{
    access::{AccountId, GrantedRole},
    courses::ProgramId,
    messages::{DeliveryState, MessageId, Trouble},
    people::PersonId,
};

/// The size of the database in bytes.
pub(super) async fn database_bytes(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT page_count * page_size AS "bytes!: i64"
           FROM pragma_page_count(), pragma_page_size()"#
    )
    .fetch_one(connection)
    .await
}

/// How many accounts wait for their first password.
pub(super) async fn accounts_without_password(
    connection: &mut SqliteConnection,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM accounts
           WHERE password_hash IS NULL AND disabled_at IS NULL"#
    )
    .fetch_one(connection)
    .await
}

/// One line of the list of accounts.
#[derive(Debug)]
pub(super) struct AccountLine {
    pub id: AccountId,
    pub email: String,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub has_password: bool,
    pub disabled: bool,
}

/// What is looked for in the list of accounts; empty texts look for everything.
#[derive(Clone, Debug, Default)]
pub(super) struct AccountSearch {
    /// The account after which the list goes on.
    pub after: Option<AccountId>,
    /// A role, `invited` or `disabled`.
    pub show: String,
    /// An FTS5 expression.
    pub words: String,
    /// How the e-mail begins, lower case.
    pub email: String,
}

/// Accounts in the order of their e-mails.
pub(super) async fn accounts(
    connection: &mut SqliteConnection,
    search: &AccountSearch,
    limit: i64,
) -> sqlx::Result<Vec<AccountLine>> {
    let beyond = format!("{}\u{10ffff}", search.email);
    query_as!(
        AccountLine,
        r#"SELECT accounts.id AS "id!: AccountId", accounts.email, people.given_names, people.paternal_surname,
                  people.maternal_surname, accounts.password_hash IS NOT NULL AS "has_password!: bool",
                  accounts.disabled_at IS NOT NULL AS "disabled!: bool"
           FROM accounts JOIN people ON people.id = accounts.person_id
           WHERE accounts.email > coalesce((SELECT email FROM accounts WHERE id = ?1), '')
             AND (?2 = '' OR accounts.id IN (
                 SELECT account_id FROM role_grants WHERE role = ?2
                 UNION SELECT id FROM accounts
                       WHERE ?2 = 'invited' AND password_hash IS NULL AND disabled_at IS NULL
                 UNION SELECT id FROM accounts WHERE ?2 = 'disabled' AND disabled_at IS NOT NULL))
             AND (?3 = '' OR accounts.id IN (
                 SELECT accounts.id FROM people_search
                 JOIN accounts ON accounts.person_id = people_search.rowid
                 WHERE people_search MATCH ?3
                 UNION SELECT id FROM accounts WHERE email >= ?4 AND email < ?5))
           ORDER BY accounts.email LIMIT ?6"#,
        search.after,
        search.show,
        search.words,
        search.email,
        beyond,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// A role of an account, and the program in which it holds.
#[derive(Debug)]
pub(super) struct GrantLine {
    pub account: AccountId,
    pub role: GrantedRole,
    pub program: ProgramId,
    pub program_name: Option<String>,
    pub granted_at: DateTime<Utc>,
}

/// The roles of several accounts, whose ids come as a JSON array.
pub(super) async fn grants(
    connection: &mut SqliteConnection,
    accounts: &str,
) -> sqlx::Result<Vec<GrantLine>> {
    query_as!(
        GrantLine,
        r#"SELECT role_grants.account_id AS account, role_grants.role,
                  role_grants.program_id AS program, programs.name AS "program_name?",
                  role_grants.granted_at
           FROM role_grants LEFT JOIN programs ON programs.id = role_grants.program_id
           WHERE role_grants.account_id IN (SELECT value FROM json_each(?))
           ORDER BY role_grants.account_id, role_grants.role, programs.name"#,
        accounts,
    )
    .fetch_all(connection)
    .await
}

/// Every program with its name.
pub(super) async fn programs(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(ProgramId, String)>> {
    let rows = sqlx::query!("SELECT id, name FROM programs ORDER BY name")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A message, as administrators read it.
#[derive(Debug)]
pub(super) struct MessageLine {
    pub id: MessageId,
    pub person: Option<PersonId>,
    pub address: String,
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub secret: Option<Vec<u8>>,
    pub state: DeliveryState,
    pub tries: i64,
    pub due_at: DateTime<Utc>,
    pub trouble: Option<Trouble>,
    pub reply: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// Messages; the rest of the statement begins with `WHERE`.
macro_rules! messages {
    ($rest:tt $(, $value:expr)* $(,)?) => {
        query_as!(
            MessageLine,
            "SELECT id, person_id AS person, address, kind, subject, body, secret, state, tries,
                    due_at, trouble, reply, created_at, expires_at, sent_at
             FROM outbox " + $rest
            $(, $value)*
        )
    };
}

/// Messages, the latest first, before an id; all, or those that stand somewhere.
pub(super) async fn messages(
    connection: &mut SqliteConnection,
    state: Option<DeliveryState>,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageLine>> {
    match state {
        None => {
            messages!("WHERE id < ? ORDER BY id DESC LIMIT ?", before, limit)
                .fetch_all(connection)
                .await
        }
        Some(state) => {
            messages!(
                "WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
                state,
                before,
                limit
            )
            .fetch_all(connection)
            .await
        }
    }
}
