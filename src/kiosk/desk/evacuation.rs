//! The list of those who are inside, for a warden with a clipboard.

use jiff::Timestamp;

use super::inside::duration;
use crate::checkin::Present;
use crate::kiosk::language::{Argument, Texts, local, start_of_day};

/// What stands on the list.
pub(super) struct List<'a> {
    /// Those who are inside.
    pub(super) present: &'a [Present],
    pub(super) site: &'a str,
    /// Who asked for it.
    pub(super) person: &'a str,
    pub(super) at: Timestamp,
}

/// The keys of the columns' names. What is ticked stands first and what may be long last: a printer that breaks a line
/// leaves the box where it is.
const COLUMNS: [&str; 7] = [
    "evacuation-seen",
    "evacuation-number",
    "evacuation-admitted",
    "evacuation-for",
    "evacuation-entrance",
    "evacuation-record",
    "evacuation-who",
];

/// The list as plain text, in columns as wide as what stands in them.
pub(super) fn text(list: &List<'_>, texts: &Texts) -> String {
    let people = list.present.len() as u64;
    let since = local(start_of_day(list.at)).strftime("%Y-%m-%d %H:%M").to_string();
    let counts = [("people", Argument::Number(people)), ("since", Argument::Text(&since))];
    let mut lines = vec![
        texts.get("evacuation-title"),
        format!("{} · {}", list.site, local(list.at).strftime("%Y-%m-%d %H:%M:%S%:z")),
        texts.with("evacuation-people", &counts),
        texts.with("evacuation-by", &[("person", Argument::Text(list.person))]),
        String::new(),
    ];
    let mut rows = vec![COLUMNS.map(|column| texts.get(column))];
    let numbered = (1..).zip(list.present);
    rows.extend(numbered.map(|(number, present)| row(number, present, list.at, texts)));
    let width = |column: usize| rows.iter().map(|row: &[String; 7]| row[column].chars().count()).max();
    let widths: [usize; 7] = std::array::from_fn(|column| width(column).unwrap_or_default());
    lines.extend(rows.iter().map(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }));
    lines.extend([String::new(), texts.with("evacuation-end", &counts), String::new()]);
    // What a printer would take for an order is none of ours.
    lines.iter().map(|line| line.replace(char::is_control, " ")).collect::<Vec<_>>().join("\n")
}

fn row(number: u64, present: &Present, now: Timestamp, texts: &Texts) -> [String; 7] {
    let visit = &present.visit;
    [
        "[  ]".to_owned(),
        number.to_string(),
        local(visit.at).strftime("%H:%M").to_string(),
        duration(visit.at, now, texts),
        visit.entrance.clone(),
        present.sequence.to_string(),
        who(present, texts),
    ]
}

/// What the log has of who it is: the masked holder where that is kept, or whose word it was.
fn who(present: &Present, texts: &Texts) -> String {
    if let Some(holder) = &present.visit.holder {
        let parts = [&holder.first_name, &holder.last_name, &holder.identity_number];
        return parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    }
    let word = present.visit.word.as_ref();
    word.map_or_else(
        || "—".to_owned(),
        |word| texts.with("evacuation-word", &[("person", Argument::Text(&word.person))]),
    )
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::entry::Decision;
    use crate::hes::MaskedHolder;
    use crate::settings::Language;
    use crate::visits::{Environment, Visit};

    /// So many characters has a line of what `lp` prints on A4, within a quarter of an inch at its edges.
    const PAPER: usize = 77;

    #[test]
    fn a_list_of_two_hundred_has_no_line_that_paper_breaks() {
        let at = Timestamp::now();
        let visit = Visit {
            id: uuid::Uuid::now_v7(),
            at: at - SignedDuration::from_mins(11 * 60 + 59),
            environment: Environment::Simulator,
            entrance: "Ana giriş".to_owned(),
            source: None,
            decided_by: None,
            answers: None,
            code: None,
            decision: Decision::Admit,
            valid_until: None,
            service_ms: None,
            holder: Some(MaskedHolder {
                first_name: Some("DE****".to_owned()),
                last_name: Some("YI****".to_owned()),
                identity_number: Some("********792".to_owned()),
            }),
            word: None,
        };
        let present = vec![Present { sequence: 99_999, visit }; 200];
        let list = List { present: &present, site: "Merkez", person: "Mehmet", at };
        for language in [Language::Turkish, Language::English] {
            let text = text(&list, Texts::for_staff(language));
            assert_eq!(text.lines().find(|line| line.chars().count() > PAPER), None);
        }
    }
}
