//! What the kiosk's user may not read or write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::super::credentials::Simulator;
use super::super::{Home, lines};
use super::{Machine, bound, failed, text, with_log};

#[test]
fn a_database_without_permission_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    fs::set_permissions(machine.database(), Permissions::from_mode(0o000)).unwrap();
    let output = machine.equip(&mut bound(&machine, &[]));
    assert_eq!(failed(&output), ["permissions-mode", "log-forbidden"]);
    let said = text(&output, "permissions-mode");
    assert!(said.ends_with(&format!("chmod u+rw {}", machine.database().display())), "{said}");
    // The administrator may read it anyway, and the kiosk's user may not.
    assert!(failed(&machine.doctor()).contains(&"permissions-mode".to_owned()));
}

#[test]
fn a_look_mends_nothing_so_that_the_next_one_finds_the_same() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    for mode in [0o444, 0o644] {
        fs::set_permissions(machine.database(), Permissions::from_mode(mode)).unwrap();
        machine.equip(&mut bound(&machine, &[]));
        assert_eq!(fs::metadata(machine.database()).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[test]
fn a_log_that_was_read_only_works_after_what_the_doctor_says() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let shared = machine.database().with_extension("db-shm");
    for (there, mode) in [(machine.database(), 0o400), (shared, 0o400)] {
        fs::OpenOptions::new().append(true).create(true).open(&there).unwrap();
        fs::set_permissions(&there, Permissions::from_mode(mode)).unwrap();
        let output = machine.equip(&mut bound(&machine, &[]));
        assert_eq!(failed(&output), ["permissions-mode", "log-forbidden"], "{}", there.display());
        assert!(text(&output, "log-forbidden").contains(&there.display().to_string()));
        let said = text(&output, "permissions-mode");
        let advice = said.split_once("İzin verin: ").unwrap().1;
        assert!(Command::new("sh").args(["-c", advice]).status().unwrap().success(), "{advice}");
        assert_eq!(failed(&machine.equip(&mut bound(&machine, &[]))), [""; 0], "{}", there.display());
    }
}

#[test]
fn what_the_doctor_says_mends_the_log_alone_whatever_the_name_of_its_folder() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "");
    let log = machine.home.path("Ayşe's kayıtlar/visits.db");
    machine.set(&format!("{}[visits]\npath = {:?}\n", machine.settings(), log.display().to_string()));
    let machine = machine.with_pin();
    let copy = log.with_extension("db.copy");
    fs::write(&copy, "").unwrap();
    for file in [&log, &copy] {
        fs::set_permissions(file, Permissions::from_mode(0o400)).unwrap();
    }
    let said = text(&machine.equip(&mut bound(&machine, &[])), "permissions-mode");
    let advice = said.split_once("İzin verin: ").unwrap().1;
    assert!(Command::new("sh").args(["-c", advice]).status().unwrap().success(), "{advice}");
    let modes = [log, copy].map(|file| fs::metadata(file).unwrap().permissions().mode() & 0o777);
    assert_eq!(modes, [0o600, 0o400]);
}

#[test]
fn keys_in_a_folder_that_may_not_be_read_are_named_by_their_own_file() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let keys = machine.home.path(".local/share/hes-kiosk/keys");
    fs::set_permissions(&keys, Permissions::from_mode(0o000)).unwrap();
    let output = machine.equip(&mut bound(&machine, &[]));
    fs::set_permissions(&keys, Permissions::from_mode(0o700)).unwrap();
    let said = text(&output, "log-keys-unusable");
    assert!(said.contains("keys/visits.key okunamıyor"), "{said}");
}

#[test]
fn each_key_file_that_may_not_be_read_is_named_at_once() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let keys = machine.home.path(".local/share/hes-kiosk/keys");
    fs::copy(keys.join("visits.key"), keys.join("visits.key.next")).unwrap();
    for name in ["visits.key", "visits.key.next"] {
        fs::set_permissions(keys.join(name), Permissions::from_mode(0o000)).unwrap();
    }
    let found = lines(&machine.equip(&mut bound(&machine, &[])));
    let texts = found.iter().filter(|line| line["finding"] == "permissions-mode");
    let texts: Vec<&str> = texts.filter_map(|line| line["text"].as_str()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[1].contains("visits.key.next"), "{texts:?}");
}

#[test]
fn a_look_leaves_nothing_beside_a_log_that_may_only_be_read() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    fs::set_permissions(machine.database(), Permissions::from_mode(0o400)).unwrap();
    let beside = || fs::read_dir(machine.database().parent().unwrap()).unwrap().count();
    let before = beside();
    machine.equip(&mut bound(&machine, &[]));
    assert_eq!(beside(), before);
}

#[test]
fn settings_that_their_owner_may_not_read_are_named_with_what_helps() {
    let machine = Machine::alone();
    let path = machine.home.path(".config/hes-kiosk/kiosk.toml");
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let output = machine.equip(bound(&machine, &[]).env("LANG", "tr_TR.UTF-8"));
    let said = text(&output, "permissions-mode");
    assert!(said.ends_with(&format!("chmod u+rw {}", path.display())), "{said}");
}

#[test]
fn a_database_of_another_user_is_named_with_its_owner() {
    if !rustix::process::geteuid().is_root() {
        println!("left out: only root may become another user");
        return;
    }
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    for open in ["", "display", ".config", ".config/hes-kiosk", ".config/hes-kiosk/kiosk.toml"] {
        fs::set_permissions(machine.home.path(open), Permissions::from_mode(0o755)).unwrap();
    }
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let output = machine.equip(&mut bound(&machine, &nobody));
    let said = text(&output, "permissions-owner");
    let command = format!("sudo chown kiosk {}", machine.home.path(".local").display());
    assert!(said.contains("(root)") && said.contains(&command), "{said}");
}

#[test]
fn all_files_of_a_log_of_another_user_are_named_in_one_command() {
    if !rustix::process::geteuid().is_root() {
        println!("left out: only root may become another user");
        return;
    }
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let endings = ["db", "db-wal", "db-shm", "db.in-use", "db.key-id"];
    let log = endings.map(|ending| machine.database().with_extension(ending));
    let give = |user: &str, path: &Path| Command::new("chown").args(["-R", user]).arg(path).status().unwrap();
    assert!(give("65534", &machine.home.path("")).success());
    for file in &log {
        fs::OpenOptions::new().append(true).create(true).open(file).unwrap();
        assert!(give("0", file).success());
    }
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let said = text(&machine.equip(&mut bound(&machine, &nobody)), "permissions-owner");
    let log = log.map(|file| file.display().to_string());
    assert!(said.ends_with(&format!("sudo chown kiosk {}", log.join(" "))), "{said}");
}

#[test]
fn the_file_by_which_programs_know_of_each_other_is_named_where_it_alone_is_anothers() {
    if !rustix::process::geteuid().is_root() {
        println!("left out: only root may become another user");
        return;
    }
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let lock = machine.database().with_extension("db.in-use");
    let give = |user: &str, path: &Path| Command::new("chown").args(["-R", user]).arg(path).status().unwrap();
    assert!(give("65534", &machine.home.path("")).success() && give("0", &lock).success());
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let said = text(&machine.equip(&mut bound(&machine, &nobody)), "permissions-owner");
    assert!(said.ends_with(&format!("sudo chown kiosk {}", lock.display())), "{said}");
}

#[test]
fn settings_that_others_can_change_are_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "");
    let path = machine.home.path(".config/hes-kiosk/kiosk.toml");
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    assert_eq!(failed(&machine.doctor()), ["permissions-exposed"]);
}
