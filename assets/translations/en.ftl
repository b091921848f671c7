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
log-purged = The content of { $records } records past their time was deleted.
act-started = The kiosk was started
act-stopped = The kiosk was stopped
act-out-of-service = It was out of service: { $said }
act-found = A code was looked for: { $records } records
act-purged = The content of { $records } records past their time was deleted
act-erased = { $records } records of a person were deleted: { $said }
act-seal-begun = The seals begin; { $records } records had no content any more
