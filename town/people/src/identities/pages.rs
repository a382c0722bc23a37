//! Pages of identities.

use axum::response::Response;
use http::StatusCode;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use url::form_urlencoded::byte_serialize;
use web::{Frame, Page, html_with};

use super::{Identity, Provider, Providers};

/// Links to every provider, for the form of signing in (`next` is where it leads then) and the form of joining
/// (`invitation` is the one they hold).
pub fn links(providers: &Providers, verb: &str, next: &str, invitation: Option<&str>) -> Markup {
    let query = |name: &str, value: &str| format!("{name}={}", byte_serialize(value.as_bytes()).collect::<String>());
    let asked = match (next, invitation) {
        (_, Some(invitation)) => format!("?{}", query("invitation", invitation)),
        ("" | "/", None) => String::new(),
        (next, None) => format!("?{}", query("next", next)),
    };
    html! {
        @if !providers.is_empty() {
            ul.providers aria-label="With an account elsewhere" {
                @for provider in providers.iter() {
                    // Turbo would follow the way to another site by a script, which no site allows.
                    li { a.button href={ "/sign-in/with/" (provider.name) (asked) } data-turbo="false" { (verb) " with " (provider.title) } }
                }
            }
        }
    }
}

/// Why nothing came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// This browser was not sent, or too long ago, or came back twice.
    Lost,
    /// They changed their mind at the provider.
    Stopped,
    /// The provider does not answer, or not as it should.
    Unanswered,
    /// It is connected to this account already.
    Connected,
    /// It is connected to somebody else's account.
    Taken,
    /// Somebody has the address, so it is theirs to connect.
    Known,
    /// The account is suspended.
    Suspended,
    /// Nobody joins this site by themselves.
    Closed,
    /// Nobody joins without an invitation.
    ByInvitation,
}

impl Refused {
    fn status(self) -> StatusCode {
        match self {
            Self::Lost => StatusCode::GONE,
            Self::Unanswered => StatusCode::BAD_GATEWAY,
            Self::Connected | Self::Taken | Self::Known => StatusCode::CONFLICT,
            Self::Stopped | Self::Suspended | Self::Closed | Self::ByInvitation => StatusCode::FORBIDDEN,
        }
    }

    fn words(self, provider: &str, site: &str) -> (&'static str, String) {
        match self {
            Self::Lost => ("That took too long", "The way there and back was not finished in this browser within ten minutes, or was gone twice. Nothing happened: start again.".into()),
            Self::Stopped => ("You stopped", format!("{provider} says that you changed your mind. Nothing happened.")),
            Self::Unanswered => (
                "That did not work",
                format!("{provider} did not answer as it should. Try again in a while, or sign in another way. It has been written down for the people who run this site."),
            ),
            Self::Connected => ("You are connected already", format!("This account at {provider} signs you in already.")),
            Self::Taken => (
                "Connected to another account",
                format!("This account at {provider} signs in to another account here. Sign in with it and disconnect it there first."),
            ),
            Self::Known => (
                "You have an account here",
                format!("There is an account here with the address that {provider} knows. Sign in to it as you did before; under Settings you can then connect {provider}."),
            ),
            Self::Suspended => ("This account is suspended", "The people who run this site have shut it out. If you think they are mistaken, write to them.".into()),
            Self::Closed => (
                "Not open for joining",
                format!("No account here is connected with you at {provider}, and the people who run {site} make its accounts themselves. Do you have one? Sign in to it, and connect {provider} under Settings."),
            ),
            Self::ByInvitation => (
                "Joining is by invitation",
                format!("No account here is connected with you at {provider}. To join {site} you need a link from somebody who is here. Do you have an account? Sign in to it, and connect {provider} under Settings."),
            ),
        }
    }
}

/// Says why nothing came of it, and what to do.
pub(super) fn refused(frame: &Frame, provider: &Provider, why: &Refused) -> Response {
    let (title, words) = why.words(&provider.title, &frame.site.name);
    let body = html! {
        div.page { div.narrow {
            h1 { (title) }
            p { (words) }
            p.actions {
                @if frame.person.is_some() { a.button.primary href="/settings/identities" { "Back to the settings" } }
                @else { a.button.primary href="/sign-in" { "To sign-in" } a.button href="/" { "To the front page" } }
            }
        } }
    };
    html_with(why.status(), Page::new(title).private().draw(frame, &body))
}

/// One's own identities, and the providers that can be connected.
pub(super) fn list(frame: &Frame, own: &[Identity], providers: &Providers, (now, zone): (i64, &TimeZone)) -> Markup {
    let left: Vec<&Provider> = providers.iter().filter(|provider| !own.iter().any(|identity| identity.issuer == provider.issuer)).collect();
    let body = html! {
        div.page { div.narrow {
            h1 { "Accounts elsewhere" }
            p.standfirst { "Sign in here with an account that you have somewhere else. They learn that you were here, and when; we learn your name and address there." }
            @if own.is_empty() { p.meta { "None is connected." } }
            ul.list {
                @for identity in own {
                    li.identity {
                        p { strong { (providers.title_of(&identity.issuer)) } " " bdi { (identity.label) } }
                        p.meta {
                            "Connected " (text::times::markup(identity.created_at, now, zone))
                            @if let Some(at) = identity.used_at { " · last used " (text::times::markup(at, now, zone)) }
                        }
                        form method="post" action={ "/settings/identities/" (identity.id) "/removal" }
                            data-confirm="Disconnect it? It will no longer sign you in, and you will be signed out everywhere else." data-confirm-yes="Disconnect" {
                            button.button.quiet { "Disconnect" span.visually-hidden { " " (providers.title_of(&identity.issuer)) } }
                        }
                    }
                }
            }
            @if !left.is_empty() {
                section.form-part {
                    h2 { "Connect" }
                    ul.providers {
                        @for provider in left { li { a.button href={ "/settings/identities/new/" (provider.name) } data-turbo="false" { "Connect " (provider.title) } } }
                    }
                }
            }
            p.actions { a href="/settings" { "Back to the settings" } }
        } }
    };
    Page::new("Accounts elsewhere").private().current("/settings").draw(frame, &body)
}
