//! The one layer of SQL: what is written and read is decided here, for every database alike. A driver only carries
//! statements to its database and answers back.

mod audit;
mod changed;
mod codec;
mod columns;
mod commit;
mod counts;
mod dialect;
mod filter;
mod guard;
mod history;
mod inflight;
mod inspect;
mod layout;
mod load;
mod migrate;
mod outbox;
mod prepare;
mod realm;
mod seal;
mod search;
mod session;
mod sets;
mod statement;
mod table;
mod tree;
mod within;

pub(crate) use audit::{audit, standing};
#[cfg(feature = "sqlite")]
pub(crate) use codec::record_of;
pub(crate) use commit::apply;
pub(crate) use dialect::Dialect;
pub(crate) use history::history;
#[cfg(feature = "mysql")]
pub(crate) use inflight::announcement;
#[cfg(feature = "postgres")]
pub(crate) use inflight::{DEPART, numbered_announcement};
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use inflight::{depart, sweep};
pub(crate) use inspect::inspect;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use load::exchanges as load_exchanges;
#[cfg(feature = "sqlite")]
pub(crate) use load::statements as load_statements;
pub(crate) use load::{find, find_holder, load};
pub(crate) use migrate::{check, migrate};
pub(crate) use outbox::{lease, settle};
pub(crate) use prepare::{Prepared, prepare};
pub(crate) use realm::{Realms, realms};
pub(crate) use seal::{append_seal, seals};
pub(crate) use search::{count, count_at_hand, is_one_statement, keep_counts, kept_count, search};
#[cfg(feature = "postgres")]
pub(crate) use session::{Change, Judge, Locked, one_by_one};
pub(crate) use session::{Insert, Question, Row, Session, Shape, SqlError, SqlValue};
pub(crate) use statement::Statement;
