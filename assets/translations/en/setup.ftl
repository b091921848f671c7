
## hes-kiosk setup
setup-language = Dil / Language (tr, en) [{ $usual }]:{" "}
setup-no-language = tr ya da en yazın / type tr or en
setup-begun =
    Let us set the kiosk up. Each answer goes into { $path } at once. Stop by Ctrl-C, and go on where you were by the
    same command. For the value in brackets Enter is enough.
    To correct an answer, or to change the environment: hes-kiosk setup --again
setup-title-site = Site
setup-name = Name of the building or institution
setup-entrance = Name of the entrance
setup-title-place = Address: the service is told with each question
setup-city = Province
setup-district = District
setup-address = The rest of the address
setup-title-environment = Environment: simulator (to try it), test (the Ministry's test service), live (the Ministry's live service), own (your own service), manual (no service, the desk looks codes up)
setup-title-notice = Privacy notice: what visitors are told
setup-title-notice-later = Privacy notice: needed in the live environment; Enter leaves it for later
setup-controller = Data controller
setup-contact = Whom visitors ask (telephone, mail)
setup-legal_basis = Legal basis (conditions of articles 5 and 6 of KVKK)
setup-purpose = Purpose
setup-title-service-test = The test service
setup-title-service-live = The live service
setup-title-service-own = Your own service
setup-url = Address of the service
setup-username = User name
setup-try-again = Enter the service's data again? (y/n):{" "}
setup-title-camera = Camera
setup-source = Which camera (auto, device:name=NAME; none where there is no camera)
setup-camera-again = Choose the camera again? Where there is to be none, answer none there (y/n):{" "}
setup-camera-test = Looking through the camera: hold a code where visitors will hold theirs.
setup-title-pins = PINs: who may open the desk
setup-pin-name = Name (Enter ends):{" "}
setup-pin-role = Role, manager or guard (Enter goes back to the name):{" "}
setup-no-name = A name has 1 to 40 characters.
setup-no-role = The role is manager or guard.
setup-is-guard = guard
setup-is-manager = manager
setup-needed = This is needed.
setup-stopped = The setup is not finished. Go on where you were: { $command }
setup-environment-again = Answer { $environment } where the environment is asked for.
setup-title-doctor = The last look
setup-no-environment = It is one of simulator, test, live, own, manual
setup-is-simulator = simulator demo
setup-is-test = test
setup-is-live = live
setup-is-own = own
setup-is-manual = manual
setup-no-url = The address begins with https:// (or http:// for this machine's own addresses).
setup-no-source = It is one of auto, none (no camera), device:NUMBER, device:name=NAME, replay:FILE
setup-not-accepted = This is not accepted: { $problem }
setup-live-by-test =
    The way to the live service leads through the test environment: the kiosk asks the test service for now. What the
    live service needs is asked for, too; “hes-kiosk onboarding go-live” makes the change.
setup-waits =
    The environment is not in the settings yet: the service lacks its user name or password, and the kiosk works as
    before. To complete it: { $command }
setup-not-live =
    The kiosk cannot go live yet: why stands behind FAILED above. It works with the test environment's settings.
    To enter the live service's data again: { $command }
setup-without-service =
    No service is asked in this environment: what the settings say of one is a comment now (behind a #).
setup-password-keep = Enter keeps the stored password.
setup-password-kept = The stored password stays as it is.
setup-no-password = No password was entered, and none is stored.
setup-done-test =
    The kiosk is set up and works in the test environment. To go live, in this order:
    hes-kiosk onboarding verify --codes FILE, hes-kiosk onboarding go-live
setup-done = The setup is finished. Start the kiosk: hes-kiosk
setup-not-done = Mend what stands behind FAILED, and look again: hes-kiosk doctor
setup-environment = Environment
