//! The kinds of notices. A later kind joins by a line in [`KINDS`].

use people::{
    connections::{FOLLOW, FRIENDS, REQUEST},
    notices::Kind,
    organizations::{INVITED, ROLE},
};
use talk::{
    comments::{COMMENT, CONVERSATION, REPLY},
    context,
    files::COVERED,
    gate,
    moderation::{OUTCOME, STATEMENT},
    reactions::{LIKED, REACTED},
    reviews::{ANSWERED, HELPFUL, REVIEWED},
    shares::SHARE,
};
use things::{
    notes::{MENTION, NOT_POSTED, QUOTE},
    polls::CLOSED,
    stories::STORY,
};

use super::staff::STAFF;

/// All of them, in the order in which members choose how they hear of them.
pub(super) const KINDS: [&Kind; 26] = [
    &REPLY,
    &COMMENT,
    &CONVERSATION,
    &REVIEWED,
    &ANSWERED,
    &HELPFUL,
    &MENTION,
    &QUOTE,
    &SHARE,
    &LIKED,
    &REACTED,
    &context::GIVEN,
    &context::SHOWN,
    &CLOSED,
    &FOLLOW,
    &REQUEST,
    &FRIENDS,
    &INVITED,
    &ROLE,
    &STORY,
    &gate::LET_THROUGH,
    &NOT_POSTED,
    &COVERED,
    &STATEMENT,
    &OUTCOME,
    &STAFF,
];

/// The kind of this name.
pub(super) fn named(name: &str) -> Option<&'static Kind> {
    KINDS.into_iter().find(|kind| kind.name == name)
}

/// A kind in a word or two, for a filter.
pub(super) fn short(kind: &Kind) -> &'static str {
    match kind.name {
        "reply" => "Answers",
        "comment" => "Comments",
        "conversation" => "Conversations",
        "review" => "Reviews",
        "review_answer" => "Answers to reviews",
        "helpful" => "Found helpful",
        "mention" => "Names you",
        "quote" => "Quotes",
        "share" => "Shares",
        "like" => "Likes",
        "reaction" => "Reactions",
        "poll" => "Polls",
        "follow" => "Followers",
        "friend_request" => "Requests",
        "friends" => "Friends",
        "organization_invited" => "Invitations",
        "organization_role" => "Roles",
        "story" => "Stories",
        "let_through" => "Let through",
        "not_posted" => "Not posted",
        "covered" => "Covered pictures",
        "statement" => "Decisions",
        "report" => "Reports",
        "context_given" => "Context",
        "context_shown" => "Your context",
        "staff" => "Messages",
        _ => kind.title,
    }
}
