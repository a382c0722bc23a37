//! Addresses of uploads.

use std::fs::File;

use axum::{
    Json, Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::json;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use web::{Error, Form, Result, see_other};

use super::{
    Taken, form, intake, store,
    upload::{Declared, Family, MAX_PART, Upload, UploadId},
};
use crate::{AccountId, Caller, Permission, Town, Viewer, pictures, recordings};

/// Files of one form: a day's pictures.
const MAX_FILES: usize = 100;
const OFFSET: &str = "upload-offset";

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/uploads", post(create))
        .route("/pictures", post(create))
        .route("/uploads/{id}", get(show).patch(append).delete(remove))
        // Each of them counts for itself what it reads.
        .layer(DefaultBodyLimit::disable())
}

/// What a viewer may upload: whoever writes stories everything, whoever posts in the town square pictures.
///
/// # Errors
/// For all others; in words that say why.
pub fn allowed(viewer: &Viewer) -> Result<(AccountId, &'static [Family])> {
    if viewer.may(Permission::WriteStories) {
        return Ok((viewer.must_be_member()?.id, &Family::ALL));
    }
    let posts = if viewer.may(Permission::WriteNotes) { Permission::WriteNotes } else { Permission::WriteComments };
    Ok((viewer.must(posts)?.id, &[Family::Picture]))
}

/// Whoever may upload, and what; asked before anything is read.
async fn uploader(town: &Town, caller: &Caller) -> Result<(AccountId, &'static [Family])> {
    Ok(town.read(caller, |_, viewer| allowed(viewer)).await?.1)
}

async fn create(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let (owner, takes) = uploader(&town, &caller).await?;
    let headers = request.headers();
    let is = |name: header::HeaderName, kind: &str| headers.get(name).is_some_and(|value| value.as_bytes().starts_with(kind.as_bytes()));
    if is(header::CONTENT_TYPE, "application/json") {
        return begin(&town, owner, takes, request).await;
    }
    let script = is(header::ACCEPT, "application/json");
    if !is(header::CONTENT_TYPE, "multipart/form-data") {
        return Err(Error::invalid("file", "Choose a picture first."));
    }
    let (Several { taken, refused, next }, _) = with_words(&town, owner, takes, request, MAX_FILES).await?;
    if taken.is_empty() && refused.is_empty() {
        return Err(Error::invalid("file", "Choose a picture first."));
    }
    match (taken.as_slice(), refused.as_slice()) {
        ([one], []) if script => Ok(Json(one.answer()).into_response()),
        ([one], []) => Ok(see_other(next.as_deref().unwrap_or(&one.address()))),
        ([], [(_, words)]) => Err(Error::invalid("file", words)),
        (_, []) if !script => Ok(see_other(next.as_deref().unwrap_or("/"))),
        _ if script => {
            let refused = refused.iter().map(|(name, words)| json!({ "name": name, "error": words }));
            Ok(Json(taken.iter().map(Taken::answer).chain(refused).collect::<Vec<_>>()).into_response())
        }
        _ => Err(Error::invalid("file", not_all(taken.len(), &refused))),
    }
}

fn not_all(here: usize, refused: &[(String, String)]) -> String {
    let why: Vec<String> = refused.iter().map(|(name, words)| format!("“{name}”: {words}")).collect();
    format!("{here} of {} files are here. Not taken: {}", here + refused.len(), why.join(" "))
}

/// What became of the files of one form.
#[derive(Debug)]
pub struct Several {
    /// Those that are here now.
    pub taken: Vec<Taken>,
    /// Names of the others, and words that say what is wrong with each and what to do.
    pub refused: Vec<(String, String)>,
    /// The path of this site to be led to, if the form named one.
    pub next: Option<String>,
}

/// Takes in the files of a form, at most so many. For rooms that have an upload form of their own: they ask whether `owner` may
/// upload before they come here, and lift the limit of the request's size.
///
/// # Errors
/// When no file was chosen, when there are too many or they are too large together, or when the form breaks off.
pub async fn receive(town: &Town, owner: AccountId, request: Request, most: usize) -> Result<Several> {
    let (several, _) = with_words(town, owner, &Family::ALL, request, most).await?;
    if several.taken.is_empty() && several.refused.is_empty() {
        return Err(Error::invalid("file", "Choose a picture first."));
    }
    Ok(several)
}

