
## hes-kiosk credentials
credentials-prompt = The password of the environment { $environment }:{" "}
credentials-again = Once more:{" "}
credentials-set-file = The password is stored: { $place }. The kiosk uses it from its next start.
credentials-set-keyring = The password is stored in the desktop's keyring. The kiosk uses it from its next start.
credentials-set-systemd =
    The password is stored, encrypted: { $place }. The systemd unit that starts the kiosk needs this line:
    LoadCredentialEncrypted={ $name }:{ $place }
credentials-rejected = { $url } rejected the user name or the password.
credentials-not-rejected = { $url } did not reject user name and password. That it accepts them, only a real question can tell.
credentials-unknown = Nobody can tell whether { $url } accepts user name and password: { $cause }.
