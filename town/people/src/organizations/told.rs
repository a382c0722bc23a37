//! What members are told of organizations.

use crate::notices::{Email, Kind, Ways};

/// Somebody was invited to run one.
pub const INVITED: Kind = Kind {
    name: "organization_invited",
    title: "You are invited to run an organization’s page",
    icon: "building-2",
    one: "invites you to run its page",
    many: "invite you to run their pages",
    usual: Ways::with(Email::Once),
};
/// Somebody's role changed.
pub const ROLE: Kind = Kind {
    name: "organization_role",
    title: "Your role in an organization changes",
    icon: "building-2",
    one: "changed your role",
    many: "changed your role",
    usual: Ways::with(Email::Daily),
};
