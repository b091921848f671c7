//! A list of the settings file is changed element by element: what stands beside and between them stays.

use toml_edit::{Array, Value};

/// An element of a list that goes over several lines.
struct Element {
    /// What stands between the line before and the element; `None` where both share a line.
    above: Option<String>,
    value: Value,
    /// What stands behind it in its line, its comma apart.
    behind: String,
}

/// The texts of `wanted`, each with what `earlier` has about it. One that is wanted no more goes, or becomes a comment where
/// there is one about it.
pub(super) fn changed(earlier: &Array, wanted: &Array) -> Array {
    let (opening, mut elements, closing) = parts(earlier);
    // In one line there are no comments.
    let Some(mut closing) = closing else { return wanted.clone() };
    let indent = elements.iter().find_map(|element| element.above.as_deref()).map(last_line);
    let indent = indent.unwrap_or("    ").to_owned();
    let is_wanted = |element: &Element| wanted.iter().any(|value| value.as_str() == element.value.as_str());
    let mut left = String::new();
    elements.retain_mut(|element| {
        if is_wanted(element) {
            if !left.is_empty() {
                let above = element.above.take().unwrap_or_else(|| indent.clone());
                element.above = Some(std::mem::take(&mut left) + &above);
            }
            return true;
        }
        let above = element.above.clone().unwrap_or_else(|| indent.clone());
        if above.contains('#') || element.behind.contains('#') {
            let value = element.value.clone().decorated("", "");
            left.push_str(&format!("{above}# {value},{}\n", element.behind));
        }
        false
    });
    closing.insert_str(0, &left);
    let mut array = Array::new();
    let mut behind = opening;
    for value in wanted {
        let place = elements.iter().position(|element| element.value.as_str() == value.as_str());
        let element = place.map(|place| elements.remove(place));
        let new = || Element { above: Some(indent.clone()), value: value.clone(), behind: String::new() };
        let Element { above, value, behind: next } = element.unwrap_or_else(new);
        let prefix = match above {
            Some(above) => format!("{behind}\n{above}"),
            None if behind.contains('#') => format!("{behind}\n{indent}"),
            None => " ".to_owned(),
        };
        array.push_formatted(value.decorated(prefix, ""));
        behind = next;
    }
    array.set_trailing(format!("{behind}\n{closing}"));
    array.set_trailing_comma(earlier.trailing_comma() && !array.is_empty());
    array
}

/// What stands behind the bracket, the elements, and what stands in the lines after the last one, where that ends its line.
fn parts(array: &Array) -> (String, Vec<Element>, Option<String>) {
    let mut opening = String::new();
    let mut elements: Vec<Element> = Vec::new();
    let mut before = String::new();
    for value in array {
        let decor = value.decor();
        let text = |raw: Option<&toml_edit::RawString>| {
            raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned()
        };
        let (behind, above) = split(&(before + &text(decor.prefix())));
        elements.last_mut().map_or(&mut opening, |element| &mut element.behind).push_str(&behind);
        before = text(decor.suffix());
        elements.push(Element { above, value: value.clone(), behind: String::new() });
    }
    let (behind, closing) = split(&(before + array.trailing().as_str().unwrap_or_default()));
    elements.last_mut().map_or(&mut opening, |element| &mut element.behind).push_str(&behind);
    (opening, elements, closing)
}

/// What belongs to the line, and what to the next one, where there is one.
fn split(text: &str) -> (String, Option<String>) {
    match text.split_once('\n') {
        Some((behind, above)) => (behind.to_owned(), Some(above.to_owned())),
        None => (String::new(), None),
    }
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}
