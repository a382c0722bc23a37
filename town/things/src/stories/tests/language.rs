use super::newsroom::Newsroom;
use people::{site, testing::test_site};
use testkit::Page;

const SPANISH: &str = "El concejo se reunió el martes por la noche y aplazó hasta la primavera la votación sobre la tubería nueva. Nadie de los que hablaron aquella noche quería esperar, pero los ingenieros pidieron más tiempo y los miembros estuvieron de acuerdo en que el pueblo no podía permitirse un error.";
const ARABIC: &str = "اجتمع المجلس مساء الثلاثاء وأجّل التصويت على خط المياه الجديد حتى الربيع المقبل. ولم يكن أحد ممن تحدثوا تلك الليلة يريد الانتظار، لكن المهندسين طلبوا مزيدا من الوقت، واتفق الأعضاء على أن البلدة لا تستطيع تحمل الخطأ.";

fn lang(page: &Page, part: &str) -> (Option<String>, Option<String>) {
    (page.attr(part, "lang"), page.attr(part, "dir"))
}

fn says(lang: Option<&str>, dir: &str) -> (Option<String>, Option<String>) {
    (lang.map(Into::into), Some(dir.into()))
}

testkit::on_both! {
    async fn a_language_is_found_and_said_where_it_is_another_than_the_sites(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "La tubería espera").await;
        room.write(&room.ana, story, &[("body", SPANISH), ("standfirst", "Nueve meses de audiencias.")]).await.assert_status(303);
        room.ana.client.get(&format!("/stories/{story}/edit")).await.assert_text("Found by itself: Español");
        let preview = room.ana.client.get(&format!("/stories/{story}/preview")).await;
        assert_eq!(lang(&preview, "h1"), says(Some("es"), "auto"));
        room.write(&room.ana, story, &[("do", "publish")]).await.assert_status(303);
        let page = room.read(story).await;
        assert_eq!(page.attr("html", "lang").as_deref(), Some("en"));
        for part in ["h1", "article .standfirst", ".prose"] {
            assert_eq!(lang(&page, part), says(Some("es"), "auto"), "{part}");
        }
        assert!(page.text().contains("\"inLanguage\":\"es\""));
        assert_eq!(room.shelf(room.section.get())[0].language, "es");
    }

    async fn what_runs_from_right_to_left_does_so_whatever_it_begins_with(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "COVID: عودة اللجنة").await;
        room.write(&room.ana, story, &[("body", ARABIC), ("do", "publish")]).await.assert_status(303);
        assert_eq!(lang(&room.read(story).await, "h1"), says(Some("ar"), "rtl"));
    }

    async fn an_author_knows_better(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Yáʼátʼééh").await;
        room.write(&room.ana, story, &[("body", SPANISH), ("language", "nv"), ("do", "publish")]).await.assert_status(303);
        let page = room.read(story).await;
        assert_eq!(lang(&page, ".prose"), says(Some("nv"), "auto"));
        let form = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        assert_eq!(form.form("form#story").value("language"), Some("nv"), "what was chosen stays chosen");
        let publication = format!("/stories/{story}/publication");
        let form = form.form("form#story");
        let mut fields = form.values();
        fields.retain(|(name, _)| *name != "language");
        fields.extend([("language", "klingon"), ("do", "publish")]);
        let back = room.ana.client.post(&publication, &fields).await;
        back.assert_status(422).assert_text("Choose one of the languages in the list");
        room.write(&room.ana, story, &[("language", ""), ("do", "publish")]).await.assert_status(303);
        assert_eq!(lang(&room.read(story).await, "h1"), says(Some("es"), "auto"));
    }

    async fn few_words_are_in_the_language_of_the_site(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Sí").await;
        assert_eq!(room.shelf(room.section.get())[0].language, "en");
        let site = site::Site { language: "he".into(), ..test_site() };
        room.town.town.db.write_now(move |tx| site::save(tx, &site, 0)).unwrap();
        room.town.reload();
        let page = room.read(room.published(&room.ana, "Hi").await).await;
        assert_eq!((page.attr("html", "lang").as_deref(), page.attr("html", "dir").as_deref()), (Some("he"), Some("rtl")));
        assert_eq!(lang(&page, "h1"), says(None, "rtl"));
        assert_eq!(lang(&room.read(story).await, "h1"), says(Some("en"), "auto"), "it was published as English");
    }
}
