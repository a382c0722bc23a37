//! Small parts that every page is made of.

use maud::{Markup, PreEscaped, Render, html};
use std::sync::LazyLock;

use crate::{assets, problems::Problems};

/// An icon from the sprite. It says nothing to screen readers: put words beside it.
pub fn icon(name: &str) -> Markup {
    // A page has dozens of them, and all begin the same way.
    static BEGINNING: LazyLock<String> =
        LazyLock::new(|| format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#", assets::address("icons.svg")));
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain {
        PreEscaped([BEGINNING.as_str(), name, "\"></use></svg>"].concat())
    } else {
        html! {}
    }
}

/// How large an avatar is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Beside a byline in a list.
    Small,
    /// Beside a story's byline, in the masthead.
    Medium,
    /// On a person's own page.
    Large,
}

/// A person's picture, or their initials on a colour (a class such as `hue-3`). Decorative: the name stands beside it.
pub fn avatar(picture: Option<&str>, initials: &str, hue: &str, size: Size) -> Markup {
    let size = match size {
        Size::Small => "small",
        Size::Medium => "medium",
        Size::Large => "large",
    };
    html! {
        @if let Some(picture) = picture {
            img class={ "avatar " (size) } src=(picture) alt="" width="96" height="96" loading="lazy" decoding="async";
        } @else {
            span class={ "avatar " (size) " " (hue) } aria-hidden="true" { (initials) }
        }
    }
}

/// Older and newer pages of a list.
pub fn pager(newer: Option<&str>, older: Option<&str>) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pager aria-label="Pages" {
                @if let Some(address) = newer { a.button rel="prev" href=(address) { (icon("arrow-left")) "To the newest" } }
                @if let Some(address) = older { a.button rel="next" href=(address) { "Older" (icon("chevron-right")) } }
            }
        }
    }
}

/// Nothing is here yet, and what to do about it.
pub fn empty(heading: &str, words: &str, step: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            h2 { (heading) }
            p { (words) }
            @if let Some((address, label)) = step { p { a.button.primary href=(address) { (label) } } }
        }
    }
}

/// All problems of a form, first on the page, each leading to its field (WCAG 3.3.1).
pub fn problems(problems: &Problems) -> Markup {
    html! {
        @if !problems.is_empty() {
            div.errors.problems role="alert" tabindex="-1" autofocus {
                h2 { "Please look at this again" }
                ul { @for (field, words) in problems.iter() { li { a href={ "#" (field) } { (words) } } } }
            }
        }
    }
}

/// One labelled field of a form with its hint and its problem.
#[must_use]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    value: &'a str,
    kind: Kind<'a>,
    hint: Option<Markup>,
    problem: Option<&'a str>,
    required: bool,
    max: Option<usize>,
    autocomplete: Option<&'a str>,
    list: Option<&'a str>,
}

enum Kind<'a> {
    Input(&'a str),
    Area { rows: u8 },
    Choice(Vec<(String, String)>),
}

impl<'a> Field<'a> {
    fn of(name: &'a str, label: &'a str, kind: Kind<'a>) -> Self {
        Self { name, label, value: "", kind, hint: None, problem: None, required: false, max: None, autocomplete: None, list: None }
    }

    /// One line of text.
    pub fn line(name: &'a str, label: &'a str) -> Self {
        Self::of(name, label, Kind::Input("text"))
    }

    /// An input of another HTML type: `email`, `password`, `url`, `datetime-local`, `file`.
    pub fn input(kind: &'a str, name: &'a str, label: &'a str) -> Self {
        Self::of(name, label, Kind::Input(kind))
    }

    /// Several lines of text.
    pub fn area(name: &'a str, label: &'a str, rows: u8) -> Self {
        Self::of(name, label, Kind::Area { rows })
    }

    /// One of several: value and words.
    pub fn choice(name: &'a str, label: &'a str, choices: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::of(name, label, Kind::Choice(choices.into_iter().collect()))
    }

    /// What stands in it.
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// A word of help under the label.
    pub fn hint(mut self, words: impl Render) -> Self {
        self.hint = Some(words.render());
        self
    }

    /// Its problem, if it has one.
    pub fn problem(mut self, problems: &'a Problems) -> Self {
        self.problem = problems.of(self.name);
        self
    }

    /// It must be filled in.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// At most so many characters.
    pub fn max(mut self, characters: usize) -> Self {
        self.max = Some(characters);
        self
    }

    /// What browsers may fill in (WCAG 1.3.5).
    pub fn autocomplete(mut self, what: &'a str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// The id of a `datalist` with suggestions.
    pub fn suggestions(mut self, list: &'a str) -> Self {
        self.list = Some(list);
        self
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let problem = self.problem.map(|_| format!("{}-problem", self.name));
        let ids: Vec<String> = hint.into_iter().chain(problem).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let described = self.described_by();
        let invalid = self.problem.map(|_| "true");
        html! {
            div class={ "field field-" (self.name) @if self.problem.is_some() { " wrong" } } {
                label for=(self.name) { (self.label) @if !self.required && matches!(self.kind, Kind::Input("text" | "email" | "url")) { span.optional { " (optional)" } } }
                @if let Some(hint) = &self.hint { p.hint id={ (self.name) "-hint" } { (hint) } }
                @if let Some(problem) = self.problem { p.error id={ (self.name) "-problem" } { (icon("triangle-alert")) (problem) } }
                @match &self.kind {
                    Kind::Input(kind) => input type=(kind) id=(self.name) name=(self.name) value=[(!matches!(*kind, "password" | "file")).then_some(self.value)]
                        required[self.required] maxlength=[self.max] autocomplete=[self.autocomplete] list=[self.list]
                        aria-describedby=[&described] aria-invalid=[invalid] dir=[(*kind == "text").then_some("auto")];,
                    Kind::Area { rows } => textarea id=(self.name) name=(self.name) rows=(rows) required[self.required] maxlength=[self.max]
                        aria-describedby=[&described] aria-invalid=[invalid] dir="auto" { "\n" (self.value) },
                    // One of several is always chosen: only a first choice that says nothing can be refused (HTML, "placeholder label option").
                    Kind::Choice(choices) => select id=(self.name) name=(self.name) required[self.required && choices.first().is_some_and(|(value, _)| value.is_empty())] aria-describedby=[&described] aria-invalid=[invalid] {
                        @for (value, words) in choices { option value=(value) selected[value == self.value] { (words) } }
                    },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
