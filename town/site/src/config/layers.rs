//! The layers of configuration laid over each other, each value knowing where it came from.

use figment::{
    Figment, Metadata, Profile, Provider, Source,
    providers::{Format as _, Toml},
    value::{Dict, Map, Value},
};
use std::path::{Path, PathBuf};

use super::{
    CLOCK_AHEAD, Flags, PINS, Refused,
    keys::{self, Secret},
    masked,
};

const PREFIX: &str = "OCOTILLO_";
const FILE: &str = "ocotillo.toml";
/// Keys that stand together in a table of their own.
const TABLES: [&str; 4] = ["mail", "openid", "s3", "tls"];
/// Those of them in which every table has a name of its own.
const NAMED: &str = "openid";
/// Variables that everything which speaks S3 knows, and the keys they stand for where nothing else says them.
const CUSTOMARY: [(&str, &str); 3] =
    [("AWS_ACCESS_KEY_ID", "s3.key_id"), ("AWS_SECRET_ACCESS_KEY", "s3.secret"), ("AWS_REGION", "s3.region")];
/// Where those are told from ours.
const CUSTOM: &str = "custom";

pub(super) struct Layers(Figment);

/// A value as text (variables, options) or as TOML has it, read by whoever knows the key.
pub(super) type Read<T> = fn(&Value) -> Option<T>;

impl Layers {
    pub(super) fn gather(flags: &Flags, environment: impl IntoIterator<Item = (String, String)>, folder: &str) -> Result<Self, Refused> {
        let mut named = flags.config.clone();
        let (mut texts, mut customary) = (Vec::new(), Vec::new());
        for (name, value) in environment {
            if let Some((_, key)) = CUSTOMARY.iter().find(|(known, _)| *known == name) {
                customary.push(((*key).to_owned(), value));
                continue;
            }
            let Some(key) = name.strip_prefix(PREFIX).filter(|_| name != CLOCK_AHEAD && name != PINS) else { continue };
            match key.to_ascii_lowercase().as_str() {
                "config" => named = named.or_else(|| Some(PathBuf::from(&value))),
                key => texts.push((dotted(key), value)),
            }
        }
        let environment = Texts { name: "environment", texts };
        let options = flags.values.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
        let options = Texts { name: "options", texts: options.collect() };
        // The folder that holds the file cannot be named by it.
        let folder = Figment::from(&environment).merge(&options).extract_inner::<String>("data").unwrap_or_else(|_| folder.to_owned());
        let file = file(named, Path::new(&folder))?;
        let customary = Texts { name: CUSTOM, texts: customary };
        Ok(Self(Figment::from(customary).merge(file).merge(environment).merge(options)))
    }

    /// Refuses keys that mean nothing: a misspelt one would be ignored in silence.
    pub(super) fn only_known(&self) -> Result<(), Refused> {
        let all = self.0.data().map_err(|error| broken_file(&error))?.into_values().next().unwrap_or_default();
        for (name, value) in flat(&all) {
            if keys::named(&name).is_none() {
                return Err(self.refused(&name, value, &format!("one of {}", keys::names())));
            }
        }
        Ok(())
    }

    /// The names under `openid`, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        match self.0.find_value(NAMED) {
            Ok(Value::Dict(_, named)) => named.into_keys().collect(),
            _ => Vec::new(),
        }
    }

    /// Reads one key.
    pub(super) fn get<T>(&self, name: &str, read: Read<T>) -> Result<Option<T>, Refused> {
        let Ok(value) = self.0.find_value(name) else { return Ok(None) };
        let expected = keys::named(name).map_or("", |key| key.expected);
        read(&value).map(Some).ok_or_else(|| self.refused(name, &value, expected))
    }

    /// Refuses a value that can be read but not be meant beside others.
    pub(super) fn refuse(&self, name: &str) -> Refused {
        let expected = keys::named(name).map_or("", |key| key.expected);
        self.0.find_value(name).map_or_else(|_| super::lacking(name), |value| self.refused(name, &value, expected))
    }

    fn refused(&self, name: &str, value: &Value, expected: &str) -> Refused {
        let found = match keys::named(name).map(|key| key.secret) {
            Some(Secret::No) => in_words(value),
            Some(Secret::Password) | None => masked(&in_words(value)),
            Some(Secret::All) => "•••".to_owned(),
        };
        let place = self.0.get_metadata(value.tag()).map_or_else(String::new, |about| place(about, name));
        Refused { key: name.to_owned(), found, expected: expected.to_owned(), place }
    }
}

