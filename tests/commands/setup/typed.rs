//! What a person at a terminal is asked, and asked again.

use super::super::Home;
use super::super::terminal::Terminal;
use super::asked_for_a_password;

#[test]
fn whoever_stops_at_the_password_is_asked_for_it_first_the_next_time() {
    let home = asked_for_a_password("http://127.0.0.1:9/");
    for _ in 0..2 {
        let mut terminal = Terminal::run(&home.path(""), "setup");
        terminal.answer("parolası: ", "Parola-481\n");
        terminal.answer("Bir kez daha: ", "\u{3}");
        let (_, seen) = terminal.end();
        assert!(!seen.contains("Veri sorumlusu"), "{seen}");
    }
}

#[test]
fn enter_keeps_the_language_that_is_shown() {
    let home = Home::with_settings("[screen]\nlanguages = [\"en\", \"tr\"]\n");
    let mut terminal = Terminal::run(&home.path(""), "setup --again");
    terminal.say("(tr, en) [en]: ", "\n");
    terminal.wait_for("Let us set the kiosk up.");
}

#[test]
fn fixed_words_are_taken_in_any_case_and_in_turkish() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home.path(""), "setup");
    terminal.say("(tr, en) [tr]: ", "TR\n");
    terminal.say("kurumun adı: ", "Kale\n");
    terminal.say("Girişin adı [Ana giriş]: ", "\n");
    terminal.say("Ortam [test]: ", "CANLI\n");
    terminal.wait_for("Canlı servise test ortamından geçilir");
}

#[test]
fn a_camera_that_is_not_there_is_asked_for_again_with_the_word_for_none() {
    let home = Home::with_settings(
        "[screen]\nlanguages = [\"tr\"]\n[site]\nname = \"K\"\nentrance = \"A\"\ncity = \"A\"\n\
         district = \"Ç\"\naddress = \"1\"\n[service]\n\
         environment = \"simulator\"\n",
    );
    let mut terminal = Terminal::run(&home.path(""), "setup");
    terminal.say("[auto]: ", "device:name=Yok\n");
    terminal.wait_for("böyle bir kamera yok");
    terminal.wait_for("none");
    terminal.say("(e/h): ", "e\n");
    terminal.say("[device:name=Yok]: ", "none\n");
    terminal.wait_for("danışma ekranını açacak kişiler");
}
