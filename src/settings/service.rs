//! The section on the status service: where it is, who asks it and how.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use secrecy::SecretString;
use serde::Deserialize;
use toml::Spanned;

use super::file::Parsed;
use super::password::{PasswordError, PasswordPlace};
use super::values::{FilePath, UserName, Whole};
use super::wrong::{Problem, line_of};
use super::{Folders, PASSWORD_VARIABLE, SettingsError, credential};
use crate::hes::{BaseUrl, Credentials, Endpoint, MINISTRY_LIVE_URL, MINISTRY_TEST_URL, Method, ProxyUrl};
use crate::visits::Environment;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [service]")]
pub(super) struct ServiceTable {
    pub(super) environment: Option<Spanned<Environment>>,
    pub(super) method: Method,
    pub(super) timeout_seconds: Option<Whole<1, 60>>,
    ca_file: Option<Spanned<FilePath>>,
    proxy: Option<ProxyUrl>,
    test: Address,
    live: Address,
    own: Address,
}

#[derive(Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "a section with url, username, and password_file or keyring"
)]
struct Address {
    url: Option<BaseUrl>,
    username: Option<UserName>,
    password_file: Option<Spanned<FilePath>>,
    /// Whether the desktop's keyring holds the password, unless `password_file` names a file.
    keyring: bool,
}

impl ServiceTable {
    /// The address of an environment, and that which it has where the file is silent; none where no service
    /// outside the program is asked.
    fn address(&self, environment: Environment) -> Option<(&Address, Option<&'static str>)> {
        match environment {
            Environment::Simulator | Environment::Manual => None,
            Environment::Test => Some((&self.test, Some(MINISTRY_TEST_URL))),
            Environment::Live => Some((&self.live, Some(MINISTRY_LIVE_URL))),
            Environment::Own => Some((&self.own, None)),
        }
    }

    /// Where the password of an environment is kept; the simulator's is public.
    pub(super) fn password_place(
        &self,
        environment: Environment,
        folders: &Folders,
    ) -> Option<PasswordPlace> {
        let (address, _) = self.address(environment)?;
        let name = PasswordPlace::credential_name(environment);
        Some(match (&address.password_file, address.keyring, credential(&name)) {
            (Some(path), ..) => PasswordPlace::Named(path.get_ref().0.clone()),
            (None, true, _) => PasswordPlace::Keyring(name),
            (None, false, Some(path)) => PasswordPlace::Credential(path),
            (None, false, None) => {
                PasswordPlace::Own(folders.data.join("passwords").join(environment.name()))
            }
        })
    }
}

