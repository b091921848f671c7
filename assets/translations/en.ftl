### English.

## On every screen
banner-not-real = TRIAL · Decisions are not real
language-code = EN
seconds-left = { $seconds } s
service-ready = Ready to check
clock-doubt = The clock seems wrong
reader-missing = The code reader is not connected
service-failing = No checks right now

## Welcome
welcome-title = Welcome
welcome-instruction = Show your QR code or type your code.
welcome-check = Check
welcome-no-code = No HES code
welcome-reading = Reading…
camera-working = Hold your HES QR code in the frame
camera-starting = The camera is starting…
camera-missing = No camera: type your code
camera-no-permission = No access to the camera: type your code
camera-busy = Camera in use elsewhere: type your code
camera-unplugged = Camera unplugged: type your code
camera-stalled = Camera not responding: type your code
camera-covered = Camera covered: uncover it or type your code
camera-damaged = Camera picture broken: type your code
camera-unsupported = Camera cannot be used: type your code
camera-slow = The camera is slow: hold the code a little longer
camera-several-codes = Several codes: show one code at a time
camera-failed = Camera failed: type your code
camera-restarting = The camera is restarting: you can type your code
demo-admit = May enter
demo-refuse = May not enter
demo-unverified = Not verified

## What is no code
problem-alphabet = This is not a HES code. It has only letters and digits.
problem-length = A HES code has 10 letters and digits. Please try again.
problem-payload = This is not the QR code of a HES code.
problem-half-read = The code was not read whole. Please scan again.
problem-reading = This is not a HES code. Please scan again.
too-many-attempts = Too many attempts. Please go to the desk. ({ $seconds } s)

## Privacy notice
notice = Data controller: { $controller } · Your code is not kept; what the visit log holds is deleted after { $days } days · Questions: { $contact } · Purpose: { $purpose } ({ $legal_basis })
notice-demo = Trial: there is no real institution here. Code A1B234567 and a digit: 0, 4, 5 may enter · 1, 2, 3 may not · 6, 7, 8, 9 are not verified. Your code is not kept; what the visit log holds is deleted after { $days } days.

## Checking
checking-title = Checking
checking-slow = The answer is taking a while, please wait

## Identity
identity-title = Confirm your identity
identity-instruction = Type the last three digits of your identity number.
identity-not-three = Please type three digits.
identity-mismatch = The digits do not match. Please try again.
identity-not-by-hand = Please type the digits by hand.
identity-other-code = Another code was shown. First type the three digits or cancel.
identity-confirm = Confirm
identity-give-up = Cancel

## Outcome
admit-title = You may enter
admit-advice = Show your identity card to the guard.
refuse-title = Entry is not possible
refuse-advice = Please go to the desk. If your code has expired, you can get a new one in the HES app.
refuse-advice-protected = Please go to the desk. In the HES app you can get a new code and share your vaccination and test data.
unverified-title = Not verified
unverified-advice = Your status could not be checked right now. Please wait at the desk.
identity-advice = Your identity could not be confirmed. Please go to the desk.
no-code-title = Go to the desk
no-code-advice = The person at the desk will help you.
holder-name = Name
holder-identity-number = Identity no.
shown-before = This code was already shown at { $time } · compare identity

