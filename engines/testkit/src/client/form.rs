//! A form as a browser sends it (HTML §4.10.21).

use axum::body::Body;
use http::{Method, Request};
use scraper::{ElementRef, Html};

use super::multipart::{self, Attachment};
use super::page::{Page, selector};
use super::request;

pub(super) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// A form of a page, with the values it would send now.
#[derive(Clone, Debug)]
pub struct Form {
    /// The path it is sent to.
    pub action: String,
    post: bool,
    multipart: bool,
    fields: Vec<Field>,
    buttons: Vec<Button>,
    pressed: Option<usize>,
    files: Vec<Attachment>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    /// None: a box that is not ticked, an option that is not chosen.
    value: Option<String>,
    /// What a box or option sends when it is; None for fields that are typed into.
    choice: Option<String>,
    file: bool,
}

#[derive(Clone, Debug)]
struct Button {
    name: String,
    value: String,
    action: Option<String>,
}

impl Form {
    #[track_caller]
    pub(super) fn of(page: &Page, css: &str) -> Self {
        let html = page.html();
        let wanted = selector(css);
        let found: Vec<_> = html.select(&wanted).filter(|element| element.value().name() == "form").collect();
        let [form] = found[..] else {
            panic!("{} forms {css:?} on {}, not one: {}", found.len(), page.address, page.start());
        };
        let is = |name: &str, value: &str| form.attr(name).is_some_and(|has| has.eq_ignore_ascii_case(value));
        let mut filled = Self {
            action: form.attr("action").filter(|path| !path.is_empty()).unwrap_or(&page.address).to_owned(),
            post: is("method", "post"),
            multipart: is("enctype", "multipart/form-data"),
            fields: Vec::new(),
            buttons: Vec::new(),
            pressed: None,
            files: Vec::new(),
        };
        for control in controls(&html, form) {
            filled.read(control);
        }
        filled
    }

    /// The first value that a field would send now.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name && field.value.is_some()).and_then(|field| field.value.as_deref())
    }

    /// All names and values that it would send now, without a button's.
    pub fn values(&self) -> Vec<(&str, &str)> {
        self.fields.iter().filter_map(|field| Some((field.name.as_str(), field.value.as_deref()?))).collect()
    }

    /// Whether it has a field or button of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name) || self.buttons.iter().any(|button| button.name == name)
    }

    /// The values that a choice offers: options, radio buttons, boxes, buttons of this name.
    pub fn choices(&self, name: &str) -> Vec<&str> {
        let choices = self.fields.iter().filter(|field| field.name == name).filter_map(|field| field.choice.as_deref());
        let buttons = self.buttons.iter().filter(|button| button.name == name).map(|button| button.value.as_str());
        choices.chain(buttons).collect()
    }

    /// Fills in fields: types a text, chooses the options or boxes of these values (and no others
    /// of the same name), or presses the button of this name and value.
    ///
    /// # Panics
    /// When the form has no such field, or a choice has no such value.
    #[track_caller]
    pub fn fill(&mut self, changes: &[(&str, &str)]) -> &mut Self {
        for (name, _) in changes {
            for field in self.fields.iter_mut().filter(|field| field.name == *name && field.choice.is_some()) {
                field.value = None;
            }
        }
        for (name, value) in changes {
            assert!(self.set(name, value), "the form has no field, option or button {name}={value:?}; {}", self.offer(name));
        }
        self
    }

    /// Leaves every box or option of this name unticked.
    pub fn untick(&mut self, name: &str) -> &mut Self {
        for field in self.fields.iter_mut().filter(|field| field.name == name && field.choice.is_some()) {
            field.value = None;
        }
        self
    }

    /// Puts a file into the file field that it names.
    ///
    /// # Panics
    /// When the form has no such field, or would not send files.
    #[track_caller]
    pub fn attach(&mut self, file: Attachment) -> &mut Self {
        let has = self.fields.iter().any(|field| field.file && field.name == file.field);
        assert!(has && self.multipart, "the form takes no file {:?}; {}", file.field, self.offer(&file.field));
        self.files.push(file);
        self
    }

    /// The request that the browser would make.
    pub(super) fn request(&self) -> Request<Body> {
        // With no button chosen, the Enter key presses the first one.
        let button = self.buttons.get(self.pressed.unwrap_or(0));
        let typed = self.values().into_iter().map(|(name, value)| (name.to_owned(), lines(value)));
        let pressed = button.filter(|button| !button.name.is_empty()).map(|button| (button.name.clone(), lines(&button.value)));
        let pairs: Vec<_> = typed.chain(pressed).collect();
        let action = button.and_then(|button| button.action.as_deref()).unwrap_or(&self.action);
        if self.post && self.multipart {
            let empty = self.fields.iter().filter(|field| field.file);
            let empty = empty.filter(|field| !self.files.iter().any(|file| file.field == field.name));
            let files: Vec<_> = self.files.iter().cloned().chain(empty.map(|field| Attachment::none(&field.name))).collect();
            let (mime, body) = multipart::encode(&pairs, &files);
            return request(Method::POST, action, Some(&mime), body);
        }
        let encoded = serde_urlencoded::to_string(&pairs).expect("pairs of strings can be encoded");
        if self.post {
            return request(Method::POST, action, Some(URLENCODED), encoded);
        }
        let path = action.split(['?', '#']).next().unwrap_or_default();
        request(Method::GET, &format!("{path}?{encoded}"), None, Body::empty())
    }

    fn set(&mut self, name: &str, value: &str) -> bool {
        if let Some(at) = self.buttons.iter().position(|button| button.name == name && button.value == value) {
            self.pressed = Some(at);
            return true;
        }
        let fits = |field: &&mut Field| field.name == name && !field.file && field.choice.as_ref().is_none_or(|choice| choice == value);
        let field = self.fields.iter_mut().find(fits);
        field.map(|field| field.value = Some(value.to_owned())).is_some()
    }

    fn offer(&self, name: &str) -> String {
        let choices = self.choices(name);
        if !choices.is_empty() {
            return format!("{name} offers {choices:?}");
        }
        let names: Vec<_> = self.fields.iter().map(|field| field.name.as_str()).collect();
        format!("it has {names:?}")
    }

    /// Takes over what a control would send.
    fn read(&mut self, control: ElementRef) {
        let name = control.attr("name").unwrap_or_default().to_owned();
        let kind = control.attr("type").unwrap_or_default().to_ascii_lowercase();
        let value = control.attr("value").map(str::to_owned);
        match (control.value().name(), kind.as_str()) {
            ("button", "" | "submit") | ("input", "submit" | "image") => {
                self.buttons.push(Button { name, value: value.unwrap_or_default(), action: control.attr("formaction").map(str::to_owned) });
            }
            ("button", _) | ("input", "button" | "reset") => {}
            _ if name.is_empty() => {}
            ("select", _) => self.fields.extend(options(control, &name)),
            ("textarea", _) => self.fields.push(Field::typed(name, control.text().collect())),
            ("input", "checkbox" | "radio") => {
                let choice = value.unwrap_or_else(|| "on".to_owned());
                let ticked = control.attr("checked").is_some();
                self.fields.push(Field::choice(name, choice, ticked));
            }
            ("input", "file") => self.fields.push(Field { name, value: None, choice: None, file: true }),
            _ => self.fields.push(Field::typed(name, value.unwrap_or_default())),
        }
    }
}

