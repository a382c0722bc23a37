//! Who may join by themselves. The administrators choose.

/// The ways of joining that a site can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everybody, as soon as their e-mail address is proved.
    Open,
    /// Everybody may ask; somebody of the site lets them in.
    Approval,
    /// Whoever was sent an invitation.
    Invitation,
    /// Nobody: the desk makes every account.
    Closed,
}

impl Mode {
    /// All of them, the widest first.
    pub const ALL: [Self; 4] = [Self::Open, Self::Approval, Self::Invitation, Self::Closed];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approval => "approval",
            Self::Invitation => "invitation",
            Self::Closed => "closed",
        }
    }

    /// By its name. What this program does not know is closed.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|mode| mode.name() == name).unwrap_or(Self::Closed)
    }

    /// What it means, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Everybody with an e-mail address",
            Self::Approval => "Everybody may ask, and we let them in",
            Self::Invitation => "Only by invitation",
            Self::Closed => "Nobody: accounts are made on the desk",
        }
    }

    /// Names and words of all, for a choice in a form.
    pub fn choices() -> impl Iterator<Item = (String, String)> {
        Self::ALL.into_iter().map(|mode| (mode.name().to_owned(), mode.words().to_owned()))
    }

    /// Whether guests are asked to join.
    pub fn offers(self) -> bool {
        matches!(self, Self::Open | Self::Approval)
    }
}
