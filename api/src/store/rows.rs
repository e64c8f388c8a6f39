//! Many rows read as one: the database writes a statement's rows as one JSON text, which is read here.
//!
//! Through the driver each value of each row costs allocations and a look-up of its column by name, and on SQLite each row
//! a way from one thread to another. Measured over the home page, that was most of what a request took.

mod article;
mod summary;

use std::cmp::Ordering;

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

pub(super) use article::{Bodies, articles};
pub(super) use summary::{Rankings, abstracts, labels, topics};

use super::StoreError;

/// A column, and how its values come through JSON unharmed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// Text, a whole number, a date or a moment: as it is.
    Plain(&'static str),
    /// JSON itself: as the text of it, since SQLite takes long to put one JSON into another.
    Json(&'static str),
    /// Left out: this text instead.
    Left(&'static str),
    /// A number from 0 to 1: as a whole number of parts, [`PARTS`] of which are 1. SQLite's JSON keeps but 15 digits of it,
    /// and is slow to write them.
    Share(&'static str),
    /// Rows of another table that belong to the row, which is called `listed`: an array of arrays.
    Rows {
        /// Their columns; without any they are left out.
        of: &'static [Column],
        /// What follows FROM.
        from: &'static str,
    },
}

/// What a select of an entity gives, written as an array for each row.
trait Listed: DeserializeOwned {
    /// The entity's row.
    type Model;
    /// The columns in the order of the fields.
    const COLUMNS: &'static [Column];

    fn model(self) -> Result<Self::Model, DbErr>;
}

/// All rows of a select that gives at least the columns of `R`, in its order.
async fn all<R: Listed>(
    select: &SelectStatement,
    columns: &[Column],
    connection: &DatabaseConnection,
) -> Result<Vec<R::Model>, StoreError> {
    let (text, _) = written(select, columns, Column::NONE, connection).await?;
    let listed: Vec<R> = read(&text)?;
    Ok(listed.into_iter().map(R::model).collect::<Result<_, _>>()?)
}

/// The rows of a select as the database writes them: an array that has an array of these columns for each; and rows of
/// another table beside them.
pub(super) async fn written(
    select: &SelectStatement,
    columns: &[Column],
    beside: Column,
    connection: &DatabaseConnection,
) -> Result<(String, String), StoreError> {
    let backend = connection.get_database_backend();
    let rows: Statement = backend.build(select);
    let inner = &rows.sql;
    let listed = grouped(&list(columns, backend), backend);
    let beside = beside.written(backend);
    let text = match backend {
        DbBackend::Postgres => "::text",
        _ => "",
    };
    let as_one = Statement {
        sql: format!("SELECT {listed}{text}, {beside}{text} FROM ({inner}) AS \"listed\""),
        values: rows.values,
        db_backend: backend,
    };
    let row = connection.query_one_raw(as_one).await?;
    let row = row.ok_or_else(|| StoreError::Damaged("a sum of rows is no row".to_owned()))?;
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

/// What [`written`] gave.
pub(super) fn read<'a, R: Deserialize<'a>>(json: &'a str) -> Result<Vec<R>, StoreError> {
    serde_json::from_str(json)
        .map_err(|error| StoreError::Damaged(format!("rows that cannot be read: {error}")))
}

fn list(columns: &[Column], backend: DbBackend) -> String {
    let values: Vec<String> = columns
        .iter()
        .map(|column| column.written(backend))
        .collect();
    values.join(", ")
}

/// An array of the rows' values, itself an array for each row.
fn grouped(values: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!("coalesce(json_agg(json_build_array({values})), '[]')"),
        _ => format!("json_group_array(json_array({values}))"),
    }
}

impl Column {
    /// An array of nothing.
    pub(super) const NONE: Self = Self::Rows { of: &[], from: "" };

    fn written(self, backend: DbBackend) -> String {
        match (self, backend) {
            (Self::Plain(name), _) | (Self::Json(name), DbBackend::Sqlite) => {
                format!("\"{name}\"")
            }
            (Self::Left(text), DbBackend::Sqlite) => format!("'{text}'"),
            (Self::Left(text), _) => format!("'{text}'::text"),
            (Self::Json(name), _) => format!("\"{name}\"::text"),
            (Self::Share(name), _) => format!("CAST(\"{name}\" * {PARTS} AS bigint)"),
            (Self::Rows { of: [], .. }, DbBackend::Sqlite) => "json('[]')".to_owned(),
            (Self::Rows { of: [], .. }, _) => "'[]'::json".to_owned(),
            (Self::Rows { of, from }, _) => {
                let rows = grouped(&list(of, backend), backend);
                format!("(SELECT {rows} FROM {from})")
            }
        }
    }
}

/// The surest label first; of two alike the one whose topic comes first.
pub(super) fn surest_first((one, topic): (f64, &str), (other, second): (f64, &str)) -> Ordering {
    other.total_cmp(&one).then_with(|| topic.cmp(second))
}

/// Into how many parts numbers from 0 to 1 are divided: those of 0.001 and more are whole numbers of them, to the last bit.
const PARTS: i64 = 1 << 62;

/// A number that came in parts.
pub(super) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let parts = i64::deserialize(deserializer)?;
    // A power of two: nothing is rounded.
    Ok(parts as f64 / PARTS as f64)
}

/// A value that came as the text of its JSON.
fn json<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}

/// The columns with one of them left out: this text instead.
fn without(columns: &[Column], name: &str, text: &'static str) -> Vec<Column> {
    let left = |column: &Column| match column {
        Column::Plain(found) | Column::Json(found) if *found == name => Column::Left(text),
        other => *other,
    };
    columns.iter().map(left).collect()
}

/// A value of one of our enums.
fn choice<E: ActiveEnum<Value = String>>(value: &String) -> Result<E, DbErr> {
    E::try_from_value(value)
}
