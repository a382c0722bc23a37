//! Joining on the desk: who waits to be let in, invitations and who came by them, who may join, and the house rules.

mod pages;
mod routes;

pub(super) use routes::routes;
