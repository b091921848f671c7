//! What goes in and comes out, with the simulator behind it.

use std::fs::{self, File};
use std::io::BufReader;
use std::os::unix::fs::symlink;
use std::path::Path;

use calamine::{Data, ExcelDateTime, ExcelDateTimeType, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use rustix::fs::{CWD, FileType, Mode};

use super::institution::Institution;
use super::{Desk, beside, errors, mode};

/// The report with times replaced by `T`, which are not the same on each run.
fn timeless(report: &str) -> String {
    let cells = report.split_inclusive([',', ';', '\n', '\r']);
    let is_time = |cell: &str| cell.len() > 20 && cell.get(10..11) == Some("T");
    cells.map(|cell| if is_time(cell) { format!("T{}", &cell[24..]) } else { cell.to_owned() }).collect()
}

#[test]
fn each_row_goes_out_in_its_order_and_dialect_with_its_decision() {
    let table = "\u{FEFF}Sicil;Ad;HES Kodu\r\n0012;\"Şule; İ.\";A1B2-3456-70\r\n7;;a1b2345671\r\n\
                 8;Ali;0123456789abcdef0123456789abcdef|A1B2345672\r\n9;Veli;A1B2345673\r\n10;Can;A1B2345676\r\n";
    let desk = Desk::of_demo("people.csv", table);
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert_eq!(
        timeless(&desk.reported()),
        "\u{FEFF}Sicil;Ad;HES Kodu;decision;reason;valid_until;asked_at\r\n\
         0012;\"Şule; İ.\";A1B2-3456-70;admit;riskless;T;T\r\n\
         7;;a1b2345671;refuse;risky;T;T\r\n\
         8;Ali;0123456789abcdef0123456789abcdef|A1B2345672;refuse;code_not_found;;T\r\n\
         9;Veli;A1B2345673;refuse;code_expired;;T\r\n\
         10;Can;A1B2345676;unverified;unexpected_answer;;T\r\n"
    );
}

#[test]
fn a_table_of_turkish_excel_keeps_its_encoding() {
    let desk = Desk::of_demo("people.csv", b"Ad;HES Kodu\r\n\xdeule;A1B2345670\r\n");
    assert_eq!(desk.run(&[]).status.code(), Some(0));
    assert!(fs::read(&desk.report).unwrap().starts_with(b"Ad;HES Kodu;decision;"));
    assert!(fs::read(&desk.report).unwrap().windows(16).any(|part| part == b"\xdeule;A1B2345670;"));
}

#[test]
fn a_row_without_a_code_is_named_by_its_line_and_stops_nothing() {
    let desk = Desk::of_demo("people.csv", "code,name\nA1B2345670,x\n\nB1B234567,y\n,z\nA1B2345674\n");
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(3));
    let errors = errors(&output);
    assert!(errors.contains("line 4: a HES code has ten letters and digits, not 9"), "{errors}");
    assert!(errors.contains("line 5: the text is empty"), "{errors}");
    assert!(!errors.contains("B1B234567"), "{errors}");
    assert_eq!(
        timeless(&desk.reported()),
        "code,name,decision,reason,valid_until,asked_at\nA1B2345670,x,admit,riskless,T,T\n\
         B1B234567,y,unverified,not_a_code,,\n,z,unverified,not_a_code,,\nA1B2345674,,admit,riskless,T,T\n"
    );
}

#[test]
fn a_cell_of_two_lines_is_one_cell_and_no_code() {
    let table = "kod,ad\n\"A1B2345670\nA1B2345674\",x\nA1B2345674,\"two\nlines\"\n";
    let desk = Desk::of_demo("people.csv", table);
    let output = desk.run(&[]);
    assert!(errors(&output).contains("line 2: "), "{}", errors(&output));
    assert_eq!(
        timeless(&desk.reported()),
        "kod,ad,decision,reason,valid_until,asked_at\n\"A1B2345670\nA1B2345674\",x,unverified,not_a_code,,\n\
         A1B2345674,\"two\nlines\",admit,riskless,T,T\n"
    );
}

