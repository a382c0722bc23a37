use proptest::prelude::*;

use super::rewrite;

/// Pieces of SQL as PostgreSQL's texts have them, with what becomes of each.
fn piece() -> impl Strategy<Value = (String, String)> {
    let same = |text: String| (text.clone(), text);
    prop_oneof![
        (1..999_u32).prop_map(|number| (format!("${number}"), format!("?{number}"))),
        "'([^']|''|\\$[0-9])*'".prop_map(same),
        "\"([^\"]|\\$[0-9])*\"".prop_map(same),
        "--[^\n]*\\$[0-9][^\n]*\n".prop_map(same),
        "/\\*[^*]*\\$[0-9][^*]*\\*/".prop_map(same),
        "[a-zé_][a-z0-9é_]*\\$[0-9]".prop_map(same),
        "select|[(),=<>+*;]|[0-9]{1,5}|\\$|- |/ |é".prop_map(same),
    ]
}

proptest! {
    #[test]
    fn markers_are_rewritten_and_nothing_else(pieces in proptest::collection::vec(piece(), 0..30)) {
        let join = |side: fn(&(String, String)) -> &str| {
            pieces.iter().map(side).collect::<Vec<_>>().join(" ")
        };
        let (given, expected) = (join(|piece| &piece.0), join(|piece| &piece.1));
        prop_assert_eq!(rewrite(&given), expected);
    }

    #[test]
    fn any_text_keeps_its_length_and_is_rewritten_once(sql in "(\\PC|['\"$/*\n-]|\\$[0-9])*") {
        let once = rewrite(&sql).into_owned();
        prop_assert_eq!(once.len(), sql.len());
        prop_assert_eq!(rewrite(&once).into_owned(), once.clone());
    }
}

#[test]
fn markers_without_space_around_them() {
    assert_eq!(rewrite("values($1,$2),($10)"), "values(?1,?2),(?10)");
    assert_eq!(rewrite("a=$1 and b='it''s $2'||$3"), "a=?1 and b='it''s $2'||?3");
    assert_eq!(rewrite("select 'open $1"), "select 'open $1");
    assert_eq!(rewrite("select 1 -- $1"), "select 1 -- $1");
    assert_eq!(rewrite("limit $1-$2/$3"), "limit ?1-?2/?3");
}
