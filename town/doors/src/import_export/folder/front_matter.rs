//! Front matter: what stands before a story, in YAML, TOML or JSON.

use serde_json::{Map, Value};

/// Longest front matter in bytes.
const MAX: usize = 256 * 1024;

/// Parts a file into what its front matter says and the story itself.
///
/// # Errors
/// Words, when it begins with front matter that cannot be read.
pub fn split(text: &str) -> Result<(Map<String, Value>, &str), String> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    match first {
        "---" => {
            let (head, body) = fenced(text, "---")?;
            Ok((yaml(head)?, body))
        }
        // A fold of ours has a title behind its plus signs.
        "+++" => {
            let (head, body) = fenced(text, "+++")?;
            Ok((toml(head)?, body))
        }
        _ if text.starts_with('{') && !text.starts_with("{{") && !text.starts_with("{%") => json(text),
        _ => Ok((Map::new(), text)),
    }
}

fn fenced<'t>(text: &'t str, fence: &str) -> Result<(&'t str, &'t str), String> {
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return checked(&text[start..at]).map(|head| (head, text[at + line.len()..].trim_start_matches(['\r', '\n'])));
        }
        at += line.len();
    }
    Err("its front matter has no end".into())
}

fn checked(head: &str) -> Result<&str, String> {
    if head.len() > MAX { Err("its front matter is too long".into()) } else { Ok(head) }
}

fn yaml(head: &str) -> Result<Map<String, Value>, String> {
    if head.trim().is_empty() {
        return Ok(Map::new());
    }
    // Aliases and depth are bounded by the parser's own budget.
    let value: Value =
        serde_saphyr::from_str(head).map_err(|error| format!("its front matter is no YAML: {}", first_line(&error.to_string())))?;
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err("its front matter is no YAML: it names nothing".into()),
    }
}

fn toml(head: &str) -> Result<Map<String, Value>, String> {
    let table: toml::Table = head.parse().map_err(|error: toml::de::Error| format!("its front matter is no TOML: {}", error.message()))?;
    Ok(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(yes) => yes.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect()),
    }
}

fn json(text: &str) -> Result<(Map<String, Value>, &str), String> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    match values.next() {
        Some(Ok(map)) => Ok((map, text[values.byte_offset()..].trim_start_matches(['\r', '\n']))),
        Some(Err(error)) => Err(format!("its front matter is no JSON: {error}")),
        None => Ok((Map::new(), text)),
    }
}

fn first_line(words: &str) -> &str {
    words.lines().next().unwrap_or_default()
}
