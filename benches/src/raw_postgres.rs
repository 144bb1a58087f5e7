//! The plain program on PostgreSQL: COPY for the import, prepared statements for all else.

use std::ops::Range;

use async_trait::async_trait;
use iam_core::{model::fold, search::prefix_end};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, Postgres, Row, Transaction,
    postgres::{PgPoolOptions, PgRow},
};
use uuid::Uuid;

use crate::{
    program::{BATCH, Failure, PAGE, Page, Place, Program},
    raw::{body, delta, edge_delta, unit_body, user_name},
    world::{Person, World},
};

/// Texts are kept as bytes, so that they sort as they do everywhere else.
const SCHEMA: &[&str] = &[
    "CREATE TABLE unit (id UUID PRIMARY KEY, parent UUID, name TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX unit_by_parent ON unit (parent, id)",
    "CREATE TABLE closure (ancestor UUID NOT NULL, descendant UUID NOT NULL, depth BIGINT NOT NULL,
       PRIMARY KEY (ancestor, descendant))",
    "CREATE INDEX closure_up ON closure (descendant, ancestor)",
    r#"CREATE TABLE person (id UUID PRIMARY KEY, version BIGINT NOT NULL, revision BIGINT NOT NULL,
       deleted BOOLEAN NOT NULL, body TEXT NOT NULL, user_name TEXT COLLATE "C" NOT NULL, email TEXT COLLATE "C",
       first_name TEXT COLLATE "C", last_name TEXT COLLATE "C", display_name TEXT COLLATE "C",
       user_number TEXT COLLATE "C", job TEXT COLLATE "C", department TEXT COLLATE "C", city TEXT COLLATE "C",
       country TEXT COLLATE "C", status TEXT COLLATE "C" NOT NULL)"#,
    "CREATE UNIQUE INDEX person_by_name ON person (user_name)",
    "CREATE UNIQUE INDEX person_by_email ON person (email)",
    "CREATE UNIQUE INDEX person_by_number ON person (user_number)",
    "CREATE INDEX person_by_last_name ON person (last_name, id)",
    "CREATE INDEX person_by_display_name ON person (display_name, id)",
    "CREATE INDEX person_by_job ON person (job, id)",
    "CREATE INDEX person_by_department ON person (department, id)",
    "CREATE INDEX person_by_revision ON person (revision)",
    "CREATE TABLE edge (from_id UUID NOT NULL, relation BIGINT NOT NULL, to_id UUID NOT NULL, revision BIGINT NOT NULL,
       PRIMARY KEY (from_id, relation, to_id))",
    "CREATE INDEX edge_back ON edge (to_id, relation, from_id)",
    "CREATE TABLE audit (revision BIGSERIAL PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL,
       subject UUID, outcome TEXT NOT NULL)",
    "CREATE TABLE journal (place BIGINT PRIMARY KEY, revision BIGINT NOT NULL, subject UUID NOT NULL,
       relation BIGINT NOT NULL, other UUID, version BIGINT NOT NULL, delta TEXT NOT NULL)",
    "CREATE INDEX journal_by_subject ON journal (subject, place)",
    "CREATE INDEX journal_by_other ON journal (other, place) WHERE other IS NOT NULL",
];

const DATABASES: [&str; 2] = ["iam_bench_ours", "iam_bench_raw"];

/// The plain program.
pub struct RawPostgres {
    pool: PgPool,
}

impl RawPostgres {
    /// Two new databases on a server: for the library and for the plain program.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn databases(url: &str) -> Result<(String, String), Failure> {
        Self::clear(url).await?;
        let mut connection = PgConnection::connect(url).await?;
        for name in DATABASES {
            sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
                .execute(&mut connection)
                .await?;
        }
        let (start, rest) = url.rsplit_once('/').ok_or("the URL names no database")?;
        let tail = rest
            .split_once('?')
            .map(|(_, tail)| format!("?{tail}"))
            .unwrap_or_default();
        let [ours, raw] = DATABASES.map(|name| format!("{start}/{name}{tail}"));
        Ok((ours, raw))
    }

    /// Drops both.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn clear(url: &str) -> Result<(), Failure> {
        let mut connection = PgConnection::connect(url).await?;
        for name in DATABASES {
            let text = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            sqlx::query(AssertSqlSafe(text)).execute(&mut connection).await?;
        }
        Ok(())
    }

    /// A new database.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn connect(url: &str) -> Result<RawPostgres, Failure> {
        let options = PgPoolOptions::new()
            .max_connections(10)
            .test_before_acquire(false);
        let pool = options.connect(url).await?;
        for text in SCHEMA {
            sqlx::query(*text).execute(&pool).await?;
        }
        Ok(RawPostgres { pool })
    }
}

