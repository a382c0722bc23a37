//! The page of a case.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    accounts::Author,
    decisions::Decision,
    pictures::{Place, Shown},
};
use talk::moderation::{
    Act, Kind, MAX_LABEL, MAX_REASON, Statement,
    cases::{Case, Note, Report, Reporter},
    rules::Rule,
};
use web::{
    Form, Problems,
    kit::{self, Field, Size},
};

use super::list::tabs;
use crate::{desk::decisions, moderation::Seen};

/// A case with everything that bears on it.
pub(super) struct Whole {
    pub case: Case,
    pub seen: Option<Seen>,
    pub reports: Vec<Report>,
    pub notes: Vec<Note>,
    pub statements: Vec<Statement>,
    pub rules: Vec<Rule>,
    pub history: Vec<Decision>,
}

/// `refused` says why this viewer may not decide, `manages` whether names lead to the desk's page of a person.
pub(super) fn page(
    of: &Whole,
    refused: Option<&str>,
    manages: bool,
    (form, problems): (&Form, &Problems),
    (now, zone): (i64, &TimeZone),
) -> Markup {
    html! {
        (tabs(""))
        (kit::problems(problems))
        div.case {
            (subject(of, (now, zone)))
            @for statement in &of.statements { (decided(statement, refused.is_none(), (now, zone))) }
            @if of.case.open {
                @match refused {
                    Some(words) => p.note #decision { (words) },
                    None => (decision(of, form, problems)),
                }
            }
            (reports(of, (now, zone)))
            section.panel {
                h2 { "Decided about " @if let Some(who) = &of.case.account { bdi { (who.name) } } @else { "somebody who has left" } }
                @if of.case.account.as_ref().is_some_and(Author::is_elsewhere) {
                    p { "This was said on the old site, by somebody who has no account here. They are told nothing; what they said can stay or go." }
                } @else if of.history.is_empty() { p { "Nothing so far." } }
                @else { (decisions::markup(&of.history, manages, false, now, zone)) }
            }
            (notes(of, form, problems, (now, zone)))
        }
    }
}

fn name(who: Option<&Author>) -> Markup {
    html! { @match who { Some(who) => (who.named()), None => "Somebody who has left" } }
}

/// What was reported, as it reads now.
fn subject(of: &Whole, (now, zone): (i64, &TimeZone)) -> Markup {
    let case = &of.case;
    html! {
        section.panel.case-subject {
            h2 { "The " (case.subject.kind.words()) }
            p.person {
                @if let Some(who) = &case.account { (who.avatar(Size::Medium)) }
                span { strong { (name(case.account.as_ref())) } br; span.meta { (text::count(case.reports, "report", "reports")) ", the last " (text::times::markup(case.reported_at, now, zone)) } }
            }
            @match &of.seen {
                None => p { "Nothing of it is left." },
                Some(seen) => {
                    @if seen.removed { p { span.label.warn { "Not there any more: removed or hidden" } } }
                    @if !seen.label.is_empty() { p.post-label dir="auto" { (seen.label) } }
                    @if !seen.title.is_empty() { p dir="auto" { strong { (seen.title) } } }
                    @if !seen.words.is_empty() { blockquote.reported dir="auto" { (seen.words) } }
                    @if !seen.pictures.is_empty() {
                        ul.case-pictures {
                            @for picture in &seen.pictures { li { (Shown::of(picture, &picture.words.alt).markup(Place { sizes: "12rem", first: false })) } }
                        }
                    }
                    @if !seen.removed { p { a href=(seen.address) { "See where it stands" } } }
                }
            }
        }
    }
}

fn reports(of: &Whole, (now, zone): (i64, &TimeZone)) -> Markup {
    html! {
        section.panel {
            h2 { "Reports" }
            ul.list {
                @for report in &of.reports {
                    li {
                        p { strong dir="auto" { (report.rule) } }
                        @if !report.words.is_empty() { blockquote.reported dir="auto" { (report.words) } }
                        p.meta { (reporter(report)) " · " (text::times::markup(report.at, now, zone)) (standing(report)) }
                    }
                }
            }
        }
    }
}

fn reporter(report: &Report) -> Markup {
    html! {
        @match &report.by {
            Reporter::Member(author) => (name(Some(author))),
            Reporter::Guest { name, .. } => { "A guest" @if !name.is_empty() { ", by their own words " bdi { (name) } } },
            Reporter::Left => (name(None)),
        }
    }
}

/// What else is known of a report: how right its author was so far, or what becomes of one by a guest.
fn standing(report: &Report) -> Markup {
    let (upheld, decided) = report.record;
    html! {
        @match &report.by {
            Reporter::Member(_) => { " · " @if decided == 0 { "their first report that is decided" } @else { (upheld) " of " (decided) " earlier reports upheld" } },
            Reporter::Guest { told, .. } => { @if *told { " · is told by letter what you decide" } },
            Reporter::Left => {},
        }
        @if !report.counts { " · from the same place as another one within a day: not counted" }
    }
}

