//! `hes-kiosk control-codes`: the page for visitors who have a reader alone.

use super::{Home, status};

#[test]
fn the_page_has_a_code_for_each_thing_that_can_be_touched_in_the_sites_languages() {
    let home = Home::with_settings("[screen]\nlanguages = [\"tr\", \"ar\"]");
    let output = home.run(&["control-codes"]);
    let page = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(status(&output), 0);
    assert_eq!(page.matches("<svg").count(), 6, "two languages, two aids, the notice, no code");
    for words in
        ["<p lang=\"ar\" dir=\"rtl\">العربية</p>", "Daha büyük yazı", "Aydınlatma metni", "HES kodum yok"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("English"));
}

#[test]
fn where_digits_of_the_identity_number_are_asked_for_the_page_has_codes_for_them() {
    let home = Home::with_settings("[screen]\nlanguages = [\"tr\"]\n[identity]\nask_last_digits = true");
    let page = String::from_utf8(home.run(&["control-codes"]).stdout).unwrap();
    assert_eq!(page.matches("<svg").count(), 5 + 13, "ten digits, one back, confirm and give up");
}
