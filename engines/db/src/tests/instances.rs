//! Where the words of a full-text question stand.

use crate::{Db, Error, Options, params};

/// The numbers that the function told of each row that was found.
fn told(question: &'static str) -> Vec<Vec<i32>> {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", folder.path().join("words.db").display()), Options::default()).unwrap();
    db.write_now(|tx| -> Result<(), Error> {
        tx.run("create virtual table pages using fts5 (head, body, content = '', tokenize = 'ascii')", params![])?;
        tx.run("insert into pages (rowid, head, body) values (1, 'the old bridge', 'a bridge of the old town')", params![])?;
        tx.run("insert into pages (rowid, head, body) values (2, '', $1)", params!["old bridge ".repeat(200)])?;
        Ok(())
    })
    .unwrap();
    let sql = "select instances(pages) from pages where pages match $1 order by rowid";
    let blobs = db.read_now(move |tx| tx.all(sql, params![question], |row| row.get::<Vec<u8>>(0))).unwrap();
    blobs.iter().map(|blob| blob.chunks_exact(4).map(|four| i32::from_le_bytes(four.try_into().unwrap())).collect()).collect()
}

#[test]
fn each_place_of_each_phrase_is_told_in_its_order() {
    let found = told("(\"bridge\" OR \"old bridge\") AND \"town\"");
    assert_eq!(found, [[1, 0, 1, 0, 0, 2, 0, 1, 1, 2, 1, 5]], "phrase, column and word, by column and word");
}

#[test]
fn a_row_full_of_the_words_tells_the_first_of_them() {
    let found = told("old bridge");
    assert_eq!(found[0].len(), 4 * 3);
    assert_eq!((found[1].len(), &found[1][..6]), (256 * 3, &[0, 1, 0, 1, 1, 1][..]));
}