fn decided(of: &Statement, may: bool, (now, zone): (i64, &TimeZone)) -> Markup {
    html! {
        section.panel {
            h2 { (of.act.done(of.subject.kind)) }
            p.meta { (name(of.by.as_ref())) " · " (text::times::markup(of.at, now, zone)) @if let Some(until) = of.until { " · until " (text::times::dateline(until, zone)) } }
            @if !of.rule.is_empty() { p dir="auto" { strong { (of.rule) } } }
            @if !of.reason.is_empty() { blockquote.reported dir="auto" { (of.reason) } }
            @if !of.facts.is_empty() { details { summary { "What it said then" } blockquote.reported dir="auto" { (of.facts) } } }
            @if of.appealed_at.is_some() { p { a href={ "/admin/queue/appeals/" (of.id) } { "Their appeal" } } }
            @if let Some(at) = of.undone_at { p { span.label { "Taken back" } " " (text::times::markup(at, now, zone)) } }
            @else if may {
                form method="post" action={ "/admin/queue/statements/" (of.id) "/undo" } data-confirm="Take this decision back? What it did is undone, and whoever it is about is told." data-confirm-yes="Take it back" {
                    p.actions { button.button { "Take it back" } }
                }
            }
        }
    }
}

fn decision(of: &Whole, form: &Form, problems: &Problems) -> Markup {
    let kind = of.case.subject.kind;
    html! {
        section.panel {
            h2 #decision tabindex="-1" { "Decide" }
            form.form data-queue method="post" action={ "/admin/queue/cases/" (of.case.id) "/decision" } {
                input type="hidden" name="version" value=(of.case.version);
                (acts(kind, form, problems))
                (rule(of, form, problems))
                (Field::area("reason", "Why (optional)", 3).value(form.text("reason"))
                    .hint("Whoever it is about reads it. Left empty, the rule’s own reason is sent.").max(MAX_REASON).problem(problems))
                @if Act::Label.fits(kind) {
                    (Field::line("label", "The sentence over it").value(form.text("label")).hint("For “Put a sentence over it” alone.").max(MAX_LABEL).autocomplete("off").problem(problems))
                }
                @let days = Act::DURATIONS.into_iter().map(|(name, words, _)| (name.to_owned(), words.to_owned()));
                (Field::choice("days", "For how long", days).value(form.get("days").unwrap_or("7")).hint("For what lasts a while alone.").problem(problems))
                p.actions { button.button.primary { "Decide" } a.button href="/admin/queue" { "Back" } }
            }
        }
    }
}

fn acts(kind: Kind, form: &Form, problems: &Problems) -> Markup {
    html! {
        fieldset.field-group.acts #act tabindex="-1" aria-describedby=[problems.of("act").map(|_| "act-problem")] {
            legend { "What is done" }
            p.hint.keys-hint hidden { "A key chooses; Enter decides." }
            @if let Some(words) = problems.of("act") { p.error #act-problem { (words) } }
            @for act in Act::ALL.into_iter().filter(|act| act.fits(kind)) {
                label.check {
                    input type="radio" name="act" value=(act.name()) data-key=(act.key()) required checked[form.text("act") == act.name()];
                    span { (act.words()) } kbd aria-hidden="true" { (act.key()) }
                }
            }
        }
    }
}

/// The rule, each with the reason that goes with it. The one most named in the reports stands first.
fn rule(of: &Whole, form: &Form, problems: &Problems) -> Markup {
    let named = |rule: &Rule| of.reports.iter().filter(|report| report.rule == rule.name).count();
    let most = of.rules.iter().max_by_key(|rule| named(rule)).filter(|rule| named(rule) > 0);
    let chosen = form.get("rule").map(ToOwned::to_owned).or_else(|| most.map(|rule| rule.id.to_string())).unwrap_or_default();
    html! {
        div.field.field-rule {
            label for="rule" { "The rule it breaks" }
            @if let Some(words) = problems.of("rule") { p.error #rule-problem { (words) } }
            select id="rule" name="rule" aria-describedby=[problems.of("rule").map(|_| "rule-problem")] {
                option value="" { "None" }
                @for rule in &of.rules { option value=(rule.id) selected[rule.id.to_string() == chosen] data-reason=(rule.reason) { (rule.name) } }
            }
        }
    }
}

fn notes(of: &Whole, form: &Form, problems: &Problems, (now, zone): (i64, &TimeZone)) -> Markup {
    html! {
        section.panel {
            h2 { "Notes between moderators" }
            ul.list {
                @for note in &of.notes {
                    li {
                        blockquote.reported dir="auto" { (note.words) }
                        p.meta { (name(note.by.as_ref())) " · " (text::times::markup(note.at, now, zone)) }
                    }
                }
            }
            form.form method="post" action={ "/admin/queue/cases/" (of.case.id) "/notes" } {
                (Field::area("note", "A note", 2).value(form.text("note")).hint("Moderators alone read it.").max(MAX_REASON).problem(problems))
                p.actions { button.button { "Add the note" } }
            }
        }
    }
}
