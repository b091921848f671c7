
## hes-kiosk credentials
credentials-prompt = The password of the environment { $environment }:{" "}
credentials-again = Once more:{" "}
credentials-no-password = A password is wanted, in one line.
credentials-set-file = The password is stored: { $place }. The kiosk uses it from its next start.
credentials-set-keyring = The password is stored in the desktop's keyring. The kiosk uses it from its next start.
credentials-set-systemd =
    The password is stored, encrypted: { $place }. The systemd unit that starts the kiosk needs this line:
    LoadCredentialEncrypted={ $name }:{ $place }
    Nothing else sees it: what asks the service from a shell is given the same line, see README, Passwords.
credentials-rejected = { $url } rejected the user name or the password.
credentials-not-rejected = { $url } did not reject user name and password. That it accepts them, only a real question can tell.
credentials-unknown = Nobody can tell whether { $url } accepts user name and password: { $cause }.

## hes-kiosk onboarding
onboarding-who =
    Who may apply
      - institutions with 500 employees or more; those of all branches under one tax number count together
      - the central organisation of ministries, governorates, provincial health directorates
      Institutions with fewer employees are not given the service: they ask in the HES app or on e-Devlet.
onboarding-steps =
    Steps
      1. Name an authorised person, who fills in the access request form under "Kurumsal Entegrasyon" and signs it
         electronically.
      2. Write the official letter: hes-kiosk onboarding letter. Send both to the Ministry of Health, Sağlık Bilgi
         Sistemleri Genel Müdürlüğü: by registered e-mail (KEP) to sb@hs01.kep.tr, or on paper.
      3. After approval the test service's user name, password and document come by e-mail. Set
         the test environment up: { $setup }
      4. Verify against the test service: hes-kiosk onboarding verify --codes FILE. Mail the report to
         hesdestek@saglik.gov.tr.
      5. The live user name comes by e-mail, the password to the authorised person by SMS. Enter them with
         live as the environment: hes-kiosk setup --again. The kiosk stays in the test environment until the next step.
      6. Fill in the section privacy for the notice to visitors, and go live: hes-kiosk onboarding go-live
onboarding-settings =
    { $lacks ->
        [0] The settings lack nothing ({ $file }, environment: { $environment })
       *[other] What the settings lack ({ $file }, environment: { $environment })
    }
onboarding-verified = The test service was verified with these settings: { $time }
onboarding-not-verified = The test service is not verified with these settings yet.
onboarding-not-set-up = The kiosk is not set up yet: { $path } is not there. To set it up: hes-kiosk setup
file-is-there = { $file } is there already.
file-overwrite = Overwrite it? (y/n){" "}
file-not-written = The file was not written.
letter-institution = The institution's name:{" "}
letter-no-name = A name is wanted.
letter-first-name = The authorised person's first name:{" "}
letter-last-name = The authorised person's last name:{" "}
letter-identity-number = The authorised person's Turkish identity number (not shown):{" "}
letter-no-identity-number = This is no Turkish identity number: its eleven digits or its check digits are wrong.
letter-employees = The number of employees, branches included:{" "}
letter-few-employees = Warning: institutions with fewer than 500 employees do not get this service (but for ministries' central organisation, governorates and provincial health directorates). To work without a service answer manual where the environment is asked for: hes-kiosk setup --again
letter-no-employees = The number of employees is wanted in digits.
letter-written = The letter is ready, in Turkish: { $file }. The identity number stands in this file alone; delete it once it is sent.
verify-passed = The verification passed. Report: { $file }
verify-failed = The verification did not pass: { $cause }. Report: { $file }
verify-unexpected = an answer is not the one that was expected
verify-no-status = no code had a health status, and at least one valid code is needed
verify-codes-missing = { $file } is not there.
verify-codes-unreadable = { $file } cannot be read: { $problem }.
verify-codes-number = { $file }: 1 to { $most } codes are wanted.
verify-codes-no-code = { $file }: a line begins with a HES code; only the reason that is expected may stand behind it.
verify-codes-no-reason = { $file }: “{ $word }” is no known reason. It is one of { $reasons }
report-head =
    HES corporate service: verification against the test service

    Time         { $time }
    Site         { $site }
    Program      hes-kiosk { $program }
    Host         { $host }
    Settings     { $settings }
report-passed = Result       passed
report-failed =
    Result       NOT PASSED
    Cause        { $cause }
report-health = { $method }: an empty question, { $milliseconds } ms
report-not-rejected = user name and password were not rejected
report-single = { $method }: one question for each code
report-took = { $milliseconds } ms
report-batch = { $method }: { $codes } codes in one question, { $milliseconds } ms
report-expected = EXPECTED: { $decision }
report-foot = This report has no user name, no password and no whole HES code.
go-live-is-live = The kiosk is live already. Nothing has changed.
go-live-from-test = Going live begins in the test environment: the settings need environment = "test".
go-live-not-verified = The test service is not verified with these settings. First: hes-kiosk onboarding verify --codes FILE
go-live-same-address = The test and the live service have the same address.
go-live-no-password = No password of the live service is stored: hes-kiosk credentials set live
go-live-keyring = the desktop's keyring
go-live-rejected = { $to } rejected the user name or the password. Nothing has changed, the environment is still test.
go-live-unknown = Nobody can tell whether { $to } accepts user name and password: { $cause }. Nothing has changed, the environment is still test.
go-live-done =
    The live service is in force. What changed:
      Setting: in the section service environment = "live" instead of "test" ({ $file })
      Address: { $to } instead of { $from }
      User name: that of service.live instead of service.test
      Password: { $place }
    The kiosk asks the live service from its next start; its decisions are real from then on.
