//! What readers said, where an export holds it: whole backups of Ghost do.

use jiff::tz::TimeZone;
use std::collections::HashMap;

use super::super::item::{Remark, Writer};
use super::{
    post::date,
    stream::{Comment, Id, Member},
};

/// Comments by the posts they are under.
pub(super) fn by_post(
    comments: Vec<Comment>,
    members: Vec<Member>,
    writers: &HashMap<Id, Writer>,
    zone: &TimeZone,
) -> HashMap<Id, Vec<Remark>> {
    let members: HashMap<Id, Member> = members.into_iter().map(|member| (member.id.clone(), member)).collect();
    let mut found: HashMap<Id, Vec<Remark>> = HashMap::new();
    for comment in comments {
        let Some(post) = comment.post_id.clone() else { continue };
        let member = comment.member_id.as_ref().and_then(|id| members.get(id));
        found.entry(post).or_default().push(remark(comment, member, writers, zone));
    }
    found
}

fn remark(comment: Comment, member: Option<&Member>, writers: &HashMap<Id, Writer>, zone: &TimeZone) -> Remark {
    let email = member.and_then(|member| member.email.clone()).unwrap_or_default();
    // Members sign in by a link that is mailed to them: the address is theirs.
    let writer = writers.values().find(|writer| !email.is_empty() && writer.email.eq_ignore_ascii_case(&email)).cloned();
    let left_out = match comment.status.as_deref() {
        Some("published") | None => None,
        Some("hidden") => Some("a comment was left out: it was hidden"),
        Some("deleted") => Some("a comment was left out: it was deleted"),
        Some(_) => Some("a comment was left out: it was not published"),
    };
    let above = comment.in_reply_to_id.or(comment.parent_id).map(|id| id.0).filter(|id| !id.is_empty());
    Remark {
        key: format!("comment:{}", comment.id.0),
        parent: above.map(|id| format!("comment:{id}")).unwrap_or_default(),
        name: member.and_then(|member| member.name.clone()).unwrap_or_default(),
        at: date(comment.created_at.as_ref(), zone).unwrap_or(0),
        html: comment.html.unwrap_or_default(),
        shown: left_out.is_none(),
        writer,
        left_out,
        email,
        ..Remark::default()
    }
}
