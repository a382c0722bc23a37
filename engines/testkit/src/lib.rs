//! What tests stand on: throw-away databases and a browser-less client.
//!
//! - [`fresh`] gives each test its own database, cloned from a template that is prepared once;
//! - [`on_both!`] writes one test for SQLite and PostgreSQL alike;
//! - [`Client`] visits an axum router as a browser would: cookies, forms, uploads, redirects;
//! - [`Web`] is other people's web on loopback, which answers what a test says and remembers what it was asked;
//! - [`s3`] is a server that speaks S3 and checks signatures;
//! - [`Page`] is what came back, asked by meaning: texts, attributes, forms, landmarks.
//!
//! It knows neither the site under test nor the database engine: a template is prepared by
//! whatever function the test hands over, and a router is any router.
//! Everything here panics with a readable sentence when a test's expectation does not hold.

mod client;
pub mod database;
mod on_both;
mod s3;
mod web;

pub use client::{Attachment, Client, Form, Page};
pub use database::{Database, Kind, fresh};
pub use on_both::run;
pub use s3::{S3, s3};
pub use web::{Asked, Reply, Web};