impl Field {
    fn typed(name: String, value: String) -> Self {
        Self { name, value: Some(value), choice: None, file: false }
    }

    fn choice(name: String, choice: String, chosen: bool) -> Self {
        Self { name, value: chosen.then(|| choice.clone()), choice: Some(choice), file: false }
    }
}

/// The form's controls in the order of the page: those inside, and those elsewhere that name it;
/// none that is disabled.
fn controls<'a>(html: &'a Html, form: ElementRef<'a>) -> Vec<ElementRef<'a>> {
    let id = form.attr("id");
    let owned = |control: &ElementRef| match control.attr("form") {
        Some(owner) => id == Some(owner),
        None => control.ancestors().any(|parent| parent.id() == form.id()),
    };
    let disabled = |control: &ElementRef| {
        let mut parents = control.ancestors().filter_map(ElementRef::wrap);
        control.attr("disabled").is_some() || parents.any(|parent| parent.value().name() == "fieldset" && parent.attr("disabled").is_some())
    };
    let all = selector("input, select, textarea, button");
    html.select(&all).filter(owned).filter(|control| !disabled(control)).collect()
}

/// A select's options as choices; one that shows a single line has its first option chosen when
/// the page chooses none.
fn options(select: ElementRef, name: &str) -> Vec<Field> {
    let mut fields: Vec<_> = select
        .select(&selector("option:not([disabled])"))
        .map(|option| {
            let text = || option.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
            let value = option.attr("value").map_or_else(text, str::to_owned);
            Field::choice(name.to_owned(), value, option.attr("selected").is_some())
        })
        .collect();
    let chosen = fields.iter().any(|field| field.value.is_some());
    if let Some(first) = fields.first_mut().filter(|_| !chosen && select.attr("multiple").is_none()) {
        first.value.clone_from(&first.choice);
    }
    fields
}

/// Line ends as browsers send them (HTML §4.10.21.4).
fn lines(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}
