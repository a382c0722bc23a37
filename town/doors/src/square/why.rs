//! Why something is in a feed: the names of whose shelves brought it.

use db::Tx;
use std::collections::{HashMap, HashSet};
use talk::{
    places,
    topics::{Topic, TopicId},
};

use super::{
    fan::Place,
    kinds::{Name, Shown},
};

/// The names of all that brought these places into a feed. Most come with what is shown; the database is asked for the rest.
pub(super) fn names<'a>(tx: &mut Tx, shown: impl Iterator<Item = (&'a Place, &'a Shown)> + Clone) -> Result<HashMap<i64, Name>, db::Error> {
    let wanted: HashSet<i64> = shown.clone().flat_map(|(place, _)| place.via).filter(|owner| *owner != 0).collect();
    let known = shown.flat_map(|(_, shown)| &shown.names).filter(|(owner, _)| wanted.contains(owner));
    let mut names: HashMap<i64, Name> = known.cloned().collect();
    let mut unknown: Vec<i64> = wanted.into_iter().filter(|owner| !names.contains_key(owner)).collect();
    unknown.sort_unstable();
    names.extend(of(tx, &unknown)?);
    Ok(names)
}

/// What the owners of these shelves are called.
pub(crate) fn of(tx: &mut Tx, owners: &[i64]) -> Result<HashMap<i64, Name>, db::Error> {
    if owners.is_empty() {
        return Ok(HashMap::new());
    }
    let among = db::places(1, owners.len());
    let sql = format!(
        "select id, 1, name, slug from sections where id in ({among})
         union all select id, 2, name, key from topics where id in ({among})
         union all select id, 3, name, key from places where id in ({among})
         union all select id, case when kind = 'organization' then 5 else 4 end, name, handle from accounts where id in ({among})"
    );
    let found = tx.all(&sql, &db::padded(owners), |row| {
        let (id, kind, name, key): (i64, i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((
            id,
            match kind {
                1 => Name { words: name, address: format!("/sections/{key}") },
                2 => {
                    let topic = Topic { id: TopicId::new(id), name, key };
                    Name { words: format!("#{}", topic.name), address: topic.address() }
                }
                // Whoever follows a person is not told what a person is.
                5 => Name { words: format!("the organization {name}"), address: format!("/@{key}") },
                3 => Name { words: name, address: places::address(&key) },
                _ => Name { words: name, address: format!("/@{key}") },
            },
        ))
    })?;
    Ok(found.into_iter().collect())
}
