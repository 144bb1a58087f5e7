//! A user and the host's own row: both or neither.
//!
//! The host opens a transaction on its own connection to the same database, writes its rows, lets the library write the
//! user inside of it, and commits. When it rolls back instead, nothing of either remains.
//!
//! ```text
//! cargo run --example host_transaction
//! ```

use std::sync::Arc;

use iam_core::{
    command::CreateUser,
    model::{Kind, UserId},
    search::Predicate,
    service::Iam,
    wire::Problem,
};
use iam_examples::Failure;
use iam_storage::{
    host,
    sqlite::{SqliteOptions, SqliteStorage},
};
use sqlx::{Connection, SqliteConnection};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("shop.db");
    let storage = SqliteStorage::open(&file, SqliteOptions::default()).map_err(Problem::from)?;
    let storage = Arc::new(storage);
    let iam = Iam::new(storage.clone(), host::system([7; 32]))?;
    let shop = iam.realm("shop").await?.host("checkout");

    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    sqlx::query("CREATE TABLE orders (customer TEXT NOT NULL, total INTEGER NOT NULL)")
        .execute(&mut connection)
        .await?;

    for (name, total, keep) in [("ada", 120, true), ("bob", 80, false)] {
        let mut transaction = connection.begin().await?;
        let customer: UserId = {
            let joined = shop.joining(storage.joining(&mut transaction));
            joined.execute(CreateUser::new(name)).await?.id()?
        };
        sqlx::query("INSERT INTO orders VALUES (?, ?)")
            .bind(customer.to_string())
            .bind(total)
            .execute(&mut *transaction)
            .await?;
        if keep {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        let user = shop.find_by(Kind::User, "user_name", name).await?;
        let orders: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM orders WHERE customer = ?")
            .bind(customer.to_string())
            .fetch_one(&mut connection)
            .await?;
        let outcome = if keep { "committed" } else { "rolled back" };
        println!(
            "{name}: {outcome}: user {}, {orders} order(s)",
            if user.is_some() { "there" } else { "not there" }
        );
        assert_eq!((user.is_some(), orders == 1), (keep, keep));
    }
    println!("users in all: {}", shop.count(Kind::User, Predicate::All).await?);
    Ok(())
}