## Out of service
out-of-service-title = Out of service
out-of-service-visits = Visits cannot be recorded. Please go to the desk.
out-of-service-settings = The settings cannot be used. Please go to the desk.
out-of-service-service = Checking cannot be started. Please go to the desk.
out-of-service-staff = For staff: { $cause } · since { $time } · will be tried again by itself
out-of-service-call = Call: { $contact }
out-of-service-call-unknown = Call: whoever is responsible for this kiosk
cause-disk-full = the disk is full ({ $file })
cause-not-writable = no permission to write ({ $file })
cause-disk = the disk failed ({ $file })
cause-unreadable = the log is damaged or has another key ({ $file })
cause-busy = the log is open in another program ({ $file })
cause-already-running = another kiosk runs on this log ({ $file })
cause-newer = the log was written by a newer version ({ $file })
cause-timed-out = the disk does not answer ({ $file })
cause-key-missing = the key file is missing ({ $file })
cause-key-unusable = the key file cannot be read ({ $file })
cause-key-malformed = the key file is damaged ({ $file })
cause-key-exposed = others can read the key file ({ $file })
cause-key-beside = the key file must not lie in the log's folder ({ $file })
cause-keyring-unusable = the keyring is locked or missing: log in to the desktop
cause-keyring-empty = the keyring does not hold the visit log's keys
cause-keyring-malformed = the keys in the keyring are damaged
cause-settings-unreadable = the settings file cannot be read ({ $file })
cause-settings-wrong = the settings are wrong: { $file }, line { $line }
cause-password-unreadable = the password file cannot be read ({ $file })
cause-password-exposed = others can read the password file ({ $file })
cause-password-missing = the service's password is not given
cause-no-home = the home folder is not known
cause-client = the client of the service cannot be set up
cause-simulator = the simulator cannot be started

## Commands
reason-riskless = riskless
reason-risky = risky
reason-code_not_found = no such code
reason-code_expired = the code has expired
reason-not_protected = no vaccination, immunity or negative test is shown
reason-identity_mismatch = the identity number does not match
reason-held = refused this morning, and the service does not answer now
reason-unreachable = the service could not be reached
reason-timed_out = the service did not answer in time
reason-credentials_rejected = the service rejected the credentials
reason-rate_limited = the service was asked too often
reason-service_failed = the service failed
reason-unexpected_answer = unexpected answer
reason-clock_doubt = the computer's clock is in doubt
reason-no_code = no code
reason-not_a_code = not a HES code
reason-identity_not_given = the last digits of the identity number could not be compared
source-typed = typed
source-image = picture
source-camera = camera
source-reader = reader
source-none = button

## hes-kiosk camera
camera-list-none = There is no camera
camera-list-opens = would be opened as { $format }
camera-list-fails = cannot be opened: { $reason }
camera-problem-missing = there is no such camera
camera-problem-unsupported = it offers no usable format
camera-problem-failed = the camera failed
camera-problem-no_permission = no permission (usermod -aG video USER)
camera-problem-busy = another program uses it
camera-problem-stalled = it does not answer
camera-test-frames = Picture: { $size } pixels, { $frames } frames, { $damaged } damaged
camera-test-rate = Rate: { $value } frames a second
camera-test-brightness = Brightness: { $value } of 255
camera-test-sharpness = Sharpness: { $value } of 100
camera-test-code-none = QR code: none in view
camera-test-code-unread = QR code: in view, not read
camera-test-code-read = QR code: read
camera-test-module = Module width: { $value } pixels
camera-test-unmet = Settings that the camera does not have: { $settings }
advice-none = All is well.
advice-check_cable = The pictures come damaged: change the cable or the USB port.
advice-uncover = The lens is covered, or it is dark: uncover the lens, switch on the light.
advice-more_light = More light is needed.
advice-less_light = It is too bright: do not point the camera at a lamp or a window.
advice-faster_frames = The camera is slow: give it more light or another USB port.
advice-focus = The picture is blurred: clean the lens, set the focus.
advice-move_closer = The code looks small: move the camera closer.
advice-hold_still = The code cannot be read: hold it still, closer, without glare.
advice-show_a_code = To measure, hold a code where visitors will hold theirs.

# Everyone in a table
bulk-summary = { $rows } rows: { $admit } may enter, { $refuse } refused, { $unverified } could not be verified

