## Commands
reason-riskless = riskless
reason-risky = risky
reason-code_not_found = no such code
reason-code_expired = the code has expired
reason-not_protected = no vaccination, immunity or negative test is shown
reason-identity_mismatch = the identity number does not match
reason-desk = decided at the desk
reason-left = the visitor left
reason-checked_out = checked out
reason-not_looked_up = nobody looked the code up
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
camera-none-to-test = There is no camera in the settings (source = "none"): name one by --camera
camera-not-seen = { $source }: { $reason }
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

## Everyone in a table
bulk-progress = { $known } of { $of } codes, { $rate } a second, { $left }
bulk-done = done
bulk-no-answer-yet = no answer yet
bulk-left = { $seconds ->
        [one] { $seconds } second left
       *[other] { $seconds } seconds left
    }
bulk-results-old = { $file } has not changed since { $day }, and its answers may be old: get today's from e-Devlet.
bulk-summary = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }: { $admit } may enter, { $refuse } refused, { $unverified } could not be verified

## The visit log
log-none-yet = { $path } is not there yet: the first visit makes it.
log-none-such = There is no such record.
log-answers = (on the record of { $time })
log-intact = The log is intact: { $records ->
        [one] { $records } record
       *[other] { $records } records
    }, the content of { $purged } of them deleted.
log-not-intact = THE LOG IS NOT INTACT: { $faults ->
        [one] { $faults } fault
       *[other] { $faults } faults
    } in { $records ->
        [one] { $records } record
       *[other] { $records } records
    }.
log-seal = Seal: { $seal }
log-fault-changed = The content of record { $sequence } was changed.
log-fault-inserted = Record { $sequence } was not written by this program: it was inserted, or has taken another's place.
log-fault-moved = Record { $sequence } is not in its place: it is record { $to }.
log-fault-removed = The records { $sequence } to { $to } were removed.
log-fault-removed-one = Record { $sequence } was removed.
log-fault-broken = The seal of record { $sequence } does not follow from the one before it.
log-fault-unreadable = Record { $sequence } is as it was sealed, but cannot be read.
log-fault-emptied = The content of record { $sequence } was deleted without a receipt.
log-fault-returned = A receipt says that the content of record { $sequence } was deleted, and here it is.
log-fault-cut = The log ends before the noted seal of record { $sequence }: it was cut, or an older copy put back.
log-fault-other_log = The seal of record { $sequence } is not the noted one: this is another log, or was written anew.
log-fault-gone = The log is gone.
log-fault-newer = A newer version of this program wrote the log, or somebody raised its version: update hes-kiosk and verify it again, or restore a backup (hes-kiosk log restore).
log-fault-set_aside = Record { $sequence } says that the log before it was damaged: what it held is not in this one, but in { $said }.
log-fault-missing = Record { $sequence } says that records which were written before are not in this log, and nobody knows where they are.
log-lost-until = Each verification says so until the missing records would have reached their retention, or until it is given a seal that was noted since that record (hes-kiosk log verify --seal).
log-fault-rows = In the table { $said } of the database there is what this program did not write, or something is missing.
log-fault-altered = The table, index, trigger or view { $said } of the database is not as this program made it.
log-fault-index = The index { $said } of the database is not true to the records: what is counted or listed by it may be wrong. hes-kiosk log rotate-keys makes it anew; the records themselves are not concerned.
log-is-refused = No other command works with this log, and no kiosk opens it: the way back is an intact backup (hes-kiosk log restore).
log-fault-damaged = The database is damaged: { $said }
log-will-be-set-aside = When nobody has it open any more, the next start of a kiosk or hes-kiosk check sets the damaged log aside (its name gets the ending .damaged-TIME) and begins a new one. A backup comes back with log restore.
log-overdue = { $records ->
    [one] One record is
   *[other] { $records } records are
} days past retention: nobody deletes what is due. Start the kiosk, and see to its clock, or delete by hes-kiosk log purge.
log-faults-unnamed = { $faults ->
        [one] { $faults } more fault is
       *[other] { $faults } more faults are
    } not named here.
log-erased = { $records ->
        [0] There is no record of this code; a receipt says that somebody asked.
        [one] The content of { $records } record was deleted; a receipt was written.
       *[other] The content of { $records } records was deleted; a receipt was written.
    }