async fn audit(
    transaction: &mut Transaction<'_, Postgres>,
    command: &str,
    subject: Option<Uuid>,
) -> Result<i64, Failure> {
    let text = "INSERT INTO audit (at, actor, command, subject, outcome) VALUES ($1, 'host:benches', $2, $3, 'accepted')
         RETURNING revision";
    let query = sqlx::query_scalar(text)
        .bind(1_700_000_000_000_000_i64)
        .bind(command)
        .bind(subject);
    Ok(query.fetch_one(&mut **transaction).await?)
}

/// The rows of a person as lines of COPY: the person, edges, journal.
fn lines(world: &World, person: &Person, revision: i64, place: &mut i64, out: &mut [String; 3]) {
    let [people, edges, journal] = out;
    let texts = [
        body(person),
        fold(&person.user_name).into_owned(),
        fold(&person.email).into_owned(),
        fold(&person.first_name).into_owned(),
        fold(&person.last_name).into_owned(),
        fold(&person.display_name).into_owned(),
        fold(&person.number).into_owned(),
        fold(&person.job).into_owned(),
        fold(&person.department).into_owned(),
        fold(&person.city).into_owned(),
        fold(&person.country).into_owned(),
    ]
    .map(|text| text.replace('\\', "\\\\"))
    .join("\t");
    people.push_str(&format!("{}\t1\t{revision}\tf\t{texts}\tenabled\n", person.id));
    *place += 1;
    let delta = delta(person).replace('\\', "\\\\");
    journal.push_str(&format!(
        "{place}\t{revision}\t{}\t0\t\\N\t1\t{delta}\n",
        person.id
    ));
    for (relation, to) in targets(world, person) {
        *place += 1;
        edges.push_str(&format!("{}\t{relation}\t{to}\t{revision}\n", person.id));
        let delta = edge_delta().replace('\\', "\\\\");
        journal.push_str(&format!(
            "{place}\t{revision}\t{}\t{relation}\t{to}\t1\t{delta}\n",
            person.id
        ));
    }
}

fn targets(world: &World, person: &Person) -> impl Iterator<Item = (i64, Uuid)> {
    let unit = world.units.get(person.unit).map(|unit| (1, unit.id));
    unit.into_iter()
        .chain(person.manager.map(|n| (3, world.user_id(n))))
}

fn ids(rows: &[PgRow]) -> Result<Page, Failure> {
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let _body: &str = row.try_get(2)?;
        ids.push(row.try_get(0)?);
    }
    Ok(Page { total: None, ids })
}

