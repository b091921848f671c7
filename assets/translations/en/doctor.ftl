
## hes-kiosk doctor
doctor-passed = passed
doctor-warned = warned
doctor-failed = FAILED

doctor-check-settings = Settings
doctor-check-privacy = Privacy notice
doctor-check-permissions = Permissions
doctor-check-keyring = Keyring
doctor-check-service = Service
doctor-check-credentials = User name and password
doctor-check-clock = Clock
doctor-check-camera = Camera
doctor-check-reader = Reader
doctor-check-display = Display
doctor-check-sound = Sound
doctor-check-disk = Disk
doctor-check-log = Visit log
doctor-check-pins = PINs

doctor-no-answer = there was no answer in time. Stop the kiosk, start the computer anew, and try again.

doctor-settings-read = { $path }, environment: { $environment }.
doctor-settings-none = there is no { $path }, so the kiosk is the demo. To set it up: hes-kiosk setup
doctor-settings-place-missing = { $path }: [site] lacks { $keys }. The service needs them by the visitor method: without them no code is verified. Add them, or run hes-kiosk setup.
doctor-settings-no-home = no home folder is known. Set the variable HOME.
doctor-settings-unreadable = { $path } cannot be read. It has to be a file in UTF-8 of 1 MB at the most.
doctor-settings-wrong = { $path }, line { $line }: the name or the value of “{ $setting }” is not accepted ({ $problem }). Correct this line.
doctor-settings-no-toml = { $path }, line { $line } is no TOML ({ $problem }). Look at quotes, brackets and equals signs.

doctor-privacy-said = the data controller: { $controller }
doctor-privacy-not-needed = not needed in this environment, in which decisions are not real.
doctor-privacy-missing = the environment { $environment } needs controller, contact, legal_basis and purpose in the section [privacy] of { $path }. Add them, or run hes-kiosk setup.

doctor-permissions-right = { $user } may use each file and folder.
doctor-permissions-owner = { $path } belongs to another user ({ $owner }). Give it to the kiosk's: sudo chown { $user } { $files }
doctor-permissions-mode = { $path } may not be used. Permit it: chmod u+rw { $files }
doctor-permissions-folder = nothing may be written into the folder { $path }. Permit it: chmod u+rwx { $files }
doctor-permissions-exposed = others can change { $path }. Keep them out: chmod go-w { $path }
doctor-permissions-administrator = the system's administrator (root) runs this command, who may do everything. Run it as the kiosk's own user.

doctor-keyring-open = open.
doctor-keyring-locked = locked or missing. Log in to the desktop with a password (turn the automatic login off), or set keyring = false in the settings.

doctor-service-key-missing = { $key } is missing in [service.{ $environment }] of { $path }. Write it there, or answer the questions of: hes-kiosk setup
doctor-service-none = there is no service outside that is asked.
doctor-service-answers = { $url } answered within { $milliseconds } ms.
doctor-service-slow = { $url } answers slowly ({ $milliseconds } ms), and visitors wait. Look after the network.
doctor-service-not-asked = the password is in the locked keyring, so the service was not asked. Open the keyring first.
doctor-service-no-certificates = secure connections cannot be set up. Install the system's certificates: sudo apt install ca-certificates
doctor-service-name-unknown = the name of { $host } does not resolve. Look at url in the settings (and at proxy, if there is one), the network cable and DNS.
doctor-service-refused = { $host } refuses connections: no service runs there. Look at url in the settings, or ask who runs the service.
doctor-service-certificate-ends = the certificate of { $host } expires on { $day }. Ask whoever runs the service to renew it before.
doctor-service-certificate-expired = the certificate of { $host } has expired (it is { $now } on this computer). If that is right, ask who runs the service to renew it.
doctor-service-certificate-not-yet-valid = the certificate of { $host } is not valid yet (it is { $now } on this computer). Set this computer's clock.
doctor-service-certificate-of-another-name = { $host } shows a certificate for another name. Use the name that it is for as url in the settings.
doctor-service-certificate-untrusted = nobody who is trusted here gave the certificate of { $host }. If it is your institution's own authority, name its certificate as ca_file in the settings.
doctor-service-no-tls = { $host } does not speak TLS, so nothing can be encrypted. Look at the address and the port of url in the settings (mostly 443 for https).
doctor-service-unreachable = { $url } cannot be reached. Look after the network, the firewall, and proxy in the settings.
doctor-service-timed-out = { $url } did not answer in time. Look after the firewall, and proxy and timeout_seconds in the settings.
doctor-service-limits = { $url } says that it is asked too often. Wait a while and try again.
doctor-service-fails = { $url } says that it fails. Tell who runs the service.
doctor-service-unexpected = { $url } gave an answer of another kind. Look at url in the settings; a login page or a proxy may be between.

doctor-credentials-not-rejected = not rejected; that they are accepted, only a real question can tell.
doctor-credentials-rejected = { $url } rejected them. Look at username in the settings, and enter the password again: hes-kiosk credentials set { $environment }
doctor-credentials-missing = there is no password. Enter it: hes-kiosk credentials set { $environment }; if systemd keeps it for the kiosk's unit, it is seen there alone; look with it: { $command }
doctor-credentials-unreadable = the password file { $path } cannot be read. Enter the password again: hes-kiosk credentials set { $environment }
doctor-credentials-exposed = others can read the password file { $path }. Keep them out: chmod 600 { $path }