#[test]
fn a_table_with_nobody_in_it_says_so() {
    let desk = Desk::of_demo("people.csv", "kod;ad\n;\n");
    let output = desk.run(&[]);
    assert!(errors(&output).contains("nobody is in the table"), "{}", errors(&output));
    assert_eq!((output.status.code(), desk.reported().lines().count()), (Some(0), 1));
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_becomes_text() {
    let desk = Desk::of_demo("people.csv", "=name,code\n=1+1,A1B2345670\n@x,-A1B2345674\n");
    desk.run(&[]);
    assert_eq!(
        timeless(&desk.reported()),
        "'=name,code,decision,reason,valid_until,asked_at\n'=1+1,A1B2345670,admit,riskless,T,T\n\
         '@x,'-A1B2345674,admit,riskless,T,T\n"
    );
}

#[test]
fn the_exit_status_is_that_of_the_gravest_row() {
    for (codes, exit) in [
        ("A1B2345670\nA1B2345674\n", 0),
        ("A1B2345670\nA1B2345676\n", 3),
        ("A1B2345670\nnonsense\n", 3),
        ("A1B2345671\nA1B2345676\n", 1),
        ("", 0),
    ] {
        let desk = Desk::of_demo("people.csv", format!("kod\n{codes}"));
        assert_eq!(desk.run(&[]).status.code(), Some(exit), "{codes}");
    }
}

#[test]
fn the_health_fields_stand_in_the_report_where_the_site_needs_them() {
    let desk = Desk::of_demo("people.csv", "kod\nA1B2345670\nA1B2345674\nA1B2345675\nA1B2345672\n");
    let settings = desk.home.path().join(".config/hes-kiosk/kiosk.toml");
    fs::create_dir_all(settings.parent().unwrap()).unwrap();
    fs::write(settings, "[policy]\nadmit = \"riskless_and_protected\"\n").unwrap();
    desk.run(&[]);
    assert_eq!(
        timeless(&desk.reported()),
        "kod,decision,reason,valid_until,asked_at,is_vaccinated,is_immune,is_test_data_shared,\
         last_negative_test_date\nA1B2345670,admit,riskless,T,T,true,false,false,\n\
         A1B2345674,refuse,not_protected,T,T,false,false,false,\n\
         A1B2345675,admit,riskless,T,T,false,false,true,T\nA1B2345672,refuse,code_not_found,,T,,,,\n"
    );
}

#[test]
fn a_workbook_comes_out_as_a_workbook() {
    let desk = Desk::of_demo("people.xlsx", "");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for (column, name) in ["Ad", "HES Kodu", "Sicil", "Giriş"].into_iter().enumerate() {
        sheet.write_string(1, column as u16, name).unwrap();
    }
    sheet.write_string(2, 0, "Şule").unwrap().write_string(2, 1, "A1B2-3456-70").unwrap();
    sheet.write_number(2, 2, 12.0).unwrap().write_number_with_format(2, 3, 44197.0, &date).unwrap();
    sheet.write_string(4, 0, "=1+1").unwrap().write_boolean(4, 2, true).unwrap();
    sheet.write_number(5, 1, 1_234_567_890.0).unwrap();
    workbook.save(&desk.input).unwrap();

    let output = desk.run(&[]);

    assert!(errors(&output).contains("line 5: the text is empty"), "{}", errors(&output));
    let mut report: Xlsx<_> = Xlsx::new(BufReader::new(File::open(&desk.report).unwrap())).unwrap();
    let sheet = report.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().take(6).map(ToString::to_string).collect()).collect();
    assert_eq!(
        rows,
        [
            ["Ad", "HES Kodu", "Sicil", "Giriş", "decision", "reason"],
            ["Şule", "A1B2-3456-70", "12", "44197", "admit", "riskless"],
            ["'=1+1", "", "true", "", "unverified", "not_a_code"],
            ["", "1234567890", "", "", "admit", "riskless"],
        ]
    );
    assert!(matches!(sheet.get((1, 3)), Some(Data::DateTime(_))));
}

#[test]
fn a_workbook_of_1904_keeps_its_dates_and_a_formula_that_nobody_calculated_is_not_blank() {
    let desk = Desk::of_demo("people.xlsx", include_bytes!("../fixtures/dates_of_1904.xlsx"));
    let output = desk.run(&[]);
    assert!(errors(&output).contains("line 3: "), "{}", errors(&output));
    let mut report: Xlsx<_> = Xlsx::new(BufReader::new(File::open(&desk.report).unwrap())).unwrap();
    let sheet = report.worksheet_range_at(0).unwrap().unwrap();
    let (date, of_day) = (Data::DateTime, ExcelDateTimeType::DateTime);
    let wanted = [
        // 2 January 2020, 6:00; 8:30; 30 hours.
        date(ExcelDateTime::new(43_832.25, of_day, false)),
        date(ExcelDateTime::new(8.5 / 24.0, of_day, false)),
        date(ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false)),
        Data::String("'=B2+1".to_owned()),
    ];
    assert_eq!(sheet.rows().nth(1).unwrap()[1..5], wanted);
    let row: Vec<String> = sheet.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!([&row[0], &row[7]], ["'=A2", "not_a_code"]);
}

