//! `ocotillo export` and the way back, in processes of their own: beside a server, from one database to the other.

use std::{collections::BTreeMap, fs, path::Path};
use testkit::Kind;

use crate::program::{Program, printed, run};

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn sound(arguments: &[&str]) -> String {
    let output = run(arguments, "");
    assert!(output.status.success(), "{arguments:?}: {}", printed(&output));
    printed(&output)
}

#[test]
fn the_demo_town_moves_from_one_database_to_the_other_and_back() {
    let database = testkit::database::empty(Kind::Postgres);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, first, on_postgres, second, back, third) =
        (path("data"), path("first"), path("on-postgres"), path("second"), path("back"), path("third.zip"));
    sound(&["demo", "fill", "--data", &data]);
    let program = Program::serve(Path::new(&data), &[]);
    let told = sound(&["export", "--to", &first, "--data", &data]);
    assert!(told.contains("stories,") && told.contains("ocotillo import"), "{told}");
    assert_eq!(program.stop(), Some(0));
    let refused = run(&["export", "--to", &first, "--data", &data], "");
    assert!(!refused.status.success() && printed(&refused).contains("is not empty"), "{}", printed(&refused));

    let told = sound(&["import", &first, "--data", &on_postgres, "--database", &database.url]);
    assert!(told.contains("reset-link"), "{told}");
    sound(&["export", "--to", &second, "--data", &on_postgres, "--database", &database.url]);
    let (one, other) = (files(Path::new(&first)), files(Path::new(&second)));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        let lines =
            |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(|line| String::from_utf8_lossy(line).into_owned()).collect::<Vec<_>>();
        if *bytes != other[name] {
            let (one, other) = (lines(bytes), lines(&other[name]));
            let first = one.iter().zip(&other).find(|(one, other)| one != other);
            panic!("{name} differs ({} lines and {}): {first:?}", one.len(), other.len());
        }
    }
    assert!(one.len() > 100, "there are {} files", one.len());

    // And back, as one file, into a folder that is not there yet.
    sound(&["export", "--to", &third, "--data", &on_postgres, "--database", &database.url]);
    sound(&["import", &third, "--data", &back]);
    let again = sound(&["import", &third, "--data", &back]);
    assert!(again.contains("      0  stories published"), "{again}");
    let program = Program::serve(Path::new(&back), &[]);
    let front = program.get("/", "");
    let story = front.body.split("href=\"/stories/").nth(1).and_then(|rest| rest.split('"').next()).expect("a story");
    assert_eq!(program.get(&format!("/stories/{story}"), "").status, 200);
    assert_eq!(program.stop(), Some(0));
}

#[test]
fn what_is_no_site_is_not_made_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(folder.path().join("stories")).unwrap();
    fs::write(folder.path().join("stories/a.md"), "# A\n\nWords.").unwrap();
    for arguments in [vec!["export", "--to", "x"], vec!["import", "stories"]] {
        let arguments: Vec<String> =
            arguments.into_iter().map(|word| if word == "stories" || word == "x" { at(word) } else { word.to_owned() }).collect();
        let mut all: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let data = at("nowhere");
        all.extend(["--data", &data]);
        let output = run(&all, "");
        assert!(!output.status.success() && printed(&output).contains("there is no site"), "{}", printed(&output));
    }
    assert!(!folder.path().join("nowhere").exists());
}
