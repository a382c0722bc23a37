//! How often the guessable and the floodable may be done.

use std::time::Duration;
use web::limits::Limit;

/// Limits on what can be guessed or flooded.
pub struct Limits {
    /// Sign-in tries from one address.
    pub sign_in_address: Limit,
    /// Sign-in tries at one name.
    pub sign_in_name: Limit,
    /// Reset letters asked for from one address.
    pub reset: Limit,
    /// Reset letters to one person.
    pub reset_name: Limit,
    /// Pictures and recordings by one account.
    pub upload: Limit,
    /// Saves by one account.
    pub save: Limit,
    /// Searches from one address.
    pub search: Limit,
    /// Suggestions to one address: one at every key of a quick writer.
    pub suggestions: Limit,
    /// Pictures drawn for one address: a program that shows many links at once is welcome, one that walks through all is not.
    pub social: Limit,
    /// Mentions told by one address, or from pages of one host.
    pub mentions: Limit,
    /// Posts put on a list or taken off it by one account.
    pub saved: Limit,
    /// Notes posted by one account.
    pub note: Limit,
    /// Comments posted by one account: a conversation goes back and forth.
    pub comment: Limit,
    /// Reports, and appeals, by one account.
    pub report: Limit,
    /// Reports by guests from one address.
    pub report_guest: Limit,
    /// Reports by guests from one network.
    pub report_network: Limit,
    /// Reports by guests that leave one e-mail address, of which nobody knows whose it is: each brings two letters.
    pub report_email: Limit,
    /// Reports by guests from one address without a proof of work.
    pub report_plain: Limit,
    /// The same from everywhere.
    pub report_plain_all: Limit,
    /// Small things done to notes by one account: shares, votes, pins.
    pub press: Limit,
    /// People and topics suggested to one account: one at every key of a quick writer.
    pub completions: Limit,
    /// Letters ended from one address.
    pub unsubscribe: Limit,
    /// Messages that one of those who run the site writes to members.
    pub staff_message: Limit,
    /// Streams opened from one address: every page that somebody looks at opens one.
    pub live: Limit,
    /// Files that one account takes of what is its own.
    pub export: Limit,
    /// Words on how long a page was read, from one address.
    pub reading: Limit,
    /// Challenges asked for from one address.
    pub challenge: Limit,
    /// Forms of joining from one address: a class that joins together is let in, with a mistake each.
    pub join: Limit,
    /// Letters to one e-mail address that somebody says is theirs.
    pub join_email: Limit,
    /// People who join from one address without a proof of work.
    pub join_plain: Limit,
    /// The same from everywhere: many robots at many addresses wait together.
    pub join_plain_all: Limit,
    /// Things followed or unfollowed, people muted, blocked, put on lists, by one account.
    pub connect: Limit,
    /// Requests to be friends by one account.
    pub friend_request: Limit,
    /// Searches for people by one account.
    pub find_people: Limit,
    /// Batches of contacts looked up by one account: an address book is one or two, all addresses there are would be many.
    pub contacts: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in_address: Limit::new(20, Duration::from_secs(15)),
            sign_in_name: Limit::new(8, Duration::from_secs(60)),
            reset: Limit::new(5, Duration::from_secs(300)),
            reset_name: Limit::new(3, Duration::from_secs(900)),
            upload: Limit::new(120, Duration::from_secs(3)),
            save: Limit::new(120, Duration::from_millis(500)),
            search: Limit::new(60, Duration::from_secs(1)),
            suggestions: Limit::new(120, Duration::from_millis(200)),
            mentions: Limit::new(60, Duration::from_secs(2)),
            social: Limit::new(60, Duration::from_secs(2)),
            saved: Limit::new(60, Duration::from_secs(1)),
            note: Limit::new(20, Duration::from_secs(30)),
            comment: Limit::new(30, Duration::from_secs(10)),
            report: Limit::new(20, Duration::from_secs(60)),
            report_guest: Limit::new(6, Duration::from_secs(5 * 60)),
            report_network: Limit::new(30, Duration::from_secs(2 * 60)),
            report_email: Limit::new(3, Duration::from_secs(15 * 60)),
            report_plain: Limit::new(3, Duration::from_secs(20 * 60)),
            report_plain_all: Limit::new(30, Duration::from_secs(2 * 60)),
            press: Limit::new(60, Duration::from_secs(1)),
            completions: Limit::new(120, Duration::from_millis(200)),
            unsubscribe: Limit::new(60, Duration::from_secs(1)),
            staff_message: Limit::new(30, Duration::from_secs(60)),
            live: Limit::new(600, Duration::from_millis(50)),
            export: Limit::new(3, Duration::from_secs(10 * 60)),
            reading: Limit::new(120, Duration::from_secs(1)),
            challenge: Limit::new(60, Duration::from_secs(2)),
            join: Limit::new(60, Duration::from_secs(30)),
            join_email: Limit::new(3, Duration::from_secs(900)),
            join_plain: Limit::new(3, Duration::from_secs(20 * 60)),
            join_plain_all: Limit::new(30, Duration::from_secs(120)),
            connect: Limit::new(200, Duration::from_secs(10)),
            friend_request: Limit::new(30, Duration::from_secs(3 * 60)),
            find_people: Limit::new(60, Duration::from_secs(1)),
            contacts: Limit::new(4, Duration::from_secs(60 * 60)),
        }
    }
}
