//! Who may open the desk, as a person at a terminal is asked.

use super::super::Home;
use super::super::terminal::Terminal;

/// A terminal in which the next question is for a name.
fn asked_for_a_name(home: &Home) -> Terminal {
    let settings = "[screen]\nlanguages = [\"tr\"]\n[site]\nname = \"K\"\nentrance = \"A\"\n[service]\n\
                    environment = \"manual\"\n[camera]\nsource = \"none\"\n[privacy]\ncontroller = \"C\"\n\
                    contact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n";
    home.write(".config/hes-kiosk/kiosk.toml", settings);
    Terminal::run(&home.path(""), "setup")
}

/// Says who gets a PIN.
fn name(terminal: &mut Terminal, name: &str, role: &str) {
    terminal.say("bitirmek için Enter): ", &format!("{name}\n"));
    terminal.say("geri dönmek için Enter): ", &format!("{role}\n"));
}

/// Enters a PIN twice, which is not shown.
fn enter(terminal: &mut Terminal, pin: &str) {
    for question in ["on rakam: ", "Bir kez daha: "] {
        terminal.answer(question, &format!("{pin}\n"));
    }
}

#[test]
fn a_role_that_is_none_is_asked_for_alone() {
    let home = Home::new();
    let mut terminal = asked_for_a_name(&home);
    name(&mut terminal, "Ayşe", "müdür");
    terminal.wait_for("Görev yönetici ya da görevli olmalı");
    terminal.say("geri dönmek için Enter): ", "yönetici\n");
    enter(&mut terminal, "482913");
    terminal.wait_for("Ayşe için PIN belirlendi (yönetici)");
}

#[test]
fn a_role_is_taken_in_any_case_and_in_either_language() {
    let home = Home::new();
    let mut terminal = asked_for_a_name(&home);
    for (who, role, pin) in [("Ayşe", "GÖREVLİ", "482913"), ("Mehmet", "Guard", "730162")] {
        name(&mut terminal, who, role);
        enter(&mut terminal, pin);
        terminal.wait_for(&format!("{who} için PIN belirlendi (görevli)"));
    }
}

#[test]
fn enter_at_the_role_leads_back_to_the_name() {
    let home = Home::new();
    let mut terminal = asked_for_a_name(&home);
    name(&mut terminal, "Aşye", "");
    name(&mut terminal, "Ayşe", "yönetici");
    enter(&mut terminal, "482913");
    terminal.wait_for("Ayşe için PIN belirlendi (yönetici)");
}

#[test]
fn a_pin_that_somebody_has_is_asked_for_again_where_it_is_not_shown() {
    let home = Home::new();
    let mut terminal = asked_for_a_name(&home);
    for who in ["Ayşe", "Mehmet"] {
        name(&mut terminal, who, "görevli");
        enter(&mut terminal, "482913");
    }
    terminal.wait_for("Başka bir PIN seçin.");
    enter(&mut terminal, "730162");
    terminal.wait_for("Mehmet için PIN belirlendi (görevli)");
}

#[test]
fn a_pin_that_is_none_or_soon_guessed_is_told_after_its_first_entry() {
    let home = Home::new();
    let mut terminal = asked_for_a_name(&home);
    name(&mut terminal, "Ayşe", "yönetici");
    for (pin, why) in
        [("4829", "PIN en az altı, en çok on rakamdan oluşur"), ("123456", "kolay tahmin edilir")]
    {
        terminal.answer("on rakam: ", &format!("{pin}\n"));
        terminal.wait_for(why);
    }
    enter(&mut terminal, "482913");
    terminal.wait_for("Ayşe için PIN belirlendi (yönetici)");
}
