#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

#[test]
fn tags_are_known_whatever_follows_the_language() {
    assert_eq!(known("pt-BR"), Some("pt"));
    assert_eq!(known("ZH_Hant_TW"), Some("zh"));
    assert_eq!(known("nb"), Some("no"));
    assert_eq!(known("iw"), Some("he"));
    assert_eq!(known(""), None);
    assert_eq!(known("english"), None);
    assert_eq!(name("uk"), "Українська");
    assert_eq!(name("tlh"), "tlh");
    assert!(same("en-US", "EN") && !same("en", "es"));
    assert_eq!([direction("ar"), direction("fa-IR"), direction("en")], ["rtl", "rtl", "ltr"]);
}

#[test]
fn every_language_is_listed_once() {
    let mut tags: Vec<&str> = all().map(|(tag, _)| tag).collect();
    let count = tags.len();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), count);
    assert!(all().all(|(tag, name)| known(tag) == Some(tag) && !name.is_empty()));
}

#[test]
fn a_text_says_what_it_is_written_in() {
    for (tag, text) in [
        (
            "en",
            "The council met on Tuesday evening and put off the vote on the new water line until the spring. Nobody who spoke that night wanted to wait, but the engineers asked for more time, and the members agreed that the town could not afford to be wrong.",
        ),
        (
            "es",
            "El concejo se reunió el martes por la noche y aplazó hasta la primavera la votación sobre la tubería. Nadie de los que hablaron aquella noche quería esperar, pero los ingenieros pidieron más tiempo y los miembros estuvieron de acuerdo en que el pueblo no podía permitirse un error.",
        ),
        (
            "fr",
            "Le conseil s’est réuni mardi soir et a remis au printemps le vote sur la nouvelle conduite d’eau. Personne parmi ceux qui ont pris la parole ce soir-là ne voulait attendre, mais les ingénieurs ont demandé plus de temps et les membres ont reconnu que la ville ne pouvait pas se tromper.",
        ),
        (
            "de",
            "Der Rat trat am Dienstagabend zusammen und verschob die Abstimmung über die neue Wasserleitung. Niemand von denen, die an diesem Abend sprachen, wollte warten, aber die Ingenieure baten um mehr Zeit, und die Mitglieder waren sich einig, dass die Stadt sich keinen Fehler leisten könne.",
        ),
        (
            "it",
            "Il consiglio si è riunito martedì sera e ha rinviato alla primavera il voto sulla nuova conduttura. Nessuno di quelli che hanno parlato quella sera voleva aspettare, ma gli ingegneri hanno chiesto più tempo e i membri hanno convenuto che la città non poteva permettersi di sbagliare.",
        ),
        (
            "pt",
            "A câmara reuniu-se na terça-feira à noite e adiou para a primavera a votação sobre a nova conduta. Ninguém dos que falaram naquela noite queria esperar, mas os engenheiros pediram mais tempo e os membros concordaram que a cidade não podia permitir-se um erro. A votação não será adiada outra vez.",
        ),
        (
            "nl",
            "De gemeenteraad kwam dinsdagavond bijeen en stelde de stemming over de waterleiding uit tot het voorjaar. Niemand van degenen die die avond spraken wilde wachten, maar de ingenieurs vroegen om meer tijd en de leden waren het erover eens dat de stad zich geen vergissing kon veroorloven.",
        ),
        (
            "pl",
            "Rada zebrała się we wtorek wieczorem i odłożyła głosowanie w sprawie wodociągu do wiosny. Nikt z tych, którzy tego wieczoru zabrali głos, nie chciał czekać, ale inżynierowie poprosili o więcej czasu, a radni zgodzili się, że miasta nie stać na pomyłkę.",
        ),
        (
            "uk",
            "Рада зібралася у вівторок увечері та відклала голосування щодо нового водогону до весни. Ніхто з тих, хто виступав того вечора, не хотів чекати, але інженери попросили більше часу, і члени ради погодилися, що місто не може дозволити собі помилку.",
        ),
        (
            "ru",
            "Совет собрался во вторник вечером и отложил голосование по новому водопроводу до весны. Никто из выступавших в тот вечер не хотел ждать, но инженеры попросили больше времени, и члены совета согласились, что город не может позволить себе ошибиться.",
        ),
        (
            "tr",
            "Meclis salı akşamı toplandı ve yeni su hattına ilişkin oylamayı ilkbahara kadar erteledi. O akşam konuşanların hiçbiri beklemek istemiyordu, ama mühendisler daha fazla zaman istedi ve üyeler kasabanın yanılmayı göze alamayacağı konusunda anlaştı.",
        ),
        (
            "ar",
            "اجتمع المجلس مساء الثلاثاء وأجّل التصويت على خط المياه الجديد حتى الربيع المقبل. ولم يكن أحد ممن تحدثوا تلك الليلة يريد الانتظار، لكن المهندسين طلبوا مزيدا من الوقت، واتفق الأعضاء على أن البلدة لا تستطيع تحمل الخطأ.",
        ),
        ("he", "המועצה התכנסה ביום שלישי בערב ודחתה את ההצבעה על קו המים החדש עד האביב."),
        ("ja", "市議会は火曜日の夜に開かれ、新しい水道管についての採決を春まで延期した。"),
        ("zh", "市议会星期二晚上开会，把新水管的表决推迟到春天。"),
        ("ko", "시의회는 화요일 저녁에 모여 새 수도관에 대한 표결을 봄까지 미루었다."),
    ] {
        assert_eq!(detect(text), Some(tag), "{text}");
    }
}

#[test]
fn names_and_few_words_say_nothing() {
    for text in ["", "Ana Duarte", "Peñasco", "2026 – 17 – 400", "https://longmesa.example", "¿Qué pasa?"] {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn names_from_elsewhere_do_not_change_the_language() {
    let text = "Ana Duarte and José Ramírez of Peñasco walked the Acequia de las Joyas with the mayor, who said that the \
                ditch had not been cleaned since the Sociedad Recreativa closed its doors in Española.";
    assert_eq!(detect(text), Some("en"));
}

proptest! {
    #[test]
    fn any_text_is_looked_at(text in "\\PC{0,400}") {
        if let Some(tag) = detect(&text) {
            prop_assert_eq!(known(tag), Some(tag));
        }
    }

    #[test]
    fn any_tag_is_read(tag in "\\PC{0,12}") {
        let _ = (known(&tag), name(&tag), direction(&tag));
    }
}
