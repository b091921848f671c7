//! Questions at the terminal; where standard input is no terminal its lines are the answers, in the same order.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use secrecy::SecretString;

use super::{Exit, complain, refuse, secret};
use crate::draft::Draft;
use crate::kiosk::language::{Argument, Texts};
use crate::visits::folded;

/// No answer has so many bytes.
const LONGEST: usize = 4096;

/// Who is asked.
pub(super) struct Conversation<'a> {
    texts: &'a Texts,
    is_terminal: bool,
}

impl<'a> Conversation<'a> {
    /// A conversation in the language of these texts.
    pub(super) fn begin(texts: &'a Texts) -> Self {
        Self { texts, is_terminal: io::stdin().is_terminal() }
    }

    /// Says what is wrong with an answer; it is asked again where somebody hears that.
    pub(super) fn ask_again(&self, wrong: &str) -> Result<(), Exit> {
        if self.is_terminal {
            complain(&wrong);
            return Ok(());
        }
        Err(refuse(&wrong))
    }

    /// The answer to the question of this key, without blanks around it.
    pub(super) fn ask(&self, key: &str) -> Result<String, Exit> {
        self.ask_with(&self.texts.get(key))
    }

    /// The answer to this question, without blanks around it.
    pub(super) fn ask_with(&self, prompt: &str) -> Result<String, Exit> {
        if self.is_terminal {
            secret::ask_for_line(prompt).map_err(|_| {
                let _ = writeln!(io::stderr());
                Exit::Interrupted
            })?;
        }
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(0) => Err(secret::unanswered(self.texts)),
            Ok(..=LONGEST) => Ok(line.trim().to_owned()),
            Ok(_) => Err(refuse(&self.texts.get("answer-too-long"))),
            Err(error) => Err(refuse(&error)),
        }
    }

    /// The answer to the question of this key, which is not shown while it is typed.
    pub(super) fn ask_unseen(&self, key: &str) -> Result<SecretString, Exit> {
        if self.is_terminal {
            return secret::ask_unseen(&self.texts.get(key)).map_err(|error| match error.kind() {
                ErrorKind::Interrupted => Exit::Interrupted,
                ErrorKind::UnexpectedEof => secret::unanswered(self.texts),
                _ => refuse(&error),
            });
        }
        self.ask(key).map(SecretString::from)
    }

    /// Whether the answer is one of the words of this key, in whatever case and by whatever keyboard it was typed.
    pub(super) fn is_one_of(&self, key: &str, answer: &str) -> bool {
        self.texts.get(key).split_whitespace().any(|word| folded(word) == folded(answer))
    }

    /// Whether the answer to the question of this key is a yes. What is neither yes nor no is asked again.
    pub(super) fn agrees(&self, key: &str) -> Result<bool, Exit> {
        loop {
            let answer = self.ask(key)?;
            let agrees = self.is_one_of("answers-yes", &answer);
            if agrees || self.is_one_of("answers-no", &answer) {
                return Ok(agrees);
            }
            complain(&self.texts.get("answer-yes-or-no"));
        }
    }

    /// Writes a file for its owner alone, wholly or not at all; one that is there already only where somebody agrees.
    pub(super) fn write_file(&self, path: &Path, text: &str) -> Result<(), Exit> {
        let name = path.display().to_string();
        if path.symlink_metadata().is_ok() {
            let there = self.texts.with("file-is-there", &[("file", Argument::Text(&name))]);
            if !self.is_terminal {
                return Err(refuse(&there));
            }
            let _ = writeln!(io::stderr(), "{there}");
            if !self.agrees("file-overwrite")? {
                return Err(refuse(&self.texts.get("file-not-written")));
            }
        }
        let written = Draft::begin(path).and_then(|(draft, mut file)| {
            file.write_all(text.as_bytes())?;
            draft.publish(path)
        });
        written.map_err(|error| refuse(&format!("{name}: {error}")))
    }
}
