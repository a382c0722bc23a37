use super::*;

fn problems_of(name: &'static str) -> Problems {
    let mut problems = Problems::default();
    problems.add(name, "Write a <b>headline</b>.");
    problems.add(name, "A second problem waits for its turn.");
    problems
}

#[test]
fn a_field_is_tied_to_its_label_hint_and_problem() {
    let problems = problems_of("headline");
    let field = Field::line("headline", "Headline").value("\"><script>").hint("Short.").required().max(150).problem(&problems);
    let page = field.render().into_string();
    for part in [
        "label for=\"headline\"",
        "id=\"headline\"",
        "aria-describedby=\"headline-hint headline-problem\"",
        "aria-invalid=\"true\"",
        "maxlength=\"150\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.contains("&quot;&gt;&lt;script&gt;") && page.contains("&lt;b&gt;") && !page.contains("(optional)"));
}

#[test]
fn what_is_secret_is_never_written_back() {
    let page = Field::input("password", "password", "Password").value("hunter2").render().into_string();
    assert!(!page.contains("hunter2") && !page.contains("value"));
}

#[test]
fn an_area_keeps_its_first_line_even_when_empty() {
    let page = Field::area("body", "Body", 5).value("\nafter an empty line </textarea>").render().into_string();
    assert!(page.contains(">\n\nafter an empty line &lt;/textarea&gt;</textarea>"), "{page}");
}

#[test]
fn the_chosen_one_is_selected() {
    let choices = [("en".to_owned(), "English".to_owned()), ("es".to_owned(), "Español".to_owned())];
    let page = Field::choice("language", "Language", choices).value("es").render().into_string();
    assert!(page.contains("<option value=\"es\" selected>Español</option>") && page.contains("<option value=\"en\">"));
}

#[test]
fn every_problem_leads_to_its_field_once() {
    let page = problems(&problems_of("headline")).into_string();
    assert_eq!(page.matches("href=\"#headline\"").count(), 1);
    assert!(page.contains("role=\"alert\"") && problems(&Problems::default()).into_string().is_empty());
}
