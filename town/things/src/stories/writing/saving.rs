//! From the form to the working copy.

use axum::extract::{FromRequest as _, Request};
use db::Tx;
use jiff::tz::TimeZone;
use people::{AccountId, Caller, Me, Permission, Town, Viewer, accounts, levels::Levels, pictures};
use std::sync::Arc;
use talk::PostId;
use web::{Error, Form, Problems};

use crate::{
    sections,
    stories::{self, Access, Content, Draft, DraftState, Saved, content::coauthor_handles, draft, lifecycle},
};

/// What rules of the town a unit of work needs to know. Cheap to clone.
#[derive(Clone)]
pub(super) struct Rules {
    pub zone: TimeZone,
    pub levels: Arc<Levels>,
    pub review_required: bool,
    pub now: i64,
}

impl Rules {
    pub fn of(town: &Town) -> Self {
        Self { zone: town.zone(), levels: town.levels(), review_required: town.site().review_required, now: town.now() }
    }

    /// The viewer, and what they may do with this story. A removed story can only be restored.
    pub fn admit<'v>(&self, tx: &mut Tx, viewer: &'v Viewer, story: PostId) -> Result<(&'v Me, Access), Error> {
        let access = stories::access(tx, viewer, story, self.review_required)?;
        if access.removed {
            return Err(Error::Conflict("This story has been deleted. Restore it first: it stands at the end of your stories.".into()));
        }
        Ok((viewer.must_be_member()?, access))
    }
}

/// The words of what is scheduled are changed only by those who may publish: nobody reads them again before they appear.
pub(super) fn must_change_words(current: &Draft, access: Access) -> Result<(), Error> {
    if current.state == DraftState::Scheduled && !access.publish {
        let words = "An editor has scheduled this story. Ask for it to be given back to you before you change it.";
        return Err(Error::Forbidden(words.into()));
    }
    Ok(())
}

/// A form on its way into a unit of work, which may run more than once.
#[derive(Clone)]
pub(super) struct Sent {
    pub form: Arc<Form>,
    /// Key of the picture that came with it.
    uploaded: Option<String>,
    problems: Problems,
}

impl Sent {
    /// Takes in a form for a story: whether its sender may write there and has not sent too many, and its picture.
    pub async fn receive(town: &Town, caller: &Caller, story: PostId, request: Request) -> Result<Self, Error> {
        let rules = Rules::of(town);
        let (viewer, ()) = town.read(caller, move |tx, viewer| rules.admit(tx, viewer, story).map(|_| ())).await?;
        let me = viewer.must_be_member()?.id;
        town.limits.save.by(&me.get())?;
        // Read only now: nobody else gets to send megabytes.
        let form = Form::from_request(request, town).await?;
        let mut sent = Self { form: Arc::new(form), uploaded: None, problems: Problems::default() };
        if let Some(file) = sent.form.file("picture") {
            match pictures::accept(town, me, file.bytes.clone()).await {
                Ok(picture) => sent.uploaded = Some(picture.key),
                Err(words) => sent.problems.add("picture", words),
            }
        }
        Ok(sent)
    }

    /// Whether the story's fields are in it, and not only a button.
    pub fn has_story(&self) -> bool {
        self.form.get("headline").is_some()
    }

    /// The version it was made from.
    pub fn base(&self) -> i64 {
        self.form.number("base").unwrap_or(0)
    }

    /// What it says the story is to be.
    pub fn content(&self, tx: &mut Tx, rules: &Rules, kept: &[AccountId]) -> Result<Content, Error> {
        let mut problems = self.problems.clone();
        let content = read(tx, &self.form, self.uploaded.as_deref(), rules, kept, &mut problems)?;
        Ok(problems.or(content)?)
    }

    /// Saves the working copy of a story.
    pub fn save(&self, tx: &mut Tx, viewer: &Viewer, story: PostId, rules: &Rules) -> Result<Saved, Error> {
        let (me, access) = rules.admit(tx, viewer, story)?;
        let current = draft::open(tx, story)?;
        must_change_words(&current, access)?;
        let content = self.content(tx, rules, &current.content.coauthors)?;
        lifecycle::save_over(tx, current, self.base(), &content, me.id, rules.now)
    }
}

/// Reads the form and asks the database about what it names.
pub(super) fn read(
    tx: &mut Tx,
    form: &Form,
    uploaded: Option<&str>,
    rules: &Rules,
    kept: &[AccountId],
    problems: &mut Problems,
) -> Result<Content, Error> {
    let mut content = Content::parse(form, uploaded, &rules.zone, problems);
    content.coauthors = coauthors(tx, form.text("coauthors"), rules, kept, problems)?;
    if let Some(section) = content.section
        && !sections::exists(tx, section)?
    {
        problems.add("section", "That section does not exist. Choose another.");
    }
    if let Some(picture) = &content.picture
        && pictures::find(tx, &picture.key)?.is_none()
    {
        problems.add("picture", "That picture is not here any more. Choose it again.");
    }
    Ok(content)
}

/// Those who may write here; those who were co-authors before (`kept`) stay so whatever their level is now.
fn coauthors(tx: &mut Tx, typed: &str, rules: &Rules, kept: &[AccountId], problems: &mut Problems) -> Result<Vec<AccountId>, Error> {
    let handles = coauthor_handles(typed, problems);
    let mut coauthors = Vec::with_capacity(handles.len());
    for found in accounts::by_handles(tx, &handles)? {
        match found {
            Ok(account) => {
                let writes = account.suspended_at.is_none() && rules.levels.permissions(&account.level).has(Permission::WriteStories);
                if !writes && !kept.contains(&account.id) {
                    problems.add("coauthors", format!("@{} may not write here, so cannot be a co-author.", account.handle));
                } else if !coauthors.contains(&account.id) {
                    coauthors.push(account.id);
                }
            }
            Err(handle) => problems.add("coauthors", format!("There is no account @{handle}. Check how it is written.")),
        }
    }
    Ok(coauthors)
}
