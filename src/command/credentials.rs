//! `hes-kiosk credentials`: the password with which the service is asked.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::{Args, Subcommand};
use secrecy::{ExposeSecret, SecretString};

use super::{Exit, output, refuse, secret};
use crate::draft::Draft;
use crate::entry::Decision;
use crate::hes::{Endpoint, Query, QueryError, Service};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{CREDENTIAL_STORE, PASSWORD_VARIABLE, PasswordPlace, SettingsFile};
use crate::visits::Environment;

/// The longest password in bytes.
const LONGEST: usize = 1024;

/// What is done with credentials.
#[derive(Debug, Subcommand)]
pub(super) enum CredentialsCommand {
    /// Store the password of a service.
    ///
    /// It is asked for without being shown, or read from standard input where that is no terminal. It goes to where the
    /// settings say: the `password_file`, or with `keyring = true` the desktop's keyring; where they say nothing, to the
    /// systemd credential where there is one already, else to a file of the program's own, for its owner alone.
    Set(SetArguments),
    /// Ask a service whether it rejects user name and password, by a question about nobody.
    ///
    /// Exit status: 0 they were not rejected, 1 they were, 3 nobody can tell.
    Test(EnvironmentArguments),
}

/// Whose password it is.
#[derive(Debug, Args)]
pub(super) struct EnvironmentArguments {
    /// The service: test, live or own [default: that of the settings]
    environment: Option<String>,
}

/// Whose password it is, and where it goes.
#[derive(Debug, Args)]
pub(super) struct SetArguments {
    #[command(flatten)]
    environment: EnvironmentArguments,
    /// Encrypt it by `systemd-creds` into this folder, for a unit's LoadCredentialEncrypted=.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true, default_missing_value = CREDENTIAL_STORE)]
    systemd: Option<PathBuf>,
}

pub(super) fn run(config: Option<&Path>, command: &CredentialsCommand) -> Exit {
    let done = match command {
        CredentialsCommand::Set(arguments) => set(config, arguments).map(|text| (text, Exit::Success)),
        CredentialsCommand::Test(arguments) => test(config, arguments),
    };
    match done {
        Ok((text, exit)) => output::print_found(&text, exit),
        Err(exit) => exit,
    }
}

impl EnvironmentArguments {
    /// The environment, which has a password of its own. Looked at here, as the parser of arguments would print what it
    /// refuses: a password, perhaps.
    fn environment(&self, file: &SettingsFile) -> Result<Environment, Exit> {
        let environment = match self.environment.as_deref() {
            None => file.environment().map_err(|error| refuse(&error))?,
            Some("test") => Environment::Test,
            Some("live") => Environment::Live,
            Some("own") => Environment::Own,
            Some(_) => return Err(refuse(&"one of test, live and own is wanted")),
        };
        match environment {
            Environment::Simulator => {
                Err(refuse(&"the simulator's credentials are public: say whether it is test, live or own"))
            }
            Environment::Manual => {
                Err(refuse(&"the environment manual asks no service: say whether it is test, live or own"))
            }
            Environment::Test | Environment::Live | Environment::Own => Ok(environment),
        }
    }
}

fn set(config: Option<&Path>, arguments: &SetArguments) -> Result<String, Exit> {
    let file = SettingsFile::read(config).map_err(|error| refuse(&error))?;
    let environment = arguments.environment.environment(&file)?;
    let texts = Texts::for_staff(file.first_language().map_err(|error| refuse(&error))?);
    let stored = ask_and_store(&file, environment, arguments.systemd.as_deref(), texts)?;
    stored.ok_or_else(|| refuse(&texts.get("credentials-no-password")))
}