log-misled = An index of the log is not true to its records: hes-kiosk log verify says more.
log-held-back = Some program is reading the log: what is left in the file goes with the next deletion (hes-kiosk log purge).
log-may-remain = This person's visits may still be in these files. The program deletes each with the first deletion after the date beside it; delete it yourself if that is too late:
log-remains-elsewhere = Backups, exports and reports of bulk that you have put elsewhere the program does not delete: deal with them by hand.
log-purged = { $records ->
        [0] No record was past its time.
        [one] The content of { $records } record past its time was deleted.
       *[other] The content of { $records } records past their time was deleted.
    }
log-files-deleted = { $files ->
        [one] { $files } file past its time was
       *[other] { $files } files past their time were
    } deleted in the program's own folders.
log-backed-up = { $records ->
        [one] { $records } record is
       *[other] { $records } records are
    } in the backup { $file }. Nobody can read it without the pass-phrase.
log-restored = The log ({ $path }) is that of the backup: { $records ->
        [one] { $records } record
       *[other] { $records } records
    } and one about this. The log that was there: { $file }.
log-not-the-demos = The backup has real visits, and the settings in force are the demo's: set the kiosk up first (hes-kiosk setup), or name its settings by --config. Nothing was restored.
log-the-demos = The backup has the demo's visits alone, and these settings are a real entrance's. Nothing was restored.
log-restored-without = PINs and who is held at the door do not come with a backup: set PINs again (hes-kiosk pin set), and run bulk --hold again.
log-restored-with-erased = What was erased for a person after the backup was made is there again: erase each anew (hes-kiosk log erase).
log-restored-by-what-was-there = What was erased again is what the log in place knew of: if that was an older copy, what was erased since is there again. A seal that was noted tells (hes-kiosk log restore --seal).
log-erased-again = { $records ->
        [one] { $records } record that was
       *[other] { $records } records that were
    } erased for persons after the backup was made { $records ->
        [one] was
       *[other] were
    } deleted again.
log-keys-rotated = The log has new keys. What was held for the door is held no longer: run bulk --hold again.
log-keys-beside = The new keys are in { $file }: no program opens the log until they are where the settings look for keys. Do not lose that file, as the log cannot be read without it.
log-no-time-between = --since has to be before --until, which is itself not included.
log-exported = { $records ->
        [one] { $records } record was
       *[other] { $records } records were
    } written to { $file }.
log-unreadable = cannot be read: hes-kiosk log verify says more
log-left-out = { $records ->
        [one] { $records } record cannot be read and is not
       *[other] { $records } records cannot be read and are not
    } in the file: hes-kiosk log verify says more.
stats-number = { $number }
stats-visits = visits
stats-admit = admitted
stats-refuse = refused
stats-unverified = unverified
stats-check_out = checked out
stats-all = all
stats-days = By day ({ $zone })
stats-hours = By hour of the day ({ $zone })
stats-reasons = By reason
stats-sources = By how the code was shown
stats-service = The service: { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }, half of them within { $half } ms, 95 % within { $most } ms, 99 % within { $nearly } ms, the slowest { $longest } ms
stats-unreadable = { $records ->
        [one] { $records } record cannot be read and is not
       *[other] { $records } records cannot be read and are not
    } counted: hes-kiosk log verify says more.
act-started = The kiosk was started (settings { $said })
act-stopped = The kiosk was stopped
act-out-of-service = It was out of service: { $said }
act-found = A code was looked for: { $records ->
        [one] { $records } record
       *[other] { $records } records
    }
act-settings-changed = Settings were changed: { $said }
act-export-begun = An export was begun ({ $said })
act-exported = { $records ->
        [one] { $records } record was
       *[other] { $records } records were
    } exported ({ $said })
act-backed-up = A backup was made: { $records ->
        [one] { $records } record
       *[other] { $records } records
    }
act-restored = A backup took the log's place, and { $records } of its records { $records ->
        [one] was
       *[other] were
    } erased again; the log that was there is { $said }
act-restored-unknown = A backup took the log's place, and nobody knows what has to be erased again; the log that was there is { $said }
act-pin-set = { $said } was given a PIN
act-people = Who has a PIN was sealed
act-pin-removed = The PIN of { $said } was taken away
act-pin-failed = A wrong PIN was entered ({ $records } in a row)
act-pin-entered = A PIN was entered at the desk
act-missing = The log was gone, and nothing tells why; this one began
act-missing-behind = The last record that was written is not in the log (its seal: { $said })
act-set-aside = The log was damaged and is kept as { $said }; this one began
act-keys-rotated = The log got new keys
act-files-deleted = { $records ->
        [one] { $records } file past its time was
       *[other] { $records } files past their time were
    } deleted in the program's own folders
