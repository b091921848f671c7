# The pages of the desk that only a manager opens.

desk-tab-visits = Visits
desk-tab-settings = Settings
desk-tab-exports = Export
desk-tab-pins = PINs
desk-tab-erasure = Erasure

pins-instruction = Who can open the desk? Each PIN is recorded with its name.
pins-new = New person
pins-change = Change PIN
pins-remove = Remove
pins-name = Name: it stands so in the records
pins-guard-may = A guard sees the visits, looks codes up and decides.
pins-manager-may = A manager also changes settings and PINs, exports, erases and closes the kiosk.
pins-continue = Continue
pins-no-name = Type a name of 1 to 40 characters.
pins-name-taken = There is { $name } already; type a name that nobody takes for it.
pins-last-manager = There is no other manager: nobody can open these pages afterwards. “hes-kiosk pin set” makes a new one.
pins-removing = Remove the PIN of { $name }?
pins-new-pin = New PIN for { $name }
pins-again = The same PIN once more
pins-obvious = Anybody would guess this PIN; choose another one.
pins-taken = Choose another PIN.
pins-different = The two PINs differ; start again.
pins-not-hashed = The PIN could not be kept; try again.

exports-title = Write visits into a file
exports-span = Time
exports-today = Today
exports-days = Last { $days } days
exports-all = All
exports-format = Format
exports-csv = CSV
exports-xlsx = Excel
exports-jsonl = JSON lines
exports-begin = Write the file
exports-instruction = The file holds personal data: keep it no longer than needed. Who wrote it is recorded by name.
exports-running = Being written… Visitors do not wait.
exports-failed = The file could not be written: the disk may be full, or the log cannot be read. No part of it was left.

erasure-title = Erase a person's visits
erasure-instruction = Let the person show the HES code: read it with the reader, or type it and press Enter. That you looked is recorded with your name.
erasure-code = HES code
erasure-no-code = This is no HES code.
erasure-found = { $records ->
        [0] No record has the code { $code }. You can still write the receipt of the request.
       *[other] The contents of { $records } records of the code { $code } will be deleted. Nothing brings them back; a receipt stays.
    }
erasure-asked = The person asked for it
erasure-why = Or type another reason: no name, code or identity number
erasure-no-reason = A reason has 3 to 200 characters, without a code or an identity number.
erasure-pin = Enter your PIN once more to erase
erasure-not-yours = The PIN of the manager who opened the desk is wanted.
erasure-next = Another code
erasure-files-unread = The program's folders could not be looked through: files there may still hold visits of this person.

settings-instruction = What is saved takes effect when the kiosk starts anew. Where the service is, its password, and where the log and its keys lie are changed in the file and by commands alone.
settings-changes = { $changes ->
        [one] One change is not saved yet.
       *[other] { $changes } changes are not saved yet.
    }
settings-leaving = { $changes ->
        [one] One change is not saved. Save it, or touch once more to leave without it.
       *[other] { $changes } changes are not saved. Save them, or touch once more to leave without them.
    }
settings-writing = Being saved…
settings-saved = Saved. It takes effect when the kiosk starts anew.
settings-unreadable = The settings file cannot be read; run “hes-kiosk” to see what it says.
settings-wrong = Not saved: “{ $setting }” was refused. Why is said beside it.
settings-refused = Not saved. { $why }
settings-meanwhile = Not saved: the file was changed elsewhere meanwhile. Below is what it says now; look at your changes and save again.
settings-unwritable = Not saved: the kiosk may not write { $file }. Its owner can change it.
settings-restart = Start anew now
settings-save = Save
settings-forget = Forget changes
settings-accepts-number = Type a whole number from { $least } to { $most }.
settings-accepts-several = Choose at least one.
settings-accepts-one = Choose one.
settings-accepts-text = Type a text of one line, without characters that are not seen.
settings-accepts-latitude = Type degrees from -90 to 90, such as 39.92.
settings-accepts-longitude = Type degrees from -180 to 180, such as 32.85.
settings-accepts-notice_url = Type an address such as https://example.org/kvkk: it begins with https://, has at most 300 characters, and neither user name nor password.
settings-accepts-camera = Type one of these: auto, none, device:0, device:/dev/video0, device:name=NAME, replay:PATH.
settings-accepts-adjustment = Type auto or a whole number from 0 to 65535.
settings-accepts-port = Type the path of the port, such as /dev/ttyACM0.
settings-accepts-hours = Type hours such as 20:00-07:00; they may not end when they begin.
settings-accepts-quiet = Type hours and a volume from 0 to 100: 20:00-08:00 20.
settings-accepts-reasons = A reason has 3 to 200 characters and is in words, without a code, an identity number or an e-mail address.
settings-needs-both = Latitude and longitude go together: type both, or empty both.
settings-needs-protection = This may be set only where “Riskless and protected” is chosen for “Who may enter?”.
settings-needs-negative-test = Where a negative test is no protection it has no hours: choose the negative test, or empty the hours.
settings-needs-repeat = Where the same code checks out, the minutes within which it counts as shown again cannot be 0.
settings-needs-service = The desk looks codes up: neither the service nor the question for digits can be set.
settings-needs-privacy = Controller, contact, legal basis and purpose cannot be empty: this kiosk's decisions are real.
settings-wrong-elsewhere = Something is wrong in the file that this page does not change: “hes-kiosk doctor” says where and why.
settings-empty = Empty: the file is silent
settings-silent = Not set
settings-clear = Clear
settings-done = Done
settings-on = On
settings-off = Off

