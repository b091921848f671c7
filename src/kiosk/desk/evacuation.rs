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

/// The keys of the columns' names.
const COLUMNS: [&str; 7] = [
    "evacuation-number",
    "evacuation-admitted",
    "evacuation-for",
    "evacuation-entrance",
    "evacuation-record",
    "evacuation-who",
    "evacuation-seen",
];

/// The list as plain text, in columns as wide as what stands in them.
pub(super) fn text(list: &List<'_>, texts: &Texts) -> String {
    let people = list.present.len() as u64;
    let since = time(start_of_day(list.at));
    let counts = [("people", Argument::Number(people)), ("since", Argument::Text(&since))];
    let mut lines = vec![
        texts.get("evacuation-title"),
        format!("{} · {}", list.site, time(list.at)),
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
        number.to_string(),
        time(visit.at),
        duration(visit.at, now, texts),
        visit.entrance.clone(),
        present.sequence.to_string(),
        who(present, texts),
        "[  ]".to_owned(),
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

/// A time on the entrance's clock, with its offset.
fn time(time: Timestamp) -> String {
    local(time).strftime("%Y-%m-%d %H:%M:%S%:z").to_string()
}
