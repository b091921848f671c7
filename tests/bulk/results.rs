//! Institutions without a service: the codes go to e-Devlet's form, and its answers come back.

use std::time::{Duration, SystemTime};

use super::{Desk, errors};

const PEOPLE: &str = "Ad;HES Kodu\nAli;A1B2-3456-71\nVeli;a1b2345670\nAyşe;A1B2345670\nZeynep;yok\n";

/// A desk of an institution without access to the service.
fn manual(table: &str) -> Desk {
    let desk = Desk::of_demo("people.csv", table);
    desk.write_settings(
        "[service]\nenvironment = \"manual\"\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n",
    );
    desk
}

/// Runs with these results and gives the exit status and what each row of the report says.
fn reported(desk: &Desk, results: &str) -> (Option<i32>, Vec<String>, String) {
    let file = desk.home.path().join("sonuc.csv");
    std::fs::write(&file, results).unwrap();
    let output = desk.run(&["--results", file.to_str().unwrap()]);
    let report = desk.reported();
    let rows = report.lines().skip(1).map(|row| row.split(';').skip(2).take(2).collect::<Vec<_>>().join(" "));
    (output.status.code(), rows.collect(), errors(&output))
}

#[test]
fn the_list_is_each_valid_code_once_as_the_form_wants_it() {
    let desk = manual(PEOPLE);
    let output = desk.home.program().args(["bulk", "--list"]).arg(&desk.input).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout.clone()).unwrap(), "A1B2345671\nA1B2345670\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(
        errors(&output).contains("line 5") && errors(&output).contains("without a valid code: 1"),
        "{}",
        errors(&output)
    );
}

#[test]
fn the_answers_come_into_the_report_as_if_the_service_had_given_them() {
    let results = "Sıra,HES Kodu,Durum\n1,A1B2-3456-71,Riskli\n2,A1B2345670,Riskli değil\n";
    let (status, rows, _) = reported(&manual(PEOPLE), results);
    assert_eq!(rows, ["refuse risky", "admit riskless", "admit riskless", "unverified not_a_code"]);
    assert_eq!(status, Some(1));
}

#[test]
fn what_is_not_clear_is_named_by_its_line_and_unverified() {
    let people = "HES Kodu;Ad\nA1B2345670;a\nA1B2345671;b\nA1B2345672;c\nA1B2345673;d\n";
    let results =
        "Code;Status\nA1B2345670;RISKLESS\nA1B2345671;RISKLESS\nA1B2345671;RISKY\nA1B2345672;evet\n";
    let (status, rows, said) = reported(&manual(people), results);
    let unclear = "unverified unexpected_answer";
    assert_eq!(rows, ["admit riskless", unclear, unclear, "unverified not_looked_up"]);
    assert_eq!(status, Some(3));
    assert!(said.contains("line 4: another row") && said.contains("line 5: the status"), "{said}");
}

#[test]
fn results_of_an_earlier_day_are_said_to_be() {
    let desk = manual(PEOPLE);
    let file = desk.home.path().join("sonuc.csv");
    std::fs::write(&file, "HES Kodu;Durum\nA1B2345670;Riskli\n").unwrap();
    let before = SystemTime::now() - Duration::from_secs(25 * 60 * 60);
    std::fs::File::options().append(true).open(&file).unwrap().set_modified(before).unwrap();
    let output = desk.run(&["--results", file.to_str().unwrap()]);
    let said = errors(&output);
    assert!(said.contains("yanıtlar eski olabilir") && desk.report.exists(), "{said}");
}

#[test]
fn results_without_a_status_make_no_report() {
    let desk = manual(PEOPLE);
    let file = desk.home.path().join("sonuc.csv");
    std::fs::write(&file, "HES Kodu;Ad\nA1B2345670;x\n").unwrap();
    let output = desk.run(&["--results", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("Durum") && !desk.report.exists());
}

#[test]
fn without_results_there_is_nobody_to_ask() {
    let desk = manual(PEOPLE);
    let output = desk.run(&[]);
    assert_eq!((output.status.code(), desk.report.exists()), (Some(2), false));
    assert!(errors(&output).contains("Sorgulanacak bir servis yok"), "{}", errors(&output));
}