act-purged = The content of { $records ->
        [one] { $records } record past its time
       *[other] { $records } records past their time
    } was deleted
act-erased = { $records ->
        [one] { $records } record of a person was
       *[other] { $records } records of a person were
    } deleted: { $said }
act-seal-begun = The seals begin; { $records ->
        [one] { $records } record had
       *[other] { $records } records had
    } no content any more

## hes-kiosk privacy
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
privacy-visits-contents = number and id, time, environment, entrance, how the code was shown, who decided, the earlier record that it answers, the keyed hash of the code, the decision and its reason, until when the code is valid, how long the service took, where the desk decided whose word it was and why, the seal
privacy-visits-kept = { $days } days; the next daily deletion then takes the visit's content, and what stays in its place says nothing about the visitor
privacy-acts = What was done with the kiosk and its log (inside the visit log)
privacy-acts-contents = that the kiosk was started and the digest of its settings, that it was stopped or out of service and why, that a code was looked for, that somebody began to export records and did, in which form and by which filter, that a backup was made and its seal, that files past their time were deleted, that a PIN was set, taken away, entered or wrong, that settings were changed in the window and which (not to what), that the list of those inside was taken: number and id, time, the user name of the session that did it, how many records were found, exported, backed up or listed as inside, or files deleted; the code is not written down. That records were only listed, counted or verified is not recorded
privacy-acts-kept = { $days } days; the next daily deletion takes it
privacy-receipts = Receipts (inside the visit log)
privacy-receipts-contents = how many records were deleted, their numbers and from when to when they were, their age or the reason; that a backup was restored, that a log was damaged or gone, that the keys were changed; a keyed digest of who has a PIN: number and id, time, the user name of the session that did it. Of one person's records the days alone stay; neither a name nor a code nor its hash is there
privacy-receipts-kept = as long as the log: they are the proof of the deletion or the change
privacy-people = Who may work at the desk (inside the visit log)
privacy-people-contents = name and role of each person with a PIN, a keyed Argon2id hash of the PIN, how many wrong PINs were entered last; nothing about a visitor
privacy-people-kept = until the person's PIN is taken away (hes-kiosk pin remove)
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
privacy-backups-contents = all that was in the log but for PINs and the codes that are held at the door, and the key of the codes' hashes
privacy-backups-kept = until you delete them; the program does so only in the folder of reports and exports. They are opened with the pass-phrase, which is stored nowhere
privacy-exports = The folder of reports and exports
privacy-exports-contents = reports of bulk that are written there: the table that was given, codes included, and the decisions; visits that “log export” wrote there, without the hash of the code, and acts and receipts where somebody asked for them; evacuation lists, with times, entrances and, where it is kept, the masked holder (all these are not encrypted); backups that were put there (encrypted)
privacy-exports-kept = { $days } days; the daily deletion takes older files, in folders within it, too. What is written to other folders the program does not delete
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
privacy-sent-manual = Nobody: staff at the desk look it up in the Ministry's app or on e-Devlet
privacy-sent-code = Nothing else is sent along
privacy-sent-place = The entrance's place is sent along with a visitor's code: { $place }
privacy-printed = Each evacuation list goes to the command { $command } as well ([desk] print): times, entrances and, where it is kept, the masked holder, not encrypted; what it does with them and for how long its printer keeps them, the program does not know.
privacy-never = Never stored
privacy-never-code = the code itself or a part of it (but for the table that you give to bulk, and its report)
privacy-never-qr_payload_first_half = the first half of the HES QR code, which is derived from the identity number
privacy-never-pictures = pictures of the camera
privacy-never-identity_digits = the last digits of the identity number as the visitor types them
privacy-memory = While a visitor is checked these are in the program's memory, and traces of them may stay for minutes, until that memory is used anew. The machine's administrator (root) can read it; other programs of the user cannot, and no crash writes it to a file. Where the machine moves memory to its disk (swap, hibernation), encrypt the disk.