/// `mail_server` of a variable is `mail.server` of the file.
fn dotted(key: &str) -> String {
    match key.split_once('_') {
        // `openid_google_client_id`: names hold no underscore.
        Some((NAMED, key)) => format!("{NAMED}.{}", key.replacen('_', ".", 1)),
        Some((table, key)) if TABLES.contains(&table) => format!("{table}.{key}"),
        _ => key.to_owned(),
    }
}

fn file(named: Option<PathBuf>, folder: &Path) -> Result<Figment, Refused> {
    let path = match named {
        Some(path) if !path.is_file() => {
            return Err(Refused {
                key: String::new(),
                found: "there is no such file".into(),
                expected: "a configuration file in TOML, as `ocotillo config check` prints it".into(),
                place: path.display().to_string(),
            });
        }
        Some(path) => path,
        None => folder.join(FILE),
    };
    if !path.is_file() {
        return Ok(Figment::new());
    }
    let figment = Figment::from(Toml::file_exact(&path));
    match figment.data() {
        Ok(_) => Ok(figment),
        Err(error) => Err(broken_file(&error)),
    }
}

fn broken_file(error: &figment::Error) -> Refused {
    let place = error.metadata.as_ref().and_then(|about| about.source.as_ref()).map_or_else(|| FILE.into(), ToString::to_string);
    let expected = "a file in TOML: one `key = value` a line, texts in quotation marks".into();
    Refused { key: String::new(), found: error.kind.to_string().trim().replace('\n', "\n  "), expected, place }
}

/// Variables or options: keys with dots, values that are texts.
struct Texts {
    name: &'static str,
    texts: Vec<(String, String)>,
}

impl Provider for Texts {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name)
    }

    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        let mut all = Dict::new();
        for (key, text) in &self.texts {
            put(&mut all, key, text);
        }
        Ok(Map::from([(Profile::Default, all)]))
    }
}

/// Puts a text where its key with dots says.
fn put(all: &mut Dict, key: &str, text: &str) {
    match key.split_once('.') {
        Some((outer, inner)) => {
            if let Value::Dict(_, under) = all.entry(outer.to_owned()).or_insert_with(|| Value::from(Dict::new())) {
                put(under, inner, text);
            }
        }
        None => drop(all.insert(key.to_owned(), text.into())),
    }
}

fn flat(all: &Dict) -> Vec<(String, &Value)> {
    let mut keys = Vec::new();
    for (name, value) in all {
        match value {
            Value::Dict(_, inner) if TABLES.contains(&name.as_str()) => {
                for (key, value) in inner {
                    match value {
                        Value::Dict(_, named) if name == NAMED => {
                            keys.extend(named.iter().map(|(inner, value)| (format!("{name}.{key}.{inner}"), value)));
                        }
                        value => keys.push((format!("{name}.{key}"), value)),
                    }
                }
            }
            value => keys.push((name.clone(), value)),
        }
    }
    keys
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(_, text) => format!("“{text}”"),
        Value::Array(_, values) => format!("[{}]", values.iter().map(in_words).collect::<Vec<_>>().join(", ")),
        Value::Dict(..) => "a table".into(),
        other => other.to_actual().to_string(),
    }
}

fn place(about: &Metadata, key: &str) -> String {
    match (&about.source, about.name.as_ref()) {
        (Some(Source::File(path)), _) => format!("the file {}", path.display()),
        (_, CUSTOM) => {
            let name = CUSTOMARY.iter().find(|(_, known)| *known == key).map_or(key, |(name, _)| name);
            format!("the environment variable {name}")
        }
        (_, "environment") => format!("the environment variable {PREFIX}{}", key.replace('.', "_").to_uppercase()),
        _ => format!("the option --{}", key.replace('_', "-")),
    }
}
