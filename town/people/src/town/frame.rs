//! What surrounds a page, for this viewer: menu, footer, the word on what was just done.

use web::{
    kit::Size,
    layout::{Link, Person},
};

use crate::{
    Permission, accounts,
    joining::Mode,
    viewer::{Me, Viewer},
};

pub(super) fn footer(joining: Mode) -> Vec<(String, Vec<Link>)> {
    let mut lists = vec![
        (
            "Read".into(),
            vec![
                Link::new("/", "Front page"),
                Link::new("/sections", "All sections"),
                Link::new("/archive", "Archive"),
                Link::new("/albums", "Albums"),
                Link::new("/feed.rss", "RSS"),
                Link::new("/help", "Help and safety"),
            ],
        ),
        (
            "Newsroom".into(),
            vec![Link::new("/authors", "Authors"), Link::new("/corrections", "Corrections"), Link::new("/moderation", "Moderation")],
        ),
    ];
    if joining == Mode::Closed {
        lists.push(("Staff".into(), vec![Link::new("/sign-in", "Sign in").for_guests(), Link::new("/write", "Write")]));
        return lists;
    }
    let mut members = vec![
        Link::new("/sign-in", "Sign in").for_guests(),
        Link::new("/organizations", "Organizations"),
        Link::new("/rules", "House rules"),
    ];
    if joining.offers() {
        members.insert(0, Link::new("/join", "Join").for_guests());
    }
    lists.push(("Members".into(), members));
    lists
}

/// What somebody reads on every page while it holds.
pub(super) fn standing_word(viewer: &Viewer) -> Option<&'static str> {
    let locked = viewer.me.as_ref().is_some_and(|me| me.locked);
    locked.then_some("Your account is locked: your friends alone see you. “Settings” leads to lifting the lock.")
}

pub(super) fn person(me: &Me, viewer: &Viewer) -> Person {
    let avatar = accounts::avatar(&me.name, me.picture.as_deref(), Size::Medium);
    let only = |address: &str, words: &str| Person {
        name: me.name.clone(),
        avatar: avatar.clone(),
        menu: vec![Link::new(address, words)],
        writes: false,
        waiting: 0,
        unread: None,
    };
    match me.standing {
        accounts::Standing::Unconfirmed => return only("/join/confirmation", "Confirm your address"),
        accounts::Standing::Waiting => return only("/join/confirmation", "How far you are"),
        accounts::Standing::Leaving | accounts::Standing::Gone => return only("/settings/departure", "Stay after all"),
        accounts::Standing::Member => {}
    }
    let desk = [
        Permission::EditStories,
        Permission::EditSections,
        Permission::ArrangeFront,
        Permission::WelcomePeople,
        Permission::GiveBadges,
        Permission::Moderate,
        Permission::ManagePeople,
        Permission::ManageSite,
    ];
    let mut menu =
        vec![Link::new("/saved", "Saved"), Link::new(format!("/@{}", me.handle), "Your page"), Link::new("/settings", "Settings")];
    menu.insert(0, Link::new("/organizations", "Organizations"));
    if me.held > 0 {
        menu.insert(0, Link::new("/waiting", format!("Waiting to be read ({})", me.held)));
    }
    menu.insert(0, Link::new("/notifications", "Notifications"));
    menu.insert(0, Link::new("/connections", connections(me)));
    menu.insert(0, Link::new("/square", "The square"));
    if desk.into_iter().any(|permission| viewer.may(permission)) {
        menu.insert(0, Link::new("/admin", "The desk"));
    }
    let writes = viewer.may(Permission::WriteStories);
    if writes {
        menu.insert(0, Link::new("/library", "Library"));
        menu.insert(0, Link::new("/write", "Your stories"));
    }
    Person { name: me.name.clone(), avatar, menu, writes, waiting: me.waiting, unread: Some(me.unread) }
}

/// What leads to connections says how many people wait for an answer.
fn connections(me: &Me) -> String {
    match me.waiting {
        0 => "Connections".into(),
        waiting => format!("Connections ({})", text::count(waiting, "request", "requests")),
    }
}

