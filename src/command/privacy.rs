//! `hes-kiosk privacy`: what a data-protection officer asks, and what visitors have to be told.

mod inventory;
mod notice;

use std::iter;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};

use super::Exit;
use super::output::print_line;
use crate::kiosk::language::Texts;
use crate::kiosk::language::notice::Notice;
use crate::settings::{Language, Settings};

/// What is told.
#[derive(Debug, Args)]
pub(super) struct PrivacyArguments {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<PrivacyCommand>,
}

#[derive(Debug, Subcommand)]
enum PrivacyCommand {
    /// Print the notice for visitors (aydınlatma metni, article 10 of law no. 6698), from the settings.
    ///
    /// Exit status 2 where [privacy] does not say who controls the data and why: no notice is made up.
    Notice(NoticeArguments),
}

#[derive(Debug, Args)]
struct NoticeArguments {
    /// Only this language [default: those of the screen, Turkish first]
    #[arg(long)]
    language: Option<Language>,
    /// Plain text, or a page to print on A4.
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Html,
}

pub(super) fn run(config: Option<&Path>, arguments: &PrivacyArguments) -> Exit {
    if arguments.json && arguments.command.is_some() {
        return super::refuse(&"the notice is text or HTML: --json belongs to `privacy` alone");
    }
    let settings = match Settings::load_without_service(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let text = match &arguments.command {
        None => {
            let texts = Texts::for_staff(settings.screen.first_language);
            if arguments.json { inventory::json(&settings, texts) } else { inventory::text(&settings, texts) }
        }
        Some(PrivacyCommand::Notice(arguments)) => {
            let Some(privacy) = &settings.privacy else {
                return super::refuse(
                    &"the notice for visitors needs controller, contact, legal_basis and purpose in [privacy]",
                );
            };
            let languages = match arguments.language {
                Some(language) => vec![language],
                // The Turkish text is the binding one: it is there whatever the screen offers.
                None => iter::once(Language::Turkish)
                    .chain(settings.screen.languages.iter().copied().filter(|of| *of != Language::Turkish))
                    .collect(),
            };
            let notices: Vec<_> = languages
                .into_iter()
                .map(|language| Notice::new(&settings, privacy, Texts::of(language)))
                .collect();
            match arguments.format {
                Format::Text => notice::text(&settings, &notices),
                Format::Html => notice::html(&settings, &notices),
            }
        }
    };
    print_line(text.trim_end()).unwrap_or(Exit::Success)
}

/// The site and its entrance, as far as the settings name them.
fn site(settings: &Settings) -> String {
    let names = [settings.site_name.as_str(), settings.check_in.entrance.as_str()];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}
