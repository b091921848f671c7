use std::fs;

use super::*;

/// Writes a table, reads it and writes it again as the report does.
fn carried(bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("in.csv"), folder.path().join("out.csv"));
    fs::write(&path, bytes).unwrap();
    let table = Table::open(&path).unwrap();
    let mut writer = table.writer(File::create(&copy).unwrap(), folder.path()).unwrap();
    table.each_row(|row| writer.write(&row.cells)).unwrap();
    writer.finish().unwrap();
    fs::read(copy).unwrap()
}

fn opened(bytes: &[u8]) -> Result<Table, TableError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, bytes).unwrap();
    Table::open(&path)
}

#[test]
fn a_csv_file_is_carried_byte_for_byte_whatever_its_dialect() {
    for bytes in [
        "HES Kodu,Ad\nA1B2345678,\"Şule, İ.\"\n".as_bytes(),
        "HES Kodu;Ad\r\nA1B2345678;\"Şule; \"\"İ\"\"\"\r\n".as_bytes(),
        "\u{FEFF}Ad;HES Kodu\r\nŞule;A1B2345678\r\n".as_bytes(),
        b"Ad;HES Kodu;T\xfcr\r\n\xdeule;A1B2345678;\xdd\r\n",
        b"kod\nA1B2345678\n",
        b"kod;Ad\rA1B2345678;x\r",
        b"kod,Ad\nA1B2345678,\"a\r\nb\"\nA1B2345679,c\n",
        b"sep=;\r\nHES Kodu;Ad\r\nA1B2345678;x\r\n",
        b"\xEF\xBB\xBFsep=\t\nAd\tkod\nx\tA1B2345678\n",
    ] {
        assert_eq!(carried(bytes), bytes, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn the_codes_column_is_found_in_both_languages_and_any_case() {
    for header in [
        "HES Kodu",
        "hes_kodu",
        "HES KODU",
        "HES kod",
        "HES code",
        "hes-code",
        "HESCODE",
        "Code",
        "kod",
        "KOD",
        "\u{FEFF}HES Kodu",
    ] {
        let table = opened(format!("Ad;{header};Sicil\n").as_bytes()).unwrap();
        assert_eq!(table.code_column, 1, "{header}");
    }
}

#[test]
fn a_header_without_a_code_or_with_two_is_refused() {
    for header in ["", "Ad;Soyad", "Personel Kodu;Ad", "A1B2345678"] {
        assert!(matches!(opened(header.as_bytes()), Err(TableError::NoCodeColumn(_))), "{header}");
    }
    let two = opened(b"HES Kodu;Ad;HES code\n");
    assert!(matches!(two, Err(TableError::SeveralCodeColumns { count: 2, .. })));
}

#[test]
fn a_row_is_named_by_the_line_on_which_it_stands() {
    for ending in ["\n", "\r\n", "\r"] {
        let lines = ["kod;not", "A;1", "", "B;\"two", "lines\"", " ;", "C;3", ""];
        let mut found = Vec::new();
        opened_rows(&lines.join(ending), |row| found.push((text(&row.cells[0]), row.line)));
        let wanted = [("kod", 1), ("A", 2), ("B", 4), ("C", 7)].map(|(code, line)| (code.to_owned(), line));
        assert_eq!(found, wanted, "{ending:?}");
    }
}

fn opened_rows(content: &str, mut take: impl FnMut(&Row)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    fs::write(&path, content).unwrap();
    Table::open(&path)
        .unwrap()
        .each_row(|row| {
            take(&row);
            Ok::<(), TableError>(())
        })
        .unwrap();
}

#[test]
fn what_a_spreadsheet_would_run_becomes_text() {
    for start in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1+1", "＋1", "－1", "＠x"] {
        assert_eq!(Cell::from(start).harmless(), Cell::from(format!("'{start}").as_str()));
    }
    for plain in ["", "A=1", "'=1", " x", "ş"] {
        assert_eq!(Cell::from(plain).harmless(), Cell::from(plain));
    }
}

#[test]
fn a_table_whose_quotes_are_not_closed_is_refused_with_the_line_where_they_open() {
    for (content, line) in [
        ("kod,ad\nA,\"Ali\nB,Veli\nC,Can\n", 2),
        ("ad,kod\nAli,A\n\"Veli,B\nCan,C\n", 3),
        // The next quote seems to close it.
        ("kod,ad\nA,\"Ali\nB,\"Veli\"\n", 2),
        ("kod,ad\r\rA,\"a\rb\"\rB,\"a\"b\"\r", 5),
        ("kod,ad\nA,\"Ali\" \n", 2),
        ("kod,\"ad\nA,Ali\n", 1),
        ("sep=;\nkod;ad\nA;\"Ali\n", 3),
    ] {
        let refused = opened(content.as_bytes());
        let is_line = matches!(refused, Err(TableError::OpenQuote { line: found, .. }) if found == line);
        assert!(is_line, "{content:?}: {refused:?}");
    }
}

#[test]
fn quotes_that_are_closed_or_stand_within_a_cell_are_no_trouble() {
    for content in ["kod,ad\nA,\"Ali \"\"x\"\"\nb\"\nB,\"\"\nC,Can \"x\" y\n", "kod,\"ad\"", "kod,\"ad\"\r\n"]
    {
        assert!(opened(content.as_bytes()).is_ok(), "{content:?}");
    }
}

#[test]
fn lines_of_blank_cells_are_nobody_even_before_the_header() {
    let mut codes = Vec::new();
    opened_rows(";;\n\n ; \nad;kod\nx;A\n;;;\n\"\";\ny;\n", |row| codes.push((row.line, row.cells.len())));
    assert_eq!(codes, [(4, 2), (5, 2), (8, 2)]);
}