/// Asks for the password of an environment, puts it where it belongs, and says where that is; nothing where nothing was
/// entered.
pub(super) fn ask_and_store(
    file: &SettingsFile,
    environment: Environment,
    systemd: Option<&Path>,
    texts: &Texts,
) -> Result<Option<String>, Exit> {
    let named = [("environment", Argument::Text(environment.name()))];
    let place = file.password_place(environment).map_err(|error| refuse(&error))?;
    let Some(place) = place else { return Err(refuse(&"this environment has no password")) };

    let is_terminal = io::stdin().is_terminal();
    let again = texts.get("credentials-again");
    let from = ("hes-kiosk credentials set < FILE", !is_terminal);
    let prompt = texts.with("credentials-prompt", &named);
    let password = secret::ask(texts, from, &prompt, Some(&again), |typed| {
        let is_password = typed.len() <= LONGEST && !typed.contains(char::is_control);
        if is_password { Ok(SecretString::from(typed)) } else { Err(texts.get("credentials-no-password")) }
    })?;
    if password.expose_secret().is_empty() {
        return Ok(None);
    }

    if let Some(path) = encrypted_place(systemd, &place, environment) {
        let name = PasswordPlace::credential_name(environment);
        encrypt(&name, &password, &path)?;
        let path = path.display().to_string();
        let places = [("name", Argument::Text(&name)), ("place", Argument::Text(&path))];
        return Ok(Some(texts.with("credentials-set-systemd", &places)));
    }
    place.store(&password).map_err(|error| refuse(&error))?;
    Ok(Some(match &place {
        PasswordPlace::Named(path) | PasswordPlace::Own(path) | PasswordPlace::Credential(path) => {
            texts.with("credentials-set-file", &[("place", Argument::Text(&path.display().to_string()))])
        }
        PasswordPlace::Keyring(_) => texts.get("credentials-set-keyring"),
    }))
}

/// The encrypted credential into which the password goes: the one that was asked for, or the one that is there already,
/// which the kiosk would prefer to the program's own file.
fn encrypted_place(
    folder: Option<&Path>,
    place: &PasswordPlace,
    environment: Environment,
) -> Option<PathBuf> {
    let name = PasswordPlace::credential_name(environment);
    match (folder, place) {
        (Some(folder), _) => Some(folder.join(name)),
        (None, PasswordPlace::Own(_)) => {
            Some(Path::new(CREDENTIAL_STORE).join(name)).filter(|path| path.exists())
        }
        (None, PasswordPlace::Named(_) | PasswordPlace::Credential(_) | PasswordPlace::Keyring(_)) => None,
    }
}

/// Lets systemd encrypt the password; it goes there through pipes alone.
fn encrypt(name: &str, password: &SecretString, path: &Path) -> Result<(), Exit> {
    let unwritten = |error: io::Error| refuse(&format!("{}: {error}", path.display()));
    let unusable = |error: io::Error| refuse(&format!("systemd-creds: {error}"));
    let mut encrypting = Command::new("systemd-creds")
        .args(["encrypt", &format!("--name={name}"), "-", "-"])
        .env_remove(PASSWORD_VARIABLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(unusable)?;
    if let Some(mut input) = encrypting.stdin.take() {
        // Where it did not listen it says why.
        let _ = input.write_all(password.expose_secret().as_bytes());
    }
    let encrypted = encrypting.wait_with_output().map_err(unusable)?;
    if !encrypted.status.success() || encrypted.stdout.is_empty() {
        return Err(refuse(&"systemd-creds could not encrypt the password"));
    }
    let (draft, mut file) = Draft::begin(path).map_err(unwritten)?;
    file.write_all(&encrypted.stdout).and_then(|()| draft.publish(path)).map_err(unwritten)
}

fn test(config: Option<&Path>, arguments: &EnvironmentArguments) -> Result<(String, Exit), Exit> {
    let file = SettingsFile::read(config).map_err(|error| refuse(&error))?;
    let environment = arguments.environment(&file)?;
    let texts = Texts::for_staff(file.first_language().map_err(|error| refuse(&error))?);
    let asked = file.service(environment).map_err(|error| refuse(&error))?;
    let Some((endpoint, query)) = asked else { return Err(refuse(&"this environment has no service")) };
    let url = endpoint.url.to_string();
    let (key, cause, exit) = match health(endpoint, query)? {
        Ok(()) => ("credentials-not-rejected", String::new(), Exit::Success),
        Err(QueryError::CredentialsRejected) => ("credentials-rejected", String::new(), Exit::Refused),
        Err(error) => ("credentials-unknown", reason(error, texts), Exit::Unverified),
    };
    Ok((texts.with(key, &[("url", Argument::Text(&url)), ("cause", Argument::Text(&cause))]), exit))
}

/// What the service says to a question about nobody.
pub(super) fn health(endpoint: Endpoint, query: Query) -> Result<Result<(), QueryError>, Exit> {
    let service = Service::new(endpoint, query).map_err(|error| refuse(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| refuse(&error))?;
    Ok(runtime.block_on(service.check_health()).answer)
}

/// Why nothing is known, in words.
pub(super) fn reason(error: QueryError, texts: &Texts) -> String {
    texts.get(&format!("reason-{}", Decision::Unverified(error.into()).reason_name()))
}