doctor-clock-right = { $now }, as the service's clock says.
doctor-clock-synchronised = { $now }, kept by a time server.
doctor-clock-unconfirmed = { $now }; nobody confirms it. Compare it with another clock, and have a time server keep it: sudo timedatectl set-ntp true
doctor-clock-off = { $minutes } minutes { $direction } (it is { $now } on this computer). Set it: sudo timedatectl set-ntp true
doctor-clock-ahead = ahead
doctor-clock-behind = behind

doctor-camera-sees = { $source }: { $size } pixels, { $rate } frames a second.
doctor-camera-advice = { $source }: { $size } pixels, { $rate } frames a second. { $advice }
doctor-camera-replay = pictures stand in for a camera ({ $source }). For a camera set source = "auto" in the section [camera] of the settings.
doctor-camera-none = no camera is used (source = "none").
doctor-camera-missing = { $source }: there is no camera. Plug it in; hes-kiosk camera list shows which are there. Where there is to be none, set source = "none" in the section [camera] of the settings, or choose again: hes-kiosk setup --again
doctor-camera-unsupported = { $source }: the camera offers no usable format. Plug in another one.
doctor-camera-failed = { $source }: the camera failed. Plug it in anew, or at another USB port.
doctor-camera-forbidden = { $source }: access to the camera is refused. Permit it and log in anew: sudo usermod -aG video { $user }
doctor-camera-busy = { $source }: another program uses the camera. Where that is not a running kiosk, close it.
doctor-camera-stalled = { $source }: the camera sends nothing. Plug it in anew.

doctor-reader-there = { $path }.
doctor-reader-missing = there is no { $path }. Plug the reader in, or correct serial in the settings.
doctor-reader-forbidden = { $path } may not be used. Permit it and log in anew: sudo usermod -aG { $group } { $user }

doctor-display-there = there.
doctor-display-missing = there is none. Run this command in the kiosk's desktop session, or set the variable DISPLAY (such as DISPLAY=:0). Where systemd opens the kiosk by cage, that opens the display: from a shell this line is expected there.

doctor-sound-heard = the sound device opens.
doctor-sound-muted = by the settings nothing is played now.
doctor-sound-missing = the sound device does not open, and decisions are not heard. Plug in a speaker, or set volume = 0 in the settings ({ $cause }).

doctor-disk-free = there are { $free } MB free for { $path }.
doctor-disk-low = there are only { $free } MB free for { $path }. Make room.
doctor-disk-full = there are only { $free } MB free for { $path }. Make room, or visits cannot be recorded soon.
doctor-disk-unknown = nobody can tell how much room is left.

doctor-log-not-yet = there is no { $path } yet; the kiosk's first start makes it.
doctor-log-intact = { $path } is intact, has { $records } records and can be written.
doctor-log-overdue = { $path } is intact, but keeps { $records } records that are days past retention. Start the kiosk, and see to its clock, or delete them: hes-kiosk log purge
doctor-log-gone = { $path } is gone. Put the file back, or restore a backup: hes-kiosk log restore
doctor-log-not-intact = { $path } is not intact, faults: { $faults }. hes-kiosk log verify names them.
doctor-log-disk-full = the disk is full, and { $path } cannot be written. Make room.
doctor-log-not-writable = { $path } may not be read or written. Give the file and its folder to the kiosk's user (chown, chmod u+rwX).
doctor-log-forbidden = { $file } may not be read and written. What to do stands behind Permissions.
doctor-log-disk-failed = the disk failed when { $path } was read or written. Replace the disk and restore a backup: hes-kiosk log restore
doctor-log-disk-silent = the disk of { $path } does not answer. Look after the disk and its cable.
doctor-log-unreadable = { $path } is damaged or was written with another key. Put the right keys back, or restore a backup: hes-kiosk log restore
doctor-log-busy = another program holds { $path }. Wait a while and try again.
doctor-log-linked = the file { $path } has a second name (a hard link). Remove the other one; this finds it: find / -samefile { $path }
doctor-log-newer = { $path } was written by a newer version. Update hes-kiosk.
doctor-log-altered = { $path } is not intact: its version, seals, tables or triggers were changed. Restore a backup: hes-kiosk log restore
doctor-log-keys-missing = there is no key file { $keys }. Put the copy back that you keep.
doctor-log-keys-unusable = the key file { $keys } cannot be read. Give it to the kiosk's user (chown, chmod 600).
doctor-log-keys-changed = the key of the codes is not the one that { $path } was written with. Put the keys back that you keep.
doctor-log-keys-malformed = the key file { $keys } is damaged. Put the copy back that you keep.
doctor-log-keys-exposed = others can read the key file. Keep them out: chmod 600 { $keys }
doctor-log-keys-beside = the key file { $keys } must not lie in the visit log's folder. Name another one as key_file in the settings.
doctor-log-keys-locked = the keys are in the locked keyring. Open the keyring first.
doctor-log-keys-not-in-keyring = { $path } is there, but the keyring has no keys of it. Log in as the right user, or restore a backup: hes-kiosk log restore

doctor-pins-set = people who have a PIN: { $people }.
doctor-pins-none = nobody has a PIN, and the desk cannot be opened. Give one: hes-kiosk pin set NAME --role manager
doctor-pins-no-manager = no manager has a PIN. Give one: hes-kiosk pin set NAME --role manager
