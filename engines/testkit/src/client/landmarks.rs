//! The parts of a page that assistive technology steers by.

use std::collections::HashSet;

use scraper::{ElementRef, Html};

use super::page::{selector, visible};

pub(super) fn faults(html: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    let count = |css: &str| html.select(&selector(css)).count();
    let named = |element: &ElementRef| ["aria-label", "aria-labelledby"].iter().any(|name| filled(*element, name));

    expect(filled(html.root_element(), "lang"), "no language on <html>"); // WCAG 3.1.1
    let title = html.select(&selector("head > title")).next().map(|title| title.text().collect::<String>());
    expect(title.is_some_and(|title| !title.trim().is_empty()), "no title"); // WCAG 2.4.2
    expect(count("main") == 1, "not exactly one <main>");
    expect(count("h1") == 1, "not exactly one <h1>");
    expect(count("body > header, [role=banner], body > :not(main) > header") >= 1, "no banner (<header> of the page)");
    expect(count("body > footer, [role=contentinfo], body > :not(main) > footer") >= 1, "no <footer> of the page");
    let navigations = selector("nav, [role=navigation]");
    let several = html.select(&navigations).count() > 1;
    expect(!several || html.select(&navigations).all(|nav| named(&nav)), "several navigations, not all with a name");
    faults.extend(repeated_ids(html));
    faults.extend(unnamed_things(html));
    faults
}

/// Ids that more than one element has: labels and descriptions then point at the wrong one.
fn repeated_ids(html: &Html) -> Vec<String> {
    let mut seen = HashSet::new();
    let ids = selector("[id]");
    let repeated = html.select(&ids).filter_map(|element| element.attr("id")).filter(|id| !seen.insert(*id));
    repeated.map(|id| format!("the id {id:?} twice")).collect()
}

/// Pictures without a text alternative (WCAG 1.1.1), fields without a label (WCAG 1.3.1, 4.1.2),
/// links and buttons without words (WCAG 2.4.4).
fn unnamed_things(html: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    for picture in html.select(&selector("img:not([alt])")) {
        faults.push(format!("a picture without alt: {}", start(picture)));
    }
    let labelled: HashSet<_> = html.select(&selector("label[for]")).filter_map(|label| label.attr("for")).collect();
    let fields = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]), select, textarea";
    for field in html.select(&selector(fields)) {
        let by_for = field.attr("id").is_some_and(|id| labelled.contains(id));
        let wrapped = field.ancestors().filter_map(ElementRef::wrap).any(|parent| parent.value().name() == "label");
        if !by_for && !wrapped && !named(field) {
            faults.push(format!("a field without a label: {}", start(field)));
        }
    }
    for pressed in html.select(&selector("a[href], button")) {
        let picture = pressed.select(&selector("img[alt], svg [title], svg title, [aria-label]")).next().is_some();
        if visible(pressed).is_empty() && !picture && !named(pressed) {
            faults.push(format!("a link or button without words: {}", start(pressed)));
        }
    }
    faults
}

fn named(element: ElementRef) -> bool {
    ["aria-label", "aria-labelledby", "title"].iter().any(|name| filled(element, name))
}

fn filled(element: ElementRef, name: &str) -> bool {
    element.attr(name).is_some_and(|value| !value.trim().is_empty())
}

/// The start of the element's own tag.
fn start(element: ElementRef) -> String {
    element.html().chars().take(100).collect()
}
