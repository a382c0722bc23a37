//! The page on which members ask for what is theirs.

use maud::{Markup, html};
use web::{Frame, Page};

/// What is in it, and the button.
pub(super) fn page(frame: &Frame, stories: i64, albums: i64, files: i64) -> Markup {
    let body = html! {
        div.page { div.narrow.settings {
            h1 { "Take your words with you" }
            p.standfirst { "Everything that is yours here, in one zip file of plain formats that any computer opens." }
            section.form-part {
                h2 { "What is in it" }
                ul {
                    li { (text::count(stories, "story", "stories")) " with your name in the byline, published or not, every version and correction of each: as Markdown, as web pages, and as data" }
                    li { (text::count(albums, "album", "albums")) " with your name, published or not, with every caption and in your order" }
                    li { (text::count(files, "picture or recording", "pictures and recordings")) " that you uploaded, those in your stories and albums, and what you wrote about them" }
                    li { "Your profile with your e-mail address, and your list of saved stories" }
                }
                p { "Stories and albums that you deleted are not in it, and neither is your password." }
                form.form method="post" action="/settings/export" data-turbo="false" {
                    p.actions { button.button.primary { "Download" } " " a.button.quiet href="/settings" { "Back to the settings" } }
                }
                p.meta { "The file is made when you press the button. With many pictures this takes a minute." }
            }
            section.form-part {
                h2 { "What you can do with it" }
                p { "The pages open in any browser, and the Markdown files in any editor. Another site that runs Ocotillo takes the whole file in with " code { "ocotillo import" } ": your stories and albums keep their addresses there." }
            }
        } }
    };
    Page::new("Take your words with you").private().current("/settings").draw(frame, &body)
}
