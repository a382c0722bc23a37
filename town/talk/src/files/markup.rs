//! Pictures of a post as readers see them.

use maud::{Markup, html};
use people::{
    Sensitive,
    pictures::{self, Place, Shown},
};
use web::kit::icon;

/// How wide the pictures of a post are shown, as the HTML attribute `sizes` says it.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// One that has its row for itself.
    pub whole: &'static str,
    /// One that shares it.
    pub part: &'static str,
}

/// Pictures in a grid, each leading to itself in full.
pub fn pictures(shown: &[Shown], widths: Widths) -> Markup {
    let count = shown.len();
    html! {
        @if count > 0 {
            ul.note-pictures data-count=(count) {
                @for (index, one) in shown.iter().enumerate() {
                    li { a.picture href=(pictures::address(&one.key)) data-turbo="false" { (described(one, (index, count), widths)) } }
                }
            }
        }
    }
}

/// A picture that nobody described says at least that.
fn described(shown: &Shown, (index, count): (usize, usize), widths: Widths) -> Markup {
    let place = Place { sizes: if count == 1 { widths.whole } else { widths.part }, first: false };
    if !shown.alt.is_empty() {
        return shown.markup(place);
    }
    let alt = if count == 1 {
        "A picture without a description".into()
    } else {
        format!("Picture {} of {count}, without a description", index + 1)
    };
    Shown { alt, ..shown.clone() }.markup(place)
}

/// What is sensitive, as it comes before a viewer. A closed cover needs no script, and nothing in it is fetched before it is opened:
/// its pictures are lazy, and have no box.
pub fn cover(sensitive: Sensitive, what: &str, inside: &Markup) -> Markup {
    match sensitive {
        Sensitive::Shown => html! { (inside) },
        Sensitive::Withheld => html! { p.cover-away { (icon("eye-off")) " " (what) ", not shown to young members" } },
        Sensitive::Covered => html! {
            details.post-warning.cover {
                summary { (icon("eye-off")) span { (what) } span.show { "Show" } }
                div.stack { (inside) }
            }
        },
    }
}
