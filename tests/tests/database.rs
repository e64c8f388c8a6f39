//! The fixtures themselves: a database per test, empty, and gone afterwards.

use sea_orm::{ConnectionTrait, Database, DbErr};
use tests::{Fresh, on_both_engines};

on_both_engines!(
    a_fresh_database_takes_text_in_utf_8,
    async |database| -> Result<(), DbErr> {
        let connection = Database::connect(database.url()).await?;
        connection
            .execute_unprepared("CREATE TABLE page (name text NOT NULL)")
            .await?;
        connection
            .execute_unprepared("INSERT INTO page VALUES ('é')")
            .await?;
        connection.close().await?;
        let sql = "SELECT CAST(sum(length(name)) AS bigint) FROM page";
        assert_eq!(database.number(sql), 1);
        Ok(())
    }
);

on_both_engines!(a_second_fresh_database_is_another_one, |database| {
    let second = Fresh::new(database.engine()).expect("the engine of the first");
    assert_ne!(database.url(), second.url());
});

#[test]
fn an_sqlite_database_is_gone_after_the_test() {
    let database = Fresh::sqlite();
    let url = database.url();
    let file = url
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