/// The same for a form that is more than its files, which are none of these families or stay outside: what else was written in it comes
/// with them. None need be chosen.
///
/// # Errors
/// When there are too many files or they are too large together, when there is too much text, or when the form breaks off.
pub async fn with_words(town: &Town, owner: AccountId, takes: &'static [Family], request: Request, most: usize) -> Result<(Several, Form)> {
    let request = form::refuse_by_length(request)?;
    let form::Received { files, refused, keys, next, words } = form::receive(town, request, most).await?;
    let one = |file: form::Arrived| async move { (file.name.clone(), take(town, owner, takes, &file).await) };
    // Two at a time: more would keep others from the threads that decode.
    let outcomes: Vec<_> = futures_util::stream::iter(files).map(one).buffered(2).collect().await;
    let mut several = Several { taken: came_before(town, owner, keys).await?, refused, next };
    for (name, outcome) in outcomes {
        match outcome {
            Ok(taken) => several.taken.push(taken),
            Err(words) => several.refused.push((name, words)),
        }
    }
    Ok((several, Form::from_pairs(words)))
}

/// What somebody sent in parts: the form only names it.
async fn came_before(town: &Town, owner: AccountId, keys: Vec<String>) -> Result<Vec<Taken>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let unit = move |tx: &mut db::Tx| {
        let mut own = Vec::new();
        for key in &keys {
            if store::brought(tx, key, owner)? {
                own.push(key.clone());
            }
        }
        Ok::<_, db::Error>(own)
    };
    let own = town.db.read(unit).await?;
    let mut taken = Vec::with_capacity(own.len());
    for key in own {
        taken.push(self::taken(town, key).await?);
    }
    Ok(taken)
}

async fn take(town: &Town, owner: AccountId, takes: &[Family], file: &form::Arrived) -> Result<Taken, String> {
    town.limits.upload.by(&owner.get()).map_err(|error| error.words())?;
    intake::take(town, owner, takes, &file.path, &file.name).await
}

async fn begin(town: &Town, owner: AccountId, takes: &[Family], request: Request) -> Result {
    let request = request.map(|body| Body::new(http_body_util::Limited::new(body, 16 << 10)));
    let declared: Json<Declared> =
        Json::from_request(request, town).await.map_err(|_| Error::Malformed("Say the file’s name, size and type as JSON.".into()))?;
    declared.check(takes)?;
    super::must_fit(town, owner, declared.size).await?;
    town.limits.upload.by(&owner.get())?;
    let name: String = text::clean_line(&declared.name).chars().take(pictures::MAX_NAME).collect();
    let upload = Upload { id: UploadId::fresh(), owner, name, size: declared.size, key: None };
    form::scratch(town).await?;
    tokio::fs::File::create_new(upload.path(town)).await.map_err(|error| form::failed(&error))?;
    let (noted, now) = (upload.clone(), town.now());
    if !town.db.write(move |tx| store::begin(tx, &noted, now)).await? {
        let _ = tokio::fs::remove_file(upload.path(town)).await;
        return Err(Error::TooMany { seconds: 600 });
    }
    let place = format!("/uploads/{}", upload.id);
    let head = [("location", place.clone()), ("upload-limit", format!("max-append-size={MAX_PART}")), (OFFSET, "0".into())];
    let told = json!({ "id": upload.id, "url": place, "offset": 0, "size": upload.size, "chunk": MAX_PART });
    Ok((StatusCode::CREATED, head, Json(told)).into_response())
}

async fn find(town: &Town, caller: &Caller, id: UploadId) -> Result<(Upload, &'static [Family])> {
    let (_, found) = town
        .read(caller, move |tx, viewer| {
            let (me, takes) = allowed(viewer)?;
            Ok((store::of(tx, id, me)?.ok_or(Error::NotFound)?, takes))
        })
        .await?;
    Ok(found)
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<UploadId>) -> Result {
    let (upload, _) = find(&town, &caller, id).await?;
    if let Some(key) = upload.key.clone() {
        let taken = taken(&town, key).await?;
        return Ok(placed(Json(taken.answer()).into_response(), upload.size, &upload));
    }
    let offset = tokio::fs::metadata(upload.path(&town)).await.map_or(0, |about| about.len());
    let told = json!({ "id": upload.id, "offset": offset, "size": upload.size, "chunk": MAX_PART });
    Ok(placed(Json(told).into_response(), offset, &upload))
}

