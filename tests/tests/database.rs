//! The fixtures themselves: a database per test, empty, and gone afterwards.

use sea_orm::{ConnectionTrait, Database, DbErr};
use tests::{Engine, Fresh, on_both_engines};

on_both_engines!(
    a_fresh_database_takes_a_table_and_a_row,
    async |database| -> Result<(), DbErr> {
        let connection = Database::connect(database.url()).await?;
        connection
            .execute_unprepared("CREATE TABLE page (name text NOT NULL)")
            .await?;
        connection
            .execute_unprepared("INSERT INTO page VALUES ('é')")
            .await?;
        let row = connection
            .query_one_raw(sea_orm::Statement::from_string(
                connection.get_database_backend(),
                "SELECT length(name) FROM page",
            ))
            .await?;
        let length: i32 = row.expect("one row").try_get_by_index(0)?;
        assert_eq!(
            length, 1,
            "text is counted in characters: the database is UTF-8"
        );
        connection.close().await
    }
);

on_both_engines!(a_second_fresh_database_is_another_one, |database| {
    let second = Fresh::new(database.engine()).expect("the engine of the first");
    assert_ne!(database.url(), second.url());
});

#[test]
fn an_sqlite_database_is_gone_after_the_test() {
    let database = Fresh::new(Engine::Sqlite).expect("SQLite is always there");
    let file = database
        .url()
        .trim_start_matches("sqlite://")
        .trim_end_matches("?mode=rwc")
        .to_owned();
    std::fs::write(&file, b"").expect("its folder exists and is writable");
    drop(database);
    assert!(
        !std::path::Path::new(&file).exists(),
        "{file} is still there"
    );
}