#[test]
fn a_table_that_cannot_be_used_leaves_the_last_report_alone() {
    for (name, table, complaint) in [
        ("people.csv", "Ad;Soyad\n", "no column is called"),
        ("people.csv", "HES Kodu;Kod\n", "2 columns are called"),
        ("people.csv", "", "no column is called"),
        ("people.csv", "PK\x03\x04 is no workbook", "no CSV or XLSX file"),
        ("people.xlsx", "kod\nA1B2345670\n", "let both end in .xlsx"),
        (
            "people.csv",
            "kod;ad\nA1B2345670;x\nA1B2345671;\"y\nA1B2345672;z\n",
            "line 3: the quote that opens here",
        ),
    ] {
        let desk = Desk::of_demo(name, table);
        fs::create_dir(desk.report.parent().unwrap()).unwrap();
        fs::write(&desk.report, "yesterday's").unwrap();
        let output = desk.run(&[]);
        assert!(errors(&output).contains(complaint), "{}", errors(&output));
        assert_eq!((output.status.code(), desk.reported().as_str()), (Some(2), "yesterday's"), "{complaint}");
        assert!(!desk.journal().exists());
    }
}

#[test]
fn neither_the_report_nor_what_stands_beside_it_takes_the_tables_place() {
    let table = "kod\nA1B2345670\n";
    for (name, report) in [
        ("people.csv", "people.csv"),
        ("people.csv", "link.csv"),
        ("report.csv.journal", "report.csv"),
        ("report.csv.part", "report.csv"),
    ] {
        let mut desk = Desk::of_demo(name, table);
        desk.report = desk.home.path().join(report);
        symlink(&desk.input, desk.home.path().join("link.csv")).unwrap();
        let output = desk.run(&[]);
        assert!(errors(&output).contains("the table's place"), "{name}: {}", errors(&output));
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(fs::read_to_string(&desk.input).unwrap(), table, "{name}");
    }
}

#[test]
fn somebody_elses_file_that_has_the_journals_name_is_left_alone() {
    let make: [fn(&Path, &Path); 2] = [
        |_, journal| fs::write(journal, "precious").unwrap(),
        |other, journal| symlink(other, journal).unwrap(),
    ];
    for make in make {
        let desk = Desk::of_demo("people.csv", "kod\nA1B2345670\n");
        let other = desk.home.path().join("other");
        fs::write(&other, "precious").unwrap();
        fs::create_dir(desk.report.parent().unwrap()).unwrap();
        make(&other, &desk.journal());
        let output = desk.run(&[]);
        assert!(errors(&output).contains("is not the journal of a run"), "{}", errors(&output));
        assert_eq!((output.status.code(), desk.report.exists()), (Some(2), false));
        for path in [other, desk.journal()] {
            assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
        }
    }
}

#[test]
fn a_report_that_could_not_get_its_name_is_refused_before_anybody_is_asked_about() {
    let institution = Institution::start(|_, _| None);
    let make: [fn(&Path); 2] = [|path| fs::create_dir(path).unwrap(), |path| mkfifo(path)];
    for make in make {
        let desk = Desk::at(&institution.url(), "kod\nA1B2345670\n", "");
        fs::create_dir(desk.report.parent().unwrap()).unwrap();
        make(&desk.report);
        let output = desk.run(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
        assert!(errors(&output).contains("is no file"), "{}", errors(&output));
    }
    assert!(institution.sizes().is_empty());
}

fn mkfifo(path: &Path) {
    rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

#[test]
fn the_report_is_its_owners_alone_and_nothing_else_is_left() {
    let desk = Desk::of_demo("people.csv", "kod\nA1B2345670\n");
    desk.run(&[]);
    assert_eq!((mode(&desk.report), mode(desk.report.parent().unwrap())), (0o600, 0o700));
    assert!(!desk.journal().exists() && !beside(&desk.report, ".part").exists());
}

#[test]
fn the_summary_counts_rows_and_is_told_in_the_first_language() {
    let table = "kod\nA1B2345670\nA1B2345670\nA1B2345671\nA1B2345676\nx\n";
    let desk = Desk::of_demo("people.csv", table);
    let summary = desk.summary();
    let wanted = serde_json::json!({
        "rows": 5, "codes": 3, "resumed": 0, "admit": 2, "refuse": 1, "unverified": 2,
        "reasons": {"riskless": 2, "risky": 1, "unexpected_answer": 1, "not_a_code": 1}
    });
    assert_eq!(summary, wanted);
    let told = String::from_utf8(desk.run(&[]).stdout).unwrap();
    assert!(told.starts_with("5 satır: 2 girebilir, 1 reddedildi, 2 doğrulanamadı\n"), "{told}");
    assert!(told.contains("1  HES kodu değil\n"), "{told}");
}
