//! Who may open the desk.

use super::Setup;
use crate::command::{Exit, complain, pin, refuse};
use crate::visits::{Environment, Person, Role, person_name};

impl Setup {
    /// Who may work at the desk.
    pub(super) fn pins(&self, environment: Environment) -> Result<(), Exit> {
        self.title("setup-title-pins")?;
        let file = self.with_environment(environment)?;
        let settings = file.settings_without_service().map_err(|error| refuse(&error))?;
        // Why a log cannot be opened was told, and the doctor tells it again.
        let Ok(desk) = pin::Opened::open(settings.check_in.visits, self.texts) else { return Ok(()) };
        let people = desk.list()?;
        if !people.is_empty() {
            self.say(&people)?;
            if !self.again {
                return Ok(());
            }
        }
        loop {
            let name = self.conversation().ask("setup-pin-name")?;
            if name.is_empty() {
                return Ok(());
            }
            let Ok(name) = person_name(&name) else {
                complain(&self.texts.get("setup-no-name"));
                self.ask_again()?;
                continue;
            };
            let Some(role) = self.role()? else { continue };
            let given = desk.set(Person { name, role }, self.is_script);
            self.say_unless_refused(given)?;
        }
    }

    /// The role that is answered, as the settings or people say it; `None` where the name is to be asked again.
    fn role(&self) -> Result<Option<Role>, Exit> {
        loop {
            let conversation = self.conversation();
            let said = conversation.ask("setup-pin-role")?;
            if said.is_empty() && !self.is_script {
                return Ok(None);
            }
            let is_said = |role: &Role| conversation.is_one_of(&format!("setup-is-{}", role.name()), &said);
            match [Role::Guard, Role::Manager].into_iter().find(is_said) {
                Some(role) => return Ok(Some(role)),
                None => complain(&self.texts.get("setup-no-role")),
            }
            self.ask_again()?;
        }
    }
}