pin-prompt = PIN, six to ten digits:{" "}
pin-again = The same again:{" "}
secret-no-terminal = There is no terminal to ask at: give it as the first line of standard input ({ $option }).
simulate-listens =
    The simulator listens on { $url }
    User name: { $username }
    Password: { $password }
simulate-first-line = the first line of { $file }
secret-different = The two differ.
answer-missing = There was no answer.
answer-too-long = The answer is too long.
answer-yes-or-no = Answer y or n.
answers-yes = y yes
answers-no = n no
pass-phrase-prompt = Recovery pass-phrase:{" "}
pass-phrase-short = A pass-phrase of at least 12 characters that does not begin with x' is wanted.
pass-phrase-obvious = Anybody would guess this pass-phrase: take more different characters, not in a row.
pin-nobody = Nobody of this name has a PIN.
pin-set = { $name } has a PIN now ({ $role }).
pin-removed = { $name } has no PIN any more.
role-guard = guard
role-manager = manager

## hes-kiosk desk
desk-title = Desk
desk-service-well = Service ready
desk-service-took = Service { $took }
desk-camera-well = Camera ready
desk-camera-rate = { $frames ->
        [one] Camera { $frames } frame/s
       *[other] Camera { $frames } frames/s
    }
desk-camera-failing = Camera sees nothing
desk-disk-low = Disk nearly full
desk-service-failing = Service does not answer
desk-lock = Lock · { $left }
desk-leave = Close the kiosk, back to the desktop
desk-search = Search or read a code
desk-search-awaits = Hold the code under the reader
desk-found = { $visits ->
        [one] { $visits } visit with this code
       *[other] { $visits } visits with this code
    }
desk-show-all = Today
desk-show-refused = Refused
desk-show-unverified = Not verified
desk-no-visits = No visits to show
desk-press-enter = Press Enter to look the code up
desk-reading = Reading…
desk-admitted = Entered
desk-refused = Refused
desk-waits = Waiting
desk-settled = Settled
desk-checked-out = Left
desk-decide = Decide
desk-details = Details
desk-waiting = Waiting · { $visits }
desk-waiting-more = { $visits } more waiting: in the list, “{ desk-show-unverified }”
desk-day = Today · { $admitted } entered, { $refused } refused, { $unverified } not verified
desk-pin-title = Enter your PIN
desk-second-title = A second guard enters a PIN
desk-pin-instruction = Six to ten digits
desk-pin-comparing = Looking…
desk-pin-confirm = OK
desk-pin-not-a-pin = A PIN has six to ten digits.
desk-pin-wrong = { $left ->
        [0] Wrong PIN.
        [one] Wrong PIN. One more try.
       *[other] Wrong PIN. { $left } more tries.
    }
desk-pin-locked = Too many wrong PINs. Try again in { $minutes } min.
desk-pin-nobody = Nobody has a PIN yet. The manager sets one with “hes-kiosk pin set”.
desk-pin-not-a-manager = This needs a manager's PIN.
desk-pin-same-person = The second one has to be somebody else.
desk-no-way-out = No PIN can be checked: the visit log could not be opened. Over SSH hes-kiosk doctor says what to do, sudo systemctl stop hes-kiosk closes the kiosk.
desk-back = Back
desk-behind-checking = Somebody came meanwhile, whose code is being checked. The screen shows the outcome when the desk closes.
desk-behind-asked = Somebody came meanwhile, and is asked for the last digits of the identity number when the desk closes.
desk-behind-awaiting = Somebody came meanwhile, and waits for you to look the code up.
desk-behind-decided = Somebody came meanwhile. The screen shows the outcome when the desk closes.
desk-unshown-admitted = { $time } · Your word is recorded: may enter. The screen is another visitor's now: tell this one yourself.
desk-unshown-refused = { $time } · Your word is recorded: may not enter. The screen is another visitor's now: tell this one yourself.
desk-overtaken = Somebody decided on this visit before you: your word was not recorded. The list shows the one that counts.
desk-decide-instruction = Choose the reason, then decide. It is recorded with your name.
desk-admit = May enter
desk-refuse = May not enter
desk-left = The visitor left
desk-cancel = Back
desk-reason-app = Seen to be riskless in the HES app
desk-reason-document = A written document was shown
desk-reason-manager = The manager agreed
desk-reason-other-person = The code is another person's
desk-reason-own = Another reason: type it on the keyboard
desk-reason-refused = Type at least three letters, and neither a HES code nor an identity number.
source-desk = desk