# The visit log
log-intact = The log is intact: { $records } records, the content of { $purged } of them deleted.
log-not-intact = THE LOG IS NOT INTACT: { $faults } faults in { $records } records.
log-seal = Seal: { $seal }
log-fault-changed = The content of record { $sequence } was changed.
log-fault-inserted = Record { $sequence } was not written by this program: it was inserted, or has taken another's place.
log-fault-moved = Record { $sequence } is not in its place: it is record { $to }.
log-fault-removed = The records { $sequence } to { $to } were removed.
log-fault-broken = The seal of record { $sequence } does not follow from the one before it.
log-fault-emptied = The content of record { $sequence } was deleted without a receipt.
log-fault-returned = A receipt says that the content of record { $sequence } was deleted, and here it is.
log-fault-cut = The log ends before the noted seal of record { $sequence }: it was cut, or an older copy put back.
log-fault-other_log = The seal of record { $sequence } is not the noted one: this is another log, or was written anew.
log-fault-damaged = The database is damaged: { $said }
log-erased = The content of { $records } records was deleted; a receipt was written.
log-erased-held = The content of { $records } records was deleted; a receipt was written. Some program is reading the log: what is left in the file goes with the next deletion (hes-kiosk log purge).
log-purged = The content of { $records } records past their time was deleted.
log-backed-up = { $records } records are in the backup { $file }. Nobody can read it without the pass-phrase.
log-restored = The log is that of the backup: { $records } records and one about this. The log that was there: { $file }. What was erased after the backup was made has to be erased again.
log-keys-rotated = The log has new keys. What was held for the door is held no longer: run bulk --hold again.
log-exported = { $records } records were written to { $file }.
stats-visits = visits
stats-admit = admitted
stats-refuse = refused
stats-unverified = unverified
stats-all = all
stats-days = By day ({ $zone })
stats-hours = By hour of the day ({ $zone })
stats-reasons = By reason
stats-sources = By how the code was shown
stats-service = The service: { $answers } answers, half of them within { $half } ms, 95 % within { $most } ms, 99 % within { $nearly } ms, the slowest { $longest } ms
act-started = The kiosk was started
act-stopped = The kiosk was stopped
act-out-of-service = It was out of service: { $said }
act-found = A code was looked for: { $records } records
act-exported = { $records } records were exported ({ $said })
act-backed-up = A backup was made: { $records } records
act-restored = A backup took the log's place; the log that was there is { $said }
act-set-aside = The log was damaged and is kept as { $said }; this one began
act-keys-rotated = The log got new keys
act-purged = The content of { $records } records past their time was deleted
act-erased = { $records } records of a person were deleted: { $said }
act-seal-begun = The seals begin; { $records } records had no content any more

