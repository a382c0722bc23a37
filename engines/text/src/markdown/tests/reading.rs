//! Words without markup.

use super::*;

const BODY: &str =
    "# Water\n\nThe *river* rose\nby 2 feet.\n\n![Brown](/media/a.webp \"The river | Ana\")\n\n- one\n- two\n\n+++ More\n`code`\n+++\n";

#[test]
fn plain_text_has_every_word_and_no_markup() {
    assert_eq!(plain(BODY), "Water\n\nThe river rose by 2 feet.\n\nThe river\n\none\ntwo\n\nMore\n\ncode");
}

#[test]
fn the_lead_is_only_running_text() {
    assert_eq!(lead(BODY), "The river rose by 2 feet.\n\none\ntwo\n\ncode");
}

#[test]
fn words_are_counted_in_every_script() {
    assert_eq!(words("Don't **look** now — it's 3.5 feet"), 6);
    assert_eq!(words("one—two… three"), 3);
    assert_eq!(words("砂漠の町で雨"), 3);
    assert_eq!(words("서울 시청"), 2);
    assert_eq!(words("สวัสดีชาวโลก"), 3);
    assert_eq!(words("* * *\n\n“ ” —"), 0);
}
