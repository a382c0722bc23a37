//! The way in and out of a web site: errors as pages, forms, cookies, pages kept for guests, views, layout, the kit of
//! shared components. It knows nothing of news.

pub mod assets;
pub mod audience;
pub mod cookies;
pub mod door;
pub mod encoding;
pub mod error;
pub mod form;
pub mod html;
pub mod kit;
pub mod layout;
pub mod limits;
pub mod live;
pub mod pages;
pub mod problems;
pub mod token;

pub use error::{Error, ErrorPage, Result};
pub use form::Form;
pub use html::{Cacheable, html, html_with, kept, moved, see_other, viewed};
pub use layout::{Frame, Page};
pub use live::Live;
pub use pages::{Pages, Tag};
pub use problems::Problems;