# hes-kiosk privacy
privacy-title = What is stored of visitors, where, for how long, and who can see it
privacy-environment = Environment: { $environment }
privacy-where = Where
privacy-contents = Contents
privacy-kept = For
privacy-seen = Seen by
privacy-seen-owner = the user that the program runs as alone (files 0600, folders that the program makes 0700), and the machine's administrator
privacy-seen-owner-with-key = the user that the program runs as alone (0600), and the machine's administrator, can open the file; as it is encrypted, reading it also takes the key. Whoever has the key can read a copy of the file, too
privacy-seen-service-manager = the service manager (systemd) hands it to this program alone; the machine's administrator can see it, too
privacy-seen-keyring = it lies in the desktop's keyring: while that is unlocked, the programs of its user can read it
privacy-visits = The visit log (encrypted with SQLCipher)
privacy-visits-contents = number and id, time, environment, entrance, how the code was shown, who decided, the earlier record that it answers, the keyed hash of the code, the decision and its reason, until when the code is valid, how long the service took, the seal
privacy-visits-kept = { $days } days; the next daily deletion then takes the visit's content, and what stays in its place says nothing about the visitor
privacy-acts = What was done with the kiosk and its log (inside the visit log)
privacy-acts-contents = that the kiosk was started, stopped or out of service and why, that a code was looked for, that records were exported, in which form and by which filter: number and id, time, the user name of the session that did it, how many records were found or exported; the code is not written down
privacy-acts-kept = { $days } days; the next daily deletion takes it
privacy-receipts = Receipts of deletions (inside the visit log)
privacy-receipts-contents = how many records were deleted, their numbers and from when to when they were, their age or the reason: number and id, time, the user name of the session that deleted them; nothing about a visitor
privacy-receipts-kept = as long as the log: they are the proof of the deletion
privacy-held = Codes that were refused in bulk (inside the visit log; with “bulk --hold” alone)
privacy-held-contents = environment, the keyed hash of the code, until when it is held; nothing else
privacy-held-kept = counts for { $hours } hours at most; the next daily deletion takes it
privacy-keys = The visit log's keys
privacy-keys-contents = the key that opens the visit log, and the key of the codes' hashes, from which that of the seals is made; no personal data
privacy-keys-kept = until you delete them; the log cannot be read without them
privacy-aside = Visit logs that were set aside (encrypted with SQLCipher)
privacy-aside-contents = all that was in the log when it was damaged or was replaced by a backup; the earlier keys of a replaced one lie beside the keys under the same ending
privacy-aside-kept = { $days } days after it was last written; the next daily deletion then takes it as a whole
privacy-backups = Backups (encrypted with SQLCipher; with “log backup” alone)
privacy-backups-where = where you have put them
privacy-backups-contents = all that was in the log, and the key of the codes' hashes
privacy-backups-kept = until you delete them; the program does so only in the folder of reports and exports. They are opened with the pass-phrase, which is stored nowhere
privacy-exports = The folder of reports and exports
privacy-exports-contents = reports of bulk that are written there: the table that was given, codes included, and the decisions (not encrypted)
privacy-exports-kept = { $days } days; the daily deletion takes older files. Reports that are written to other folders the program does not delete
privacy-journals = Journals of bulk
privacy-journals-where = beside each report, with .journal behind the report's name
privacy-journals-contents = keyed hashes of codes, what the service said of them, until when they are valid, when they were asked about; health fields where the site's policy needs them (not encrypted)
privacy-journals-kept = deleted once the report is there; that of a run that was ended stays until the run is repeated or, in the folder of reports, as long as a report
privacy-log = The program's own log
privacy-log-contents = what the program did and what failed; no personal data
privacy-log-kept = limited by size, not by time: { $megabytes } MiB in all, the oldest goes
privacy-holder-kept = The masked name and identity number of admitted visitors are kept in the visit log, too (keep_holder = true).
privacy-holder-not-kept = The visitor's masked name and identity number are not kept (keep_holder = false).
privacy-hash = The keyed hash of a code is not anonymous by itself: the usual pattern (letter, digit, letter, digit and six digits) has about 7·10¹⁰ codes, and whoever has the key can try them all. Hence the log is encrypted, and its keys are kept elsewhere, not beside it.
privacy-sent = Whom the code is sent to
privacy-sent-simulator = Nobody: the simulator on this machine answers
privacy-sent-test = The HES test service of the Ministry of Health of Türkiye: { $url }
privacy-sent-live = The HES service of the Ministry of Health of Türkiye: { $url }
privacy-sent-own = The status service that the institution has chosen: { $url }
privacy-sent-code = Nothing else is sent along
privacy-sent-place = The entrance's place is sent along with a visitor's code: { $place }
privacy-never = Never stored
privacy-never-code = the code itself or a part of it (but for the table that you give to bulk, and its report)
privacy-never-qr_payload_first_half = the first half of the HES QR code, which is derived from the identity number
privacy-never-pictures = pictures of the camera
privacy-never-identity_digits = the last digits of the identity number as the visitor types them

