//! What neighbours think of the demo's stories.

use db::Tx;
use people::AccountId;
use serde::Deserialize;
use std::collections::HashMap;
use talk::{
    PostId, posts,
    reviews::{self, Content, Rating, criteria::CriterionId},
};
use web::Error;

use super::load::{Loading, broken, known, known_number};

/// What somebody thinks of a story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Review {
    /// The story's number.
    pub story: u32,
    pub by: String,
    pub stars: i64,
    /// Stars of the usual criteria in their order; 0 for none.
    #[serde(default)]
    pub rated: Vec<i64>,
    pub recommend: bool,
    pub title: String,
    #[serde(default)]
    pub pros: String,
    #[serde(default)]
    pub cons: String,
    #[serde(default)]
    pub words: String,
    /// Who finds it helpful.
    #[serde(default)]
    pub helpful: Vec<String>,
    /// What the story's first author answers.
    #[serde(default)]
    pub answer: String,
}

impl Review {
    fn content(&self) -> Content {
        let ratings = (1_i64..).zip(&self.rated).filter(|(_, stars)| **stars > 0);
        let body = text::note::clean(&self.words);
        let language = text::language::detect(&format!("{}\n{body}", self.title)).unwrap_or_default().to_owned();
        Content {
            stars: self.stars,
            ratings: ratings.map(|(criterion, stars)| Rating { criterion: CriterionId::new(criterion), stars: *stars }).collect(),
            recommends: self.recommend,
            title: self.title.clone(),
            pros: self.pros.clone(),
            cons: self.cons.clone(),
            body,
            language,
        }
    }
}

/// Writes the reviews, spread over the time since what they are of was there.
pub(super) fn write(
    loading: &Loading,
    tx: &mut Tx,
    people: &HashMap<String, AccountId>,
    stories: &HashMap<u32, PostId>,
) -> Result<(), Error> {
    let all = &loading.content.reviews;
    for (place, review) in all.iter().enumerate() {
        let story = loading.content.stories.iter().find(|story| story.number == review.story);
        let age = story.map(|story| story.head.age_ms()).transpose().map_err(broken)?.unwrap_or(0);
        let of_same = |reviews: &[Review]| reviews.iter().filter(|other| other.story == review.story).count();
        let (before, whole) = (of_same(&all[..place]), of_same(all));
        let step = age / (i64::try_from(whole).unwrap_or(i64::MAX - 1) + 1);
        let now = loading.now - age + step * (i64::try_from(before).unwrap_or(0) + 1);
        let subject = known_number(stories, review.story)?;
        let (id, _) = reviews::put(tx, known(people, &review.by)?, subject, &review.content(), None, now)?;
        let later = now + step / 2;
        for who in &review.helpful {
            reviews::set_helpful(tx, known(people, who)?, id, true, later)?;
        }
        if let Some(author) = posts::authors_of(tx, subject)?.first().filter(|_| !review.answer.is_empty()) {
            reviews::answer(tx, id, author.id, &review.answer, later)?;
        }
    }
    Ok(())
}
