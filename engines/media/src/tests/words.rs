use image::ImageFormat;
use proptest::prelude::*;

use super::samples::{contains, file, iptc, red_blue, with_segment, xmp};
use crate::{Limits, Words, process, words};

fn jpeg() -> Vec<u8> {
    file(&red_blue(80, 60), ImageFormat::Jpeg)
}

fn read(bytes: &[u8]) -> Words {
    let done = process(bytes, &Limits::default()).unwrap();
    for variant in &done.variants {
        for trace in [&b"Rosa"[..], b"Delgado", b"8BIM", b"xmpmeta"] {
            assert!(!contains(&variant.bytes, trace), "the file itself says nothing any more");
        }
    }
    done.words
}

#[test]
fn iptc_comes_out_before_it_is_thrown_away() {
    let datasets: [(u8, &[u8]); 4] =
        [(5, b"Ridge path"), (120, "Das Tor öffnet.\nEndlich.".as_bytes()), (80, b"Rosa Delgado"), (110, b"The Mesa Lantern")];
    let words = read(&with_segment(&jpeg(), 0xED, &iptc(&datasets)));
    assert_eq!(words.title, "Ridge path");
    assert_eq!(words.caption, "Das Tor öffnet. Endlich.");
    assert_eq!(words.credit, "Rosa Delgado / The Mesa Lantern");
}

#[test]
fn old_letters_are_read_as_latin_1() {
    let words = read(&with_segment(&jpeg(), 0xED, &iptc(&[(120, b"Caf\xE9")])));
    assert_eq!(words.caption, "Café");
}

#[test]
fn xmp_is_believed_over_iptc_and_fills_what_is_missing() {
    let properties = r#"<dc:creator><rdf:Seq><rdf:li>Rosa Delgado</rdf:li><rdf:li>Ana Ruiz</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang="de">Das Tor</rdf:li><rdf:li xml:lang="x-default">The gate</rdf:li></rdf:Alt></dc:description><Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A gate in a fence</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"#;
    let with = with_segment(&jpeg(), 0xED, &iptc(&[(5, b"From IPTC"), (120, b"Old caption")]));
    let words = read(&with_segment(&with, 0xE1, &xmp(properties)));
    assert_eq!(
        words,
        Words {
            title: "From IPTC".into(),
            caption: "The gate".into(),
            credit: "Rosa Delgado, Ana Ruiz / The Mesa Lantern".into(),
            alt: "A gate in a fence".into()
        }
    );
}

#[test]
fn what_is_no_xml_or_expands_is_no_words() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#;
    for xmp in [&b"<unclosed"[..], bomb.as_bytes(), b"\xFF\xFE"] {
        assert_eq!(words::of(None, Some(xmp)), Words::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_may_stand_there(iptc in prop::collection::vec(any::<u8>(), 0..200), xmp in prop::collection::vec(any::<u8>(), 0..200), head in any::<bool>()) {
        let iptc = if head { [&b"8BIM\x04\x04"[..], &iptc].concat() } else { [&b"\x1C\x02\x78\0\x05"[..], &iptc].concat() };
        let words = words::of(Some(&iptc), Some(&xmp));
        prop_assert!(!words.caption.contains(char::is_control));
    }
}