# hes-kiosk privacy notice
notice-title = Privacy Notice for Visitors
notice-controller-title = 1. Data controller
notice-controller = Under Law No. 6698 on the Protection of Personal Data (“the Law”), your personal data are processed by the data controller named here, to the extent that this notice describes. Data controller: { $controller }
notice-data-title = 2. Personal data processed
notice-data-code = Your HES code: it is used for the check and is not itself kept. The visit log holds a keyed hash of it, by which the same code is recognised; this hash is personal data, too.
notice-data-health = Your health data (special-category personal data): the risk status that the service gives for your code, and until when the code is valid. The visit log holds the decision that rests on them with its reason, and until when the code is valid.
notice-data-health-fields = Your vaccination, immunity and test data (special-category personal data): what the service says of them is used for the decision on entry alone and is not kept in the visit log.
notice-data-holder = Your identity: your first and last name as the service masks them, and the last three digits of your Turkish identity number. If you may enter they are shown on the screen, to be compared with your identity card; they are not kept.
notice-data-holder-kept = Your identity: your first and last name as the service masks them, and the last three digits of your Turkish identity number. If you may enter they are shown on the screen, to be compared with your identity card, and kept in the visit log.
notice-data-digits = The last three digits of your Turkish identity number, as you type them: they are compared on this machine alone, to tell whether the code is yours; they are not kept and are sent to nobody.
notice-data-visit = Your visit: its time, the entrance, and how you showed your code.
notice-data-camera = The camera's picture: it is processed at that moment, to read the QR code, and is not recorded.
notice-purpose-title = 3. Purpose of processing
notice-purpose = Your personal data are processed for this purpose: { $purpose }
notice-recipients-title = 4. To whom personal data may be transferred, and for what purpose
notice-recipients-simulator = On trial, the simulator on this machine answers for your code, which is transferred to nobody.
notice-recipients-test = So that its status can be checked, your HES code is transferred to the Hayat Eve Sığar (HES) test service of the Ministry of Health of Türkiye: { $url }
notice-recipients-live = So that its status can be checked, your HES code is transferred to the Hayat Eve Sığar (HES) service of the Ministry of Health of Türkiye: { $url }
notice-recipients-own = So that its status can be checked, your HES code is transferred to the status service that the data controller has chosen: { $url }
notice-recipients-place = To tell for which entrance the check is made, the place of this entrance is sent along with your code: { $place }
notice-recipients-others = Other recipients and the purposes of transfer: { $recipients }
notice-recipients-none = Beyond this, your personal data are transferred to no third party.
notice-method-title = 5. Method of collection and legal basis
notice-method = Your personal data are collected by automatic means: you show your code to the camera or to a code reader or type it on the screen, and the service is asked for its status. The decision on entry is made automatically; you may turn to the desk about it.
notice-legal-basis = Legal basis: { $legal_basis }
notice-retention-title = 6. How long it is kept
notice-retention = The content of your visit's record is deleted once { $days } days have passed since the visit; what stays in its place says nothing about you. Until then the record is kept encrypted.
notice-rights-title = 7. Your rights
notice-rights = Under Article 11 of the Law you have the right, by applying to the data controller, with regard to yourself:
notice-right-a = a) to learn whether your personal data are processed,
notice-right-b = b) to request information about this, if your personal data have been processed,
notice-right-c = c) to learn the purpose of the processing of your personal data, and whether they are used in accordance with that purpose,
notice-right-c-cedilla = ç) to know the third parties in Türkiye or abroad to whom your personal data have been transferred,
notice-right-d = d) to request that your personal data be rectified, if they have been processed incompletely or inaccurately,
notice-right-e = e) to request that your personal data be erased or destroyed, under the conditions of Article 7 of the Law,
notice-right-f = f) to request that third parties to whom your personal data have been transferred be notified of what was done under (d) and (e),
notice-right-g = g) to object to a result to your detriment that arises from the analysis of the processed data solely by automated systems,
notice-right-g-breve = ğ) to claim compensation for damage that you suffer because your personal data were processed unlawfully.
notice-rights-end = The letters are those of the Law.
notice-application-title = 8. How to apply
notice-application = To exercise your rights, apply to the data controller: { $contact }
notice-application-code = As the visit log does not hold your code itself, give your HES code in your application, so that the record about you can be found.
notice-application-answer = Under Article 13 of the Law, the data controller concludes your request as soon as its nature allows and within thirty days at the latest, free of charge; where this involves a further cost, the fee of the tariff set by the Personal Data Protection Board may be charged.
notice-complaint = If your application is refused, if you find the answer insufficient or if none is given in time, you may complain to the Personal Data Protection Board under Article 14 of the Law, within thirty days of learning the answer and in any case within sixty days of your application.