impl Parsed<'_> {
    /// What an environment's section lacks: its keys, or the command that sets them.
    pub(super) fn lacks_of(&self, environment: Environment, folders: &Folders) -> Vec<String> {
        let Some((address, _)) = self.file.service.address(environment) else { return Vec::new() };
        let name = environment.name();
        let username = address.username.is_none().then(|| format!("[service.{name}] username"));
        let is_missing = self.password(environment, address, folders).is_err();
        let password = is_missing.then(|| format!("hes-kiosk credentials set {name}"));
        username.into_iter().chain(password).collect()
    }

    /// Where the desk looks the codes up nobody is asked, and nothing says whose code it is: a setting that says how
    /// would be a mistake, or an environment that is not the one that was meant.
    pub(super) fn refuse_what_a_service_needs(&self) -> Result<(), SettingsError> {
        let wrong =
            |problem: String| Err(self.wrong(self.environment_span(), Problem::NoService(problem.into())));
        let table: toml::Table = toml::from_str(self.text).unwrap_or_default();
        let section = table.get("service").and_then(toml::Value::as_table).into_iter();
        // Headings without anything below them say nothing.
        let is_said = |(key, value): &(&String, &toml::Value)| {
            *key != "environment" && !value.as_table().is_some_and(toml::Table::is_empty)
        };
        if let Some((key, _)) = section.flatten().find(is_said) {
            return wrong(format!("asks no service: {key} in [service] has no use, take it out"));
        }
        if self.file.identity.ask_last_digits {
            let problem = "has no identity number to compare digits with: take \
                           ask_last_digits in [identity] out";
            return wrong(problem.to_owned());
        }
        Ok(())
    }

    /// Where the section of an environment begins; where there is none, that of the environment's choice.
    fn line_of_section(&self, environment: Environment) -> usize {
        let header = format!("[service.{}]", environment.name());
        let at = self.text.lines().position(|line| line.trim() == header);
        at.map_or_else(|| line_of(self.text, self.environment_span()), |before| before + 1)
    }

    /// Where the service of an environment is, as far as the file says it.
    pub(super) fn service_url(&self, environment: Environment) -> Option<BaseUrl> {
        let (address, default) = self.file.service.address(environment)?;
        address.url.clone().or_else(|| BaseUrl::try_from(default?.to_owned()).ok())
    }

    pub(super) fn endpoint(
        &self,
        environment: Environment,
        folders: &Folders,
    ) -> Result<Option<Endpoint>, SettingsError> {
        let Some((address, _)) = self.file.service.address(environment) else { return Ok(None) };
        let missing = |key| SettingsError::ServiceKeyMissing {
            file: self.path.to_owned(),
            line: self.line_of_section(environment),
            environment: environment.name(),
            key,
        };
        Ok(Some(Endpoint {
            url: self.service_url(environment).ok_or_else(|| missing("url"))?,
            credentials: Credentials {
                username: address.username.clone().ok_or_else(|| missing("username"))?.0,
                password: self.password(environment, address, folders)?,
            },
            authorities: self.authorities()?,
            proxy: self.file.service.proxy.clone(),
        }))
    }

    fn password(
        &self,
        environment: Environment,
        address: &Address,
        folders: &Folders,
    ) -> Result<SecretString, SettingsError> {
        let named = address.password_file.as_ref().map(Spanned::span);
        let span = named.or_else(|| self.environment_span());
        let (file, line) = (self.path.to_owned(), line_of(self.text, span));
        let wrong = |problem| SettingsError::Password { file: file.clone(), line, problem };
        let missing = SettingsError::PasswordMissing { file: file.clone(), line, environment };
        let place = self.file.service.password_place(environment, folders);
        let password = match &place {
            Some(place) => place.read().map_err(wrong)?,
            None => None,
        };
        match (password, place) {
            (Some(password), _) => Ok(password),
            (None, Some(PasswordPlace::Named(path))) => Err(wrong(PasswordError::Unusable(path))),
            (None, Some(PasswordPlace::Own(_))) => {
                let password = std::env::var(PASSWORD_VARIABLE).ok().filter(|password| !password.is_empty());
                password.map(SecretString::from).ok_or(missing)
            }
            (None, Some(PasswordPlace::Credential(_) | PasswordPlace::Keyring(_)) | None) => Err(missing),
        }
    }

    /// The certificates of `ca_file`; none where the file does not name one.
    fn authorities(&self) -> Result<Vec<CertificateDer<'static>>, SettingsError> {
        let Some(named) = &self.file.service.ca_file else { return Ok(Vec::new()) };
        let path = &named.get_ref().0;
        let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, pem::Error>>();
        let problem = match read() {
            // The file is read whole here, so that whatever is wrong with it is told with its line.
            Ok(authorities) if authorities.iter().any(|authority| !is_certificate(authority)) => "is damaged",
            Ok(authorities) if !authorities.is_empty() => return Ok(authorities),
            Ok(_) => "holds no certificate in PEM form",
            Err(pem::Error::Io(_)) => "cannot be read",
            Err(_) => "is damaged",
        };
        Err(self.wrong(Some(named.span()), format!("the file {} {problem}", path.display())))
    }
}

fn is_certificate(authority: &CertificateDer<'_>) -> bool {
    RootCertStore::empty().add(authority.clone()).is_ok()
}
