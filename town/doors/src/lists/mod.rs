//! Lists (circles) as their owners see to them, and the feed that each of them is. What a list is and may hold is said below
//! ([`people::lists`]). To everybody but its owner there is no such page.

mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;
