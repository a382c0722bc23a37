//! What a moderator chose: the form of a decision, read.

use talk::moderation::{
    Act, Kind, MAX_LABEL, MAX_REASON,
    rules::{Rule, RuleId},
};
use web::{Form, Problems};

/// A decision that can be carried out.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub act: Act,
    /// The name of the rule.
    pub rule: String,
    pub reason: String,
    pub label: String,
    pub until: Option<i64>,
}

impl Choice {
    /// Reads `act`, `rule`, `reason`, `label`, `days`. An empty reason is that of the rule.
    pub fn parse(form: &Form, kind: Kind, rules: &[Rule], now: i64, problems: &mut Problems) -> Option<Self> {
        let act = Act::named(form.text("act")).filter(|act| act.fits(kind));
        let rule = form.text("rule").parse().ok().and_then(|id: RuleId| rules.iter().find(|rule| rule.id == id));
        let typed = form.text("reason").trim();
        if typed.chars().count() > MAX_REASON {
            problems.add("reason", format!("Use at most {MAX_REASON} characters for the reason."));
        }
        let Some(act) = act else {
            problems.add("act", "Choose what is done.");
            return None;
        };
        if rule.is_none() && act != Act::Keep {
            problems.add("rule", "Choose the rule that it breaks.");
        }
        let label = if act == Act::Label { text::clean_line(form.text("label")) } else { String::new() };
        if act == Act::Label && label.is_empty() {
            problems.add("label", "Write the sentence that stands over it.");
        } else if label.chars().count() > MAX_LABEL {
            problems.add("label", format!("Use at most {MAX_LABEL} characters for the sentence."));
        }
        let until = if act.lasts() { Act::until(form.text("days"), now) } else { None };
        if act.lasts() && until.is_none() {
            problems.add("days", "Choose for how long.");
        }
        let reason = if typed.is_empty() { rule.map(|rule| rule.reason.clone()).unwrap_or_default() } else { typed.to_owned() };
        let rule = rule.map(|rule| rule.name.clone()).unwrap_or_default();
        problems.is_empty().then_some(Self { act, rule, reason, label, until })
    }
}
