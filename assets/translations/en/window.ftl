### English.

## On every screen
banner-not-real = TRIAL · Decisions are not real
banner-setup = To set it up: hes-kiosk setup
language-name = English
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
larger-text = Larger text
high-contrast = High contrast
welcome-reading = Reading…
camera-working = Hold your HES QR code in the frame
camera-starting = The camera is starting…
camera-none = Hold your code under the reader, or type it
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
notice = Data controller: { $controller } · Your code is not kept; what the visit log holds is deleted after { $days ->
        [one] one day
       *[other] { $days } days
    } · Questions: { $contact } · Purpose: { $purpose } ({ $legal_basis })
notice-demo = Trial: there is no real institution here. A1B234567 and a digit: 0, 4, 5 may enter · 1, 2, 3 may not · 6–9 are not verified. Your code is not kept; what is recorded is deleted after { $days ->
        [one] one day
       *[other] { $days } days
    }.
notice-open = Privacy notice
notice-close = Close
notice-scan = Scan with your phone to take it with you
notice-short = Privacy notice (summary; Turkish Law No. 6698)
    Data controller: { $controller }
    Purpose: { $purpose }
    Your code is not kept; the content of your visit record is deleted after { $days ->
        [one] one day
       *[other] { $days } days
    }.
    You have the right to be informed about your data, to have them corrected or erased, and to object (Article 11).
    Apply to: { $contact }

## Checking
checking-title = Checking
checking-slow = The answer is taking a while, please wait
awaiting-title = Please wait
awaiting-advice = The desk is looking your code up. The result will appear on this screen.
awaiting-other-code = The code of the visitor before you is being looked up. Please show yours again when it is your turn.

## Identity
identity-title = Confirm your identity
identity-instruction = Type the last three digits of your identity number.
identity-not-three = Please type three digits.
identity-mismatch = The digits do not match. Please try again.
identity-not-by-hand = Please type the digits by hand.
identity-other-code = Another code was shown. First type the three digits or cancel.
identity-take-back = Take back the last digit
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
check-out-title = Goodbye
check-out-advice = Your check-out is recorded. To enter again, show your code once more.
holder-name = Name
holder-identity-number = Identity no.
shown-before = This code was already shown at { $time } · compare identity
after-desk = Result for the code ending in { $end }, shown at { $time }

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
cause-gone = the log is gone, and another program still uses it ({ $file })
cause-busy = the log is open in another program ({ $file })
cause-already-running = another kiosk runs on this log ({ $file })
cause-linked = the file of the log has a second name, a hard link; leave it one ({ $file })
cause-newer = the log was written by a newer version ({ $file })
cause-altered = the log is not intact: its version, seals, tables or triggers were changed ({ $file })
cause-timed-out = the disk does not answer ({ $file })
cause-key-missing = the key file is missing ({ $file })
cause-key-unusable = the key file cannot be read ({ $file })
cause-key-malformed = the key file is damaged ({ $file })
cause-key-exposed = others can read the key file ({ $file })
cause-key-changed = the key of the codes is not the one that the log was written with ({ $file })
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

## hes-kiosk privacy notice
notice-title = Privacy Notice for Visitors
notice-binding = The Turkish text of this notice is the binding one; this translation is for information.
notice-controller-title = 1. Data controller
notice-controller = Under Law No. 6698 on the Protection of Personal Data (“the Law”), your personal data are processed by the data controller named here, to the extent that this notice describes. Data controller: { $controller }
notice-data-title = 2. Personal data processed
notice-data-code = Your HES code: it is used for the check and is not itself kept. The visit log holds a keyed hash of it, by which the same code is recognised; this hash is personal data, too.
notice-data-health = Your health data (special-category personal data): the risk status that the service gives for your code, and until when the code is valid. The visit log holds the decision that rests on them with its reason, and until when the code is valid.
notice-data-health-manual = Your health data (special-category personal data): the status that staff at the desk see when they look your code up. The visit log holds the decision that rests on it with its reason.
notice-data-health-fields = Your vaccination, immunity and test data (special-category personal data): what the service says of them is used for the decision on entry alone and is not kept in the visit log.
notice-data-health-fields-manual = Your vaccination, immunity and test data (special-category personal data): what staff at the desk see of them is used for the decision on entry alone and is not kept in the visit log.
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
notice-recipients-manual = So that its status can be checked, staff at the desk look your HES code up in the Hayat Eve Sığar (HES) app of the Ministry of Health of Türkiye or on its e-Devlet portal.
notice-recipients-place = To tell for which entrance the check is made, the place of this entrance is sent along with your code: { $place }
notice-recipients-others = Other recipients and the purposes of transfer: { $recipients }
notice-recipients-none = Beyond this, your personal data are transferred to no third party.
notice-method-title = 5. Method of collection and legal basis
notice-method = Your personal data are collected by automatic means: you show your code to the camera or to a code reader or type it on the screen, and the service is asked for its status. The decision on entry is made automatically; you may turn to the desk about it.
notice-method-manual = Your personal data are collected by automatic means, as you show your code to the camera or to a code reader or type it on the screen, and its status by other means, as staff at the desk look it up. The decision on entry follows the status that they see; you may turn to the desk about it.
notice-legal-basis = Legal basis: { $legal_basis }
notice-retention-title = 6. How long it is kept
notice-retention = The content of your visit's record is deleted once { $days ->
        [one] one day has passed
       *[other] { $days } days have passed
    } since the visit; what stays in its place says nothing about you. Until then the record is kept encrypted.
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