#[async_trait]
impl Program for RawPostgres {
    async fn found(&self, world: &World) -> Result<(), Failure> {
        let mut transaction = self.pool.begin().await?;
        for (n, unit) in world.units.iter().enumerate() {
            let revision = audit(&mut transaction, "unit.create", Some(unit.id)).await?;
            let parent = unit
                .parent
                .and_then(|place| world.units.get(place))
                .map(|unit| unit.id);
            let query = sqlx::query("INSERT INTO unit VALUES ($1, $2, $3, 1, $4)");
            let query = query
                .bind(unit.id)
                .bind(parent)
                .bind(fold(&unit.name).into_owned())
                .bind(unit_body(unit));
            query.execute(&mut *transaction).await?;
            let text = "INSERT INTO closure SELECT ancestor, $1, depth + 1 FROM closure WHERE descendant = $2
                 UNION ALL SELECT $1, $1, 0";
            sqlx::query(text)
                .bind(unit.id)
                .bind(parent)
                .execute(&mut *transaction)
                .await?;
            let text = "INSERT INTO journal VALUES ($1, $2, $3, 0, NULL, 1, $4)";
            let query = sqlx::query(text).bind((revision << 20) | n as i64).bind(revision);
            query
                .bind(unit.id)
                .bind(unit_body(unit))
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn import(&self, world: &World, people: Range<usize>) -> Result<(), Failure> {
        for from in people.clone().step_by(BATCH) {
            let mut transaction = self.pool.begin().await?;
            let revision = audit(&mut transaction, "batch", None).await?;
            let mut place = revision << 20;
            let mut out = [String::new(), String::new(), String::new()];
            for n in from..people.end.min(from + BATCH) {
                lines(world, &world.person(n), revision, &mut place, &mut out);
            }
            for (table, rows) in ["person", "edge", "journal"].iter().zip(&out) {
                let mut copy = transaction
                    .copy_in_raw(&format!("COPY {table} FROM STDIN"))
                    .await?;
                copy.send(rows.as_bytes()).await?;
                copy.finish().await?;
            }
            transaction.commit().await?;
        }
        Ok(())
    }

    async fn create(&self, world: &World, person: usize) -> Result<(), Failure> {
        let person = world.person(person);
        let mut transaction = self.pool.begin().await?;
        let revision = audit(&mut transaction, "user.create", Some(person.id)).await?;
        let place = revision << 20;
        let text = "INSERT INTO person VALUES ($1, 1, $2, false, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'enabled')";
        let mut query = sqlx::query(text)
            .bind(person.id)
            .bind(revision)
            .bind(body(&person));
        for text in [
            &person.user_name,
            &person.email,
            &person.first_name,
            &person.last_name,
            &person.display_name,
            &person.number,
            &person.job,
            &person.department,
            &person.city,
            &person.country,
        ] {
            query = query.bind(fold(text).into_owned());
        }
        query.execute(&mut *transaction).await?;
        let (mut relations, mut others) = (vec![], vec![]);
        for (relation, to) in targets(world, &person) {
            relations.push(relation);
            others.push(to);
        }
        let text = "INSERT INTO edge SELECT $1, r, o, $4 FROM UNNEST($2::BIGINT[], $3::UUID[]) x (r, o)";
        let query = sqlx::query(text)
            .bind(person.id)
            .bind(&relations)
            .bind(&others)
            .bind(revision);
        query.execute(&mut *transaction).await?;
        let text = "INSERT INTO journal SELECT $1, $2, $3, 0, NULL::UUID, 1, $4 UNION ALL
             SELECT $1 + n, $2, $3, r, o, 1, $7 FROM UNNEST($5::BIGINT[], $6::UUID[]) WITH ORDINALITY x (r, o, n)";
        let query = sqlx::query(text)
            .bind(place)
            .bind(revision)
            .bind(person.id)
            .bind(delta(&person));
        let query = query.bind(&relations).bind(&others).bind(edge_delta());
        query.execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn get(&self, id: Uuid) -> Result<Option<(u64, String)>, Failure> {
        let query = sqlx::query("SELECT version, body FROM person WHERE id = $1").bind(id);
        let Some(row) = query.fetch_optional(&self.pool).await? else {
            return Ok(None);
        };
        Ok(Some((
            row.try_get::<i64, _>(0)? as u64,
            user_name(row.try_get(1)?),
        )))
    }

    async fn login(&self, name: &str) -> Result<Option<Uuid>, Failure> {
        let text = "SELECT id, version, body FROM person WHERE user_name = $1 AND NOT deleted";
        let query = sqlx::query(text).bind(fold(name).into_owned());
        Ok(query
            .fetch_optional(&self.pool)
            .await?
            .map(|row| row.try_get(0))
            .transpose()?)
    }

    async fn page(&self, department: &str) -> Result<Page, Failure> {
        let department = fold(department).into_owned();
        let text = "SELECT COUNT(*) FROM person WHERE department = $1 AND status = 'enabled' AND NOT deleted";
        let total: i64 = sqlx::query_scalar(text)
            .bind(&department)
            .fetch_one(&self.pool)
            .await?;
        let text = "SELECT id, version, body FROM person WHERE department = $1 AND status = 'enabled' AND NOT deleted
             ORDER BY last_name, id LIMIT $2";
        let rows = sqlx::query(text)
            .bind(&department)
            .bind(PAGE as i64)
            .fetch_all(&self.pool)
            .await?;
        Ok(Page {
            total: Some(total as u64),
            ..ids(&rows)?
        })
    }

    async fn list(&self, after: Option<&Place>) -> Result<Page, Failure> {
        let rows = match after {
            Some(Place::Key(name, id)) => {
                let text =
                    "SELECT id, version, body FROM person WHERE (last_name, id) > ($1, $2) AND NOT deleted
                     ORDER BY last_name, id LIMIT $3";
                let query = sqlx::query(text).bind(name).bind(id).bind(PAGE as i64);
                query.fetch_all(&self.pool).await?
            }
            _ => {
                let text =
                    "SELECT id, version, body FROM person WHERE NOT deleted ORDER BY last_name, id LIMIT $1";
                sqlx::query(text).bind(PAGE as i64).fetch_all(&self.pool).await?
            }
        };
        ids(&rows)
    }

    async fn prefix(&self, text: &str) -> Result<Page, Failure> {
        let start = fold(text).into_owned();
        let end = prefix_end(&start).unwrap_or_default();
        let text =
            "SELECT id, version, body FROM person WHERE last_name >= $1 AND last_name < $2 AND NOT deleted
             ORDER BY last_name, id LIMIT $3";
        ids(&sqlx::query(text)
            .bind(start)
            .bind(end)
            .bind(PAGE as i64)
            .fetch_all(&self.pool)
            .await?)
    }

    async fn preset(&self, text: &str) -> Result<Page, Failure> {
        let start = fold(text).into_owned();
        let end = prefix_end(&start).unwrap_or_default();
        let columns = [
            "user_name",
            "email",
            "first_name",
            "last_name",
            "display_name",
            "user_number",
        ];
        let tests = columns
            .map(|name| format!("{name} >= $1 AND {name} < $2"))
            .join(" OR ");
        let text = format!(
            "SELECT id, version, body FROM person WHERE ({tests}) AND NOT deleted ORDER BY email, id LIMIT $3"
        );
        let query = sqlx::query(AssertSqlSafe(text))
            .bind(start)
            .bind(end)
            .bind(PAGE as i64);
        ids(&query.fetch_all(&self.pool).await?)
    }

    async fn count(&self, unit: Uuid) -> Result<u64, Failure> {
        let text = "WITH RECURSIVE below (id) AS (SELECT $1 UNION ALL SELECT u.id FROM unit u JOIN below b ON u.parent = b.id)
             SELECT COUNT(DISTINCT e.from_id) FROM below b JOIN edge e ON e.to_id = b.id AND e.relation = 1";
        let count: i64 = sqlx::query_scalar(text).bind(unit).fetch_one(&self.pool).await?;
        Ok(count as u64)
    }

    async fn transfer(&self, unit: Uuid, parent: Uuid) -> Result<(), Failure> {
        let mut transaction = self.pool.begin().await?;
        let text = "SELECT EXISTS (SELECT 1 FROM closure WHERE ancestor = $1 AND descendant = $2)";
        let circle: bool = sqlx::query_scalar(text)
            .bind(unit)
            .bind(parent)
            .fetch_one(&mut *transaction)
            .await?;
        if circle {
            return Err("a unit cannot be moved below itself".into());
        }
        let revision = audit(&mut transaction, "unit.transfer", Some(unit)).await?;
        for text in [
            "UPDATE unit SET parent = $1, version = version + 1 WHERE id = $2",
            "DELETE FROM closure WHERE descendant IN (SELECT descendant FROM closure WHERE ancestor = $2)
             AND ancestor NOT IN (SELECT descendant FROM closure WHERE ancestor = $2) AND $1::UUID IS NOT NULL",
            "INSERT INTO closure SELECT a.ancestor, d.descendant, a.depth + d.depth + 1 FROM closure a, closure d
             WHERE a.descendant = $1 AND d.ancestor = $2",
        ] {
            sqlx::query(text).bind(parent).bind(unit).execute(&mut *transaction).await?;
        }
        let text = "INSERT INTO journal VALUES ($1, $2, $3, 0, NULL, 1, '{\"parent\":1}')";
        let query = sqlx::query(text).bind(revision << 20).bind(revision).bind(unit);
        query.execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn middle(&self, world: &World) -> Result<Place, Failure> {
        sqlx::query("ANALYZE").execute(&self.pool).await?;
        let text =
            "SELECT last_name, id FROM person WHERE NOT deleted ORDER BY last_name, id LIMIT 1 OFFSET $1";
        let query = sqlx::query(text).bind((world.users / 2) as i64 - 1);
        let row = query.fetch_one(&self.pool).await?;
        Ok(Place::Key(row.try_get(0)?, row.try_get(1)?))
    }
}