/// What was made of an upload that is complete.
async fn taken(town: &Town, key: String) -> Result<Taken> {
    let found = town
        .db
        .read(move |tx| -> Result<_, db::Error> {
            Ok(match recordings::is_key(&key) {
                true => recordings::find(tx, &key)?.map(Taken::Recording),
                false => pictures::find(tx, &key)?.map(Taken::Picture),
            })
        })
        .await?;
    found.ok_or(Error::Gone)
}

/// Says how far an upload is.
fn placed(mut response: Response, offset: u64, upload: &Upload) -> Response {
    let head = response.headers_mut();
    head.insert(OFFSET, offset.into());
    head.insert("upload-length", upload.size.into());
    head.insert("upload-complete", HeaderValue::from_static(if upload.key.is_some() { "?1" } else { "?0" }));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn append(State(town): State<Town>, caller: Caller, Path(id): Path<UploadId>, headers: HeaderMap, body: Body) -> Result {
    let (mut upload, takes) = find(&town, &caller, id).await?;
    if upload.key.is_some() {
        return Ok(placed(Error::Conflict("This upload is complete already.".into()).into_response(), upload.size, &upload));
    }
    let offset = headers.get(OFFSET).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let offset = offset.ok_or_else(|| Error::Malformed("Say in Upload-Offset where this part begins.".into()))?;
    let path = upload.path(&town);
    // One part at a time, also of two programs: whoever holds the file's lock writes.
    let opened = tokio::task::spawn_blocking(move || {
        let file = File::options().write(true).open(path)?;
        file.try_lock().map_err(std::io::Error::from)?;
        let there = file.metadata()?.len();
        Ok::<_, std::io::Error>((file, there))
    });
    let (file, there) = match opened.await.map_err(Error::broken)? {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::Gone),
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Err(Error::Busy),
        Err(error) => return Err(form::failed(&error)),
    };
    if there != offset {
        let words = "This part does not begin where the upload stopped. Go on from Upload-Offset.";
        return Ok(placed(Error::Conflict(words.into()).into_response(), there, &upload));
    }
    let mut file = tokio::fs::File::from_std(file);
    let there = write(&mut file, body, there, upload.size).await?;
    if there < upload.size {
        return Ok(placed(StatusCode::NO_CONTENT.into_response(), there, &upload));
    }
    let taken = finish(&town, &upload, takes).await;
    drop(file);
    let taken = taken?;
    upload.key = Some(taken.key().to_owned());
    Ok(placed(Json(taken.answer()).into_response(), upload.size, &upload))
}

/// Writes what comes, also the beginning of a part that breaks off: that is what may be gone on from.
async fn write(file: &mut tokio::fs::File, body: Body, there: u64, size: u64) -> Result<u64> {
    file.seek(std::io::SeekFrom::Start(there)).await.map_err(|error| form::failed(&error))?;
    let (mut body, mut written) = (body.into_data_stream(), 0_u64);
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| Error::Malformed("The part broke off on its way. Go on from Upload-Offset.".into()))?;
        written += part.len() as u64;
        if written > MAX_PART {
            return Err(Error::TooLarge(format!("A part may be at most {MAX_PART} bytes.").into()));
        }
        if there + written > size {
            return Err(Error::TooLarge("This is more than the size that was declared.".into()));
        }
        file.write_all(&part).await.map_err(|error| form::failed(&error))?;
        file.flush().await.map_err(|error| form::failed(&error))?;
    }
    Ok(there + written)
}

/// All is there. Whatever becomes of it, its bytes are not needed any more.
async fn finish(town: &Town, upload: &Upload, takes: &[Family]) -> Result<Taken> {
    let path = upload.path(town);
    let taken = intake::take(town, upload.owner, takes, &path, &upload.name).await;
    let _ = tokio::fs::remove_file(&path).await;
    let id = upload.id;
    match taken {
        Ok(taken) => {
            let key = taken.key().to_owned();
            town.db.write(move |tx| store::finish(tx, id, &key)).await?;
            Ok(taken)
        }
        Err(words) => {
            town.db.write(move |tx| store::forget(tx, id)).await?;
            Err(Error::invalid("file", words))
        }
    }
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<UploadId>) -> Result {
    let (upload, _) = find(&town, &caller, id).await?;
    let _ = tokio::fs::remove_file(upload.path(&town)).await;
    town.db.write(move |tx| store::forget(tx, id)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