# The sections of the settings file, its settings, and the values to choose from.
settings-site = Site
settings-service = Service
settings-policy = Policy
settings-identity = Identity
settings-privacy = Privacy notice
settings-camera = Camera
settings-reader = Reader
settings-visits = Visit log
settings-bulk = Bulk
settings-screen = Screen
settings-sound = Sound
settings-desk = Desk
settings-log = Program's log
settings-site-name = Name of the institution or building
settings-site-entrance = Name of the entrance
settings-site-city = City
settings-site-district = District
settings-site-address = Address
settings-site-latitude = Latitude (with the longitude)
settings-site-longitude = Longitude (with the latitude)
settings-service-method = Method of the questions
settings-service-timeout_seconds = Longest wait for the service, seconds
settings-policy-admit = Who may enter?
settings-policy-protected_by = What counts as protection?
settings-policy-negative_test_hours = Hours for which a negative test counts
settings-policy-two_guards = A second person agrees at the desk
settings-identity-ask_last_digits = Ask for the last three digits of the identity number
settings-privacy-controller = Data controller
settings-privacy-contact = Contact, also when something is wrong
settings-privacy-legal_basis = Legal basis
settings-privacy-purpose = Purpose
settings-privacy-recipients = Recipients
settings-privacy-notice_url = Address of the notice (https)
settings-camera-source = Camera
settings-camera-fps = Rate of a replay, frames a second
settings-camera-focus = Focus: auto or a number
settings-camera-exposure = Exposure: auto or a number
settings-camera-power_line_frequency = Flicker of lamps, hertz
settings-camera-mirror = Mirror the picture
settings-reader-serial = Reader at a serial port
settings-reader-baud_rate = Speed of the reader, baud
settings-visits-keep_holder = Keep the masked name of who was admitted
settings-visits-repeat_minutes = Minutes within which a code counts as shown again
settings-visits-check_out = The same code checks out
settings-visits-retention_days = Days for which records are kept
settings-bulk-parallel = Questions at once in bulk
settings-bulk-timeout_seconds = Longest wait in bulk, seconds
settings-screen-languages = Languages: the first one chosen comes first
settings-screen-fullscreen = Full screen
settings-screen-night = Hours of the dark look (20:00-07:00)
settings-screen-return_seconds = Seconds until the first language returns
settings-screen-reduce_motion = Reduce motion
settings-screen-admit_seconds = Seconds of the green screen
settings-screen-refuse_seconds = Seconds of the red screen
settings-screen-unverified_seconds = Seconds of the amber screen
settings-sound-volume = Volume, per cent
settings-sound-quiet = Quiet hours and their volume (20:00-08:00 20)
settings-desk-shuffle_keypad = Shuffle the keys of the PIN each time
settings-desk-reasons = Reasons of decisions, with ; between them
settings-log-level = Detail of the program's log
settings-value-visitor = Visitor
settings-value-employee = Employee
settings-value-general = General
settings-value-plus = Plus
settings-value-riskless = Riskless
settings-value-riskless_and_protected = Riskless and protected
settings-value-vaccinated = Vaccinated
settings-value-immune = Immune
settings-value-negative_test = Negative test
settings-value-50 = 50
settings-value-60 = 60
settings-value-auto = Automatic
settings-value-off = Off
settings-value-tr = Turkish
settings-value-en = English
settings-value-ar = Arabic
settings-value-de = German
settings-value-ru = Russian
settings-value-info = Info
settings-value-error = Error
settings-value-warn = Warning
settings-value-debug = Debug
settings-value-trace = Trace