/// What the last form did. A fixed list, so that a link cannot put words into the site's mouth.
pub fn done_in_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "saved" => "Saved.",
        "kept" => "On your list. “Saved” in your menu leads to it.",
        "taken-off" => "Taken off your list.",
        "published" => "Published.",
        "updated" => "The story has been updated.",
        "corrected" => "The correction stands on the story and on the corrections page.",
        "scheduled" => "Scheduled. It will be published by itself.",
        "unpublished" => "Taken off the site. Readers no longer see it.",
        "submitted" => "Handed to the editors.",
        "returned" => "Given back to its author.",
        "removed" => "Deleted. It can be restored for 30 days.",
        "restored" => "Restored.",
        "uploaded" => "Uploaded. Say of each what it shows: open it and fill in its words.",
        "taken-out" => "Taken out of the library. Under “Deleted” it can be put back.",
        "posted" => "Posted.",
        "commented" => "Your comment is posted.",
        "waits" => "Thank you. It waits to be read by a moderator; only you see it until then.",
        "taken-back" => "Taken back. Nobody has seen it.",
        "let-through" => "It has appeared.",
        "reviewed" => "Your review is posted.",
        "review-waits" => "Thank you. Your review appears as soon as somebody has looked at it.",
        "answered" => "Your answer is posted.",
        "context-added" => "Added. Other members say whether it helps.",
        "context-rated" => "Thank you. Your rating is counted.",
        "describe" => "Posted. Please say what your pictures show, for those who cannot see them.",
        "pinned" => "Pinned to the top of your posts.",
        "unpinned" => "No longer pinned.",
        "shared" => "Shared. It stands among your posts.",
        "unshared" => "No longer shared.",
        "voted" => "Your vote is counted.",
        "drafted" => "Kept as a draft.",
        "discarded" => "The draft is deleted.",
        "password" => "Your new password is set.",
        "handle" => "This is your handle now. The one before leads to your page for 30 days.",
        "address" => "Your mail goes to the new address now. The old one was told.",
        "address-asked" => "A letter is on its way to the new address. Open the link in it, and it is yours.",
        "reported" => "Thank you. The moderators look at it, and you hear what they decide.",
        "appealed" => "Your appeal is with the moderators. You hear what they decide.",
        "decided" => "Decided. Whoever it concerns is told.",
        "undone" => "Taken back. Everything is as it was before.",
        "stayed" => "Good to have you still. Nothing of yours was touched.",
        "two-step-off" => "Two-step sign-in is off. Your password alone lets you in again.",
        "passkey-added" => "Your passkey is ready. Next time it signs you in.",
        "passkey-removed" => "Removed. That passkey no longer signs you in.",
        "connected" => "Connected. From now on it signs you in, too.",
        "disconnected" => "Disconnected. It no longer signs you in.",
        "locked" => "Locked. Every other device is signed out, and your friends alone see you.",
        "unlocked" => "The lock is lifted. Everybody sees you again as before.",
        "account-locked" => "This account is locked. Only a link in a letter opens it.",
        "covered" => "Covered. Whoever wants to see it opens it.",
        "uncovered" => "No longer covered.",
        "signed-out" => "Signed out on every other device.",
        "settled-in" => "Settled in. What you follow stands here.",
        "welcome" => "You are one of us now. Welcome.",
        "sent" => "A letter is on its way. Look into your mail in a minute.",
        "admitted" => "Let in. A letter tells them.",
        "refused" => "Refused. A letter tells them.",
        "withdrawn" => "Withdrawn. Nobody can join by it any more.",
        "followed" => "You follow this now. What is new stands on your square.",
        "unfollowed" => "You no longer follow this.",
        "follower-removed" => "They no longer follow you.",
        "asked" => "Asked. You are friends as soon as they agree.",
        "asked-back" => "Taken back.",
        "friends" => "You are friends now, and follow each other.",
        "request-refused" => "Refused. They are not told.",
        "unfriended" => "You are no longer friends.",
        "blocked" => "Blocked. Neither of you sees the other any more.",
        "unblocked" => "The block is lifted. What it ended stays ended.",
        "muted" => "Muted. What they write stays off your square.",
        "unmuted" => "No longer muted.",
        "listed" => "Your lists are saved.",
        "founded" => "Founded. Say more about it, give it a picture, and invite others to run it with you.",
        "invited-to-run" => "Invited. They have the role as soon as they accept it.",
        "role-changed" => "Changed. They are told.",
        "joined-organization" => "You run it together now. Under “Post as” you write in its name.",
        "left-organization" => "You no longer run it.",
        "organization-closed" => "Closed. For two weeks an owner can open it again.",
        "organization-opened" => "Open again. Nothing of it was touched.",
        "list-made" => "The list is made. Put people on it.",
        "list-removed" => "The list is deleted. Whoever was on it is not told.",
        "dismissed" => "We will not suggest that again.",
        "device-on" => "This browser shows you messages now.",
        "device-off" => "That browser shows no more messages.",
        "message-sent" => "Sent. It stands among their notifications.",
        "invited" => "The account is ready. A link to choose a password is on its way.",
        _ => return None,
    })
}
