//! Pictures: figures with caption and credit, and pictures inside of text.

use super::tree::text_of;
use super::{Own, escape, links};
use comrak::nodes::{Node, NodeValue};

/// Longest alternative text in characters: screen readers say it in one breath.
const MAX_ALT: usize = 1_000;

/// Asks the site for the HTML of what it has.
pub(super) type Known<'p> = &'p dyn Fn(Own<'_>) -> Option<String>;

/// The figures for a paragraph that holds nothing but pictures, all of which may be shown.
pub(super) fn figures(paragraph: Node<'_>, known: Known<'_>) -> Option<String> {
    let mut figures = String::new();
    for child in paragraph.children() {
        match &child.data().value {
            NodeValue::Image(image) if links::is_picture(&image.url) => {
                figures.push_str("<figure>");
                push_img(&mut figures, &image.url, &text_of(child), known);
                push_caption(&mut figures, &image.title);
                figures.push_str("</figure>\n");
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => {}
            _ => return None,
        }
    }
    (!figures.is_empty()).then_some(figures)
}

/// A picture inside of a text; its alternative text where the picture may not be shown.
pub(super) fn push_inline(out: &mut String, node: Node<'_>, url: &str, known: Known<'_>) {
    let alt = text_of(node);
    if links::is_picture(url) {
        push_img(out, url, &alt, known);
    } else {
        escape::push(out, &alt);
    }
}

/// Caption and credit of a title "Caption | Credit".
pub(super) fn caption(title: &str) -> (&str, &str) {
    let (caption, credit) = title.rsplit_once('|').unwrap_or((title, ""));
    (caption.trim(), credit.trim())
}

fn push_img(out: &mut String, url: &str, alt: &str, known: Known<'_>) {
    let end = alt.char_indices().nth(MAX_ALT).map_or(alt.len(), |(end, _)| end);
    let alt = &alt[..end];
    if let Some(html) = known(Own::Picture(url, alt)) {
        out.push_str(&html);
        return;
    }
    out.push_str("<img");
    escape::attribute(out, "src", url);
    escape::attribute(out, "alt", alt);
    out.push_str(" loading=\"lazy\" decoding=\"async\">");
}

fn push_caption(out: &mut String, title: &str) {
    let (caption, credit) = caption(title);
    if caption.is_empty() && credit.is_empty() {
        return;
    }
    out.push_str("<figcaption>");
    escape::push(out, caption);
    if !credit.is_empty() {
        if !caption.is_empty() {
            out.push(' ');
        }
        out.push_str("<span class=\"credit\">");
        escape::push(out, credit);
        out.push_str("</span>");
    }
    out.push_str("</figcaption>");
}
