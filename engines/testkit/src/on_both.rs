//! One test text, two databases.

/// Runs a future to its end on a fresh runtime with two worker threads, as the program has.
///
/// # Panics
/// When the future does, or when no runtime can be started.
pub fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a tokio runtime starts").block_on(future)
}

/// Writes tests that run on SQLite and on PostgreSQL: each function becomes `name::sqlite` and
/// `name::postgres`, and is given the [`Kind`](crate::Kind) of database to stand on.
///
/// ```ignore
/// testkit::on_both! {
///     async fn a_story_is_found_again(kind) {
///         let site = Site::new(kind).await;
///     }
///
///     /// Without a runtime, for blocking code.
///     fn a_name_is_unique(kind) {
///         let database = testkit::fresh(kind, "people", prepare);
///     }
/// }
/// ```
///
/// Attributes such as `#[ignore]` pass to both tests.
#[macro_export]
macro_rules! on_both {
    () => {};
    ($(#[$meta:meta])* async fn $name:ident($kind:ident) $body:block $($rest:tt)*) => {
        async fn $name($kind: $crate::Kind) $body

        mod $name {
            $(#[$meta])* #[test]
            fn sqlite() {
                $crate::run(super::$name($crate::Kind::Sqlite));
            }

            $(#[$meta])* #[test]
            fn postgres() {
                $crate::run(super::$name($crate::Kind::Postgres));
            }
        }

        $crate::on_both! { $($rest)* }
    };
    ($(#[$meta:meta])* fn $name:ident($kind:ident) $body:block $($rest:tt)*) => {
        fn $name($kind: $crate::Kind) $body

        mod $name {
            $(#[$meta])* #[test]
            fn sqlite() {
                super::$name($crate::Kind::Sqlite);
            }

            $(#[$meta])* #[test]
            fn postgres() {
                super::$name($crate::Kind::Postgres);
            }
        }

        $crate::on_both! { $($rest)* }
    };
}
