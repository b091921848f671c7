### Deutsch. HES ist der türkische Gesundheitscode und bleibt unübersetzt.

## Auf jedem Bildschirm
banner-not-real = PROBEBETRIEB · Entscheidungen gelten nicht
banner-setup = Einrichten: hes-kiosk setup
language-name = Deutsch
language-code = DE
seconds-left = { $seconds } s
service-ready = Bereit zur Prüfung
clock-doubt = Die Uhr scheint falsch zu gehen
reader-missing = Der Codeleser ist nicht angeschlossen
service-failing = Zurzeit keine Prüfung möglich

## Begrüßung
welcome-title = Willkommen
welcome-instruction = Zeigen Sie Ihren QR-Code oder geben Sie Ihren Code ein.
welcome-check = Prüfen
welcome-no-code = Kein HES-Code
larger-text = Größere Schrift
high-contrast = Hoher Kontrast
welcome-reading = Wird gelesen …
camera-working = Halten Sie Ihren HES-Code in den Rahmen
camera-starting = Die Kamera startet …
camera-none = Code an das Lesegerät halten oder eingeben
camera-missing = Keine Kamera: bitte Code eingeben
camera-no-permission = Kein Zugriff auf die Kamera: bitte Code eingeben
camera-busy = Kamera anderweitig benutzt: bitte Code eingeben
camera-unplugged = Kamera nicht angeschlossen: bitte Code eingeben
camera-stalled = Kamera antwortet nicht: bitte Code eingeben
camera-covered = Kamera verdeckt: bitte freigeben oder Code eingeben
camera-damaged = Kamerabild gestört: bitte Code eingeben
camera-unsupported = Kamera nicht nutzbar: bitte Code eingeben
camera-slow = Die Kamera ist langsam: bitte den Code etwas länger zeigen
camera-several-codes = Mehrere Codes: bitte nur einen zeigen
camera-failed = Kamera gestört: bitte Code eingeben
camera-restarting = Die Kamera startet neu: Sie können den Code eingeben
demo-admit = Darf eintreten
demo-refuse = Kein Zutritt
demo-unverified = Nicht prüfbar

## Was kein Code ist
problem-alphabet = Das ist kein HES-Code. Er besteht nur aus Buchstaben und Ziffern.
problem-length = Ein HES-Code hat 10 Buchstaben und Ziffern. Bitte noch einmal versuchen.
problem-payload = Das ist nicht der QR-Code eines HES-Codes.
problem-half-read = Der Code wurde nicht vollständig gelesen. Bitte noch einmal scannen.
problem-reading = Das ist kein HES-Code. Bitte noch einmal scannen.
too-many-attempts = Zu viele Versuche. Bitte wenden Sie sich an den Empfang. ({ $seconds } s)

## Datenschutzhinweis
notice = Verantwortlich: { $controller } · Ihr Code wird nicht gespeichert; der Inhalt des Besuchsprotokolls wird nach { $days ->
        [one] einem Tag
       *[other] { $days } Tagen
    } gelöscht · Fragen: { $contact } · Zweck: { $purpose } ({ $legal_basis })
notice-demo = Probebetrieb ohne echte Einrichtung. A1B234567 und 0, 4, 5: darf eintreten · 1–3: kein Zutritt · 6–9: nicht prüfbar. Ihr Code wird nicht gespeichert, der Eintrag nach { $days ->
        [one] einem Tag
       *[other] { $days } Tagen
    } gelöscht.
notice-open = Datenschutz
notice-close = Schließen
notice-scan = Zum Mitnehmen mit dem Handy scannen
notice-short = Datenschutzhinweis (Kurzfassung; türkisches Gesetz Nr. 6698)
    Verantwortlicher: { $controller }
    Zweck: { $purpose }
    Ihr Code wird nicht gespeichert; der Inhalt Ihres Besuchseintrags wird nach { $days ->
        [one] einem Tag
       *[other] { $days } Tagen
    } gelöscht.
    Sie können Auskunft über Ihre Daten, deren Berichtigung oder Löschung verlangen und widersprechen (Artikel 11).
    Antrag an: { $contact }

## Prüfung
checking-title = Wird geprüft
checking-slow = Die Antwort dauert etwas länger, bitte warten Sie
awaiting-title = Bitte warten Sie
awaiting-advice = Der Empfang prüft Ihren Code. Das Ergebnis erscheint auf diesem Bildschirm.
awaiting-other-code = Der Code der Person vor Ihnen wird geprüft. Bitte zeigen Sie Ihren noch einmal, wenn Sie an der Reihe sind.

## Identität
identity-title = Identität bestätigen
identity-instruction = Geben Sie die letzten drei Ziffern Ihrer Identitätsnummer ein.
identity-not-three = Bitte geben Sie drei Ziffern ein.
identity-mismatch = Die Ziffern stimmen nicht überein. Bitte versuchen Sie es noch einmal.
identity-not-by-hand = Bitte geben Sie die Ziffern von Hand ein.
identity-other-code = Ein anderer Code wurde gezeigt. Bitte zuerst die drei Ziffern eingeben oder abbrechen.
identity-take-back = Letzte Ziffer löschen
identity-confirm = Bestätigen
identity-give-up = Abbrechen

## Ergebnis
admit-title = Sie dürfen eintreten
admit-advice = Bitte zeigen Sie dem Sicherheitspersonal Ihren Ausweis.
refuse-title = Zutritt nicht möglich
refuse-advice = Bitte wenden Sie sich an den Empfang. Ist Ihr Code abgelaufen, erhalten Sie in der HES-App einen neuen.
refuse-advice-protected = Bitte wenden Sie sich an den Empfang. In der HES-App können Sie einen neuen Code holen und Ihre Impf- und Testdaten freigeben.
unverified-title = Prüfung nicht möglich
unverified-advice = Ihr Status konnte gerade nicht geprüft werden. Bitte warten Sie am Empfang.
identity-advice = Ihre Identität konnte nicht bestätigt werden. Bitte wenden Sie sich an den Empfang.
no-code-title = Bitte zum Empfang
no-code-advice = Am Empfang hilft man Ihnen weiter.
check-out-title = Auf Wiedersehen
check-out-advice = Sie sind abgemeldet. Wenn Sie wieder hineinmöchten, zeigen Sie Ihren Code noch einmal.
holder-name = Name
holder-identity-number = Identitätsnr.
shown-before = Dieser Code wurde schon einmal gezeigt: { $time } · Identität vergleichen
after-desk = Ergebnis für den Code, der auf { $end } endet, gezeigt um { $time }

## Außer Betrieb
out-of-service-title = Außer Betrieb
out-of-service-visits = Besuche können nicht erfasst werden. Bitte wenden Sie sich an den Empfang.
out-of-service-settings = Die Einstellungen sind nicht nutzbar. Bitte wenden Sie sich an den Empfang.
out-of-service-service = Die Prüfung kann nicht gestartet werden. Bitte wenden Sie sich an den Empfang.
out-of-service-staff = Für das Personal: { $cause } · seit { $time } · wird von selbst erneut versucht
out-of-service-call = Zu verständigen: { $contact }
out-of-service-call-unknown = Zu verständigen: wer für diesen Kiosk zuständig ist
cause-disk-full = der Datenträger ist voll ({ $file })
cause-not-writable = keine Schreibberechtigung ({ $file })
cause-disk = Fehler des Datenträgers ({ $file })
cause-unreadable = das Protokoll ist beschädigt oder hat einen anderen Schlüssel ({ $file })
cause-gone = das Protokoll ist verschwunden, und ein anderes Programm benutzt es noch ({ $file })
cause-busy = das Protokoll ist in einem anderen Programm geöffnet ({ $file })
cause-already-running = ein anderer Kiosk läuft mit diesem Protokoll ({ $file })
cause-linked = die Datei des Protokolls hat einen zweiten Namen (einen harten Link); nur einer darf bleiben ({ $file })
cause-newer = das Protokoll stammt von einer neueren Version ({ $file })
cause-altered = das Protokoll ist nicht unversehrt: seine Version, Siegel, Tabellen oder Trigger wurden geändert ({ $file })
cause-timed-out = der Datenträger antwortet nicht ({ $file })
cause-key-missing = die Schlüsseldatei fehlt ({ $file })
cause-key-unusable = die Schlüsseldatei ist nicht lesbar ({ $file })
cause-key-malformed = die Schlüsseldatei ist beschädigt ({ $file })
cause-key-exposed = andere können die Schlüsseldatei lesen ({ $file })
cause-key-changed = der Schlüssel der Codes ist nicht der, mit dem das Protokoll geschrieben wurde ({ $file })
cause-key-beside = die Schlüsseldatei darf nicht im Ordner des Protokolls liegen ({ $file })
cause-keyring-unusable = der Schlüsselbund ist gesperrt oder fehlt: bitte am Desktop anmelden
cause-keyring-empty = im Schlüsselbund fehlen die Schlüssel des Besuchsprotokolls
cause-keyring-malformed = die Schlüssel im Schlüsselbund sind beschädigt
cause-settings-unreadable = die Einstellungsdatei ist nicht lesbar ({ $file })
cause-settings-wrong = Fehler in den Einstellungen: { $file }, Zeile { $line }
cause-password-unreadable = die Passwortdatei ist nicht lesbar ({ $file })
cause-password-exposed = andere können die Passwortdatei lesen ({ $file })
cause-password-missing = das Passwort des Dienstes fehlt
cause-no-home = der persönliche Ordner ist nicht bekannt
cause-client = die Verbindung zum Dienst lässt sich nicht einrichten
cause-simulator = der Simulator lässt sich nicht starten

## hes-kiosk privacy notice
notice-title = Datenschutzhinweise für Besucherinnen und Besucher
notice-binding = Verbindlich ist der türkische Text dieser Hinweise; diese Übersetzung dient der Information.
notice-controller-title = 1. Verantwortlicher
notice-controller = Nach dem türkischen Gesetz Nr. 6698 zum Schutz personenbezogener Daten („Gesetz“) werden Ihre personenbezogenen Daten vom hier genannten Verantwortlichen in dem Umfang verarbeitet, den diese Hinweise beschreiben. Verantwortlicher: { $controller }
notice-data-title = 2. Verarbeitete personenbezogene Daten
notice-data-code = Ihr HES-Code (türkischer Gesundheitscode „Hayat Eve Sığar“): Er dient der Prüfung und wird selbst nicht gespeichert. Das Besuchsprotokoll enthält einen mit einem Schlüssel gebildeten Hashwert, an dem derselbe Code wiedererkannt wird; auch dieser Hashwert gehört zu den personenbezogenen Daten.
notice-data-health = Ihre Gesundheitsdaten (besondere Kategorie personenbezogener Daten): der Risikostatus, den der Dienst zu Ihrem Code mitteilt, und wie lange der Code gilt. Das Besuchsprotokoll enthält die darauf beruhende Entscheidung mit ihrem Grund und die Gültigkeitsdauer des Codes.
notice-data-health-manual = Ihre Gesundheitsdaten (besondere Kategorie personenbezogener Daten): der Status, den das Personal am Empfang sieht, wenn es Ihren Code nachsieht. Das Besuchsprotokoll enthält die darauf beruhende Entscheidung mit ihrem Grund.
notice-data-health-fields = Ihre Angaben zu Impfung, Immunität und Tests (besondere Kategorie personenbezogener Daten): Was der Dienst dazu mitteilt, wird nur für die Entscheidung über den Zutritt verwendet und nicht im Besuchsprotokoll gespeichert.
notice-data-health-fields-manual = Ihre Angaben zu Impfung, Immunität und Tests (besondere Kategorie personenbezogener Daten): Was das Personal am Empfang davon sieht, wird nur für die Entscheidung über den Zutritt verwendet und nicht im Besuchsprotokoll gespeichert.
notice-data-holder = Ihre Identität: Vor- und Nachname, wie der Dienst sie teilweise unkenntlich mitteilt, und die letzten drei Ziffern Ihrer türkischen Identitätsnummer. Dürfen Sie eintreten, werden sie zum Vergleich mit Ihrem Ausweis auf dem Bildschirm angezeigt; sie werden nicht gespeichert.
notice-data-holder-kept = Ihre Identität: Vor- und Nachname, wie der Dienst sie teilweise unkenntlich mitteilt, und die letzten drei Ziffern Ihrer türkischen Identitätsnummer. Dürfen Sie eintreten, werden sie zum Vergleich mit Ihrem Ausweis auf dem Bildschirm angezeigt und im Besuchsprotokoll gespeichert.
notice-data-digits = Die letzten drei Ziffern Ihrer türkischen Identitätsnummer, wie Sie sie eingeben: Sie werden nur auf diesem Gerät verglichen, um festzustellen, ob der Code Ihnen gehört; sie werden nicht gespeichert und an niemanden gesendet.
notice-data-visit = Ihr Besuch: Zeitpunkt, Eingang und wie Sie Ihren Code gezeigt haben.
notice-data-camera = Das Kamerabild: Es wird im selben Augenblick verarbeitet, um den QR-Code zu lesen, und nicht aufgezeichnet.
notice-purpose-title = 3. Zweck der Verarbeitung
notice-purpose = Ihre personenbezogenen Daten werden zu diesem Zweck verarbeitet: { $purpose }
notice-recipients-title = 4. An wen und zu welchem Zweck Daten übermittelt werden können
notice-recipients-simulator = Im Probebetrieb antwortet zu Ihrem Code der Simulator auf diesem Gerät; der Code wird an niemanden übermittelt.
notice-recipients-test = Zur Prüfung seines Status wird Ihr HES-Code an den Testdienst Hayat Eve Sığar (HES) des Gesundheitsministeriums der Republik Türkei übermittelt: { $url }
notice-recipients-live = Zur Prüfung seines Status wird Ihr HES-Code an den Dienst Hayat Eve Sığar (HES) des Gesundheitsministeriums der Republik Türkei übermittelt: { $url }
notice-recipients-own = Zur Prüfung seines Status wird Ihr HES-Code an den Statusdienst übermittelt, den der Verantwortliche bestimmt hat: { $url }
notice-recipients-manual = Zur Prüfung seines Status sieht das Personal am Empfang Ihren HES-Code in der App Hayat Eve Sığar (HES) des Gesundheitsministeriums der Republik Türkei oder im Portal e-Devlet nach.
notice-recipients-place = Um mitzuteilen, für welchen Eingang geprüft wird, wird mit Ihrem Code der Ort dieses Eingangs gesendet: { $place }
notice-recipients-others = Weitere Empfänger und Zwecke der Übermittlung: { $recipients }
notice-recipients-none = Darüber hinaus werden Ihre personenbezogenen Daten nicht an Dritte übermittelt.
notice-method-title = 5. Art der Erhebung und Rechtsgrundlage
notice-method = Ihre personenbezogenen Daten werden automatisch erhoben: Sie zeigen Ihren Code der Kamera oder einem Codeleser oder geben ihn am Bildschirm ein, und der Dienst wird nach seinem Status gefragt. Über den Zutritt wird automatisch entschieden; Sie können sich deswegen an den Empfang wenden.
notice-method-manual = Ihre personenbezogenen Daten werden automatisch erhoben, indem Sie Ihren Code der Kamera oder einem Codeleser zeigen oder ihn am Bildschirm eingeben; seinen Status sieht das Personal am Empfang nach. Über den Zutritt wird nach diesem Status entschieden; Sie können sich deswegen an den Empfang wenden.
notice-legal-basis = Rechtsgrundlage: { $legal_basis }
notice-retention-title = 6. Speicherdauer
notice-retention = Der Inhalt Ihres Besuchseintrags wird gelöscht, sobald seit dem Besuch { $days ->
        [one] ein Tag vergangen ist
       *[other] { $days } Tage vergangen sind
    }; was an seiner Stelle bleibt, sagt nichts über Sie aus. Bis dahin wird der Eintrag verschlüsselt gespeichert.
notice-rights-title = 7. Ihre Rechte
notice-rights = Nach Artikel 11 des Gesetzes haben Sie, was Ihre Person betrifft, durch Antrag an den Verantwortlichen das Recht,
notice-right-a = a) zu erfahren, ob Ihre personenbezogenen Daten verarbeitet werden,
notice-right-b = b) Auskunft darüber zu verlangen, falls sie verarbeitet wurden,
notice-right-c = c) zu erfahren, wozu Ihre personenbezogenen Daten verarbeitet und ob sie diesem Zweck entsprechend verwendet werden,
notice-right-c-cedilla = ç) die Dritten im In- oder Ausland zu kennen, an die Ihre personenbezogenen Daten übermittelt wurden,
notice-right-d = d) die Berichtigung zu verlangen, falls Ihre personenbezogenen Daten unvollständig oder falsch verarbeitet wurden,
notice-right-e = e) unter den Voraussetzungen des Artikels 7 des Gesetzes die Löschung oder Vernichtung Ihrer personenbezogenen Daten zu verlangen,
notice-right-f = f) zu verlangen, dass das nach den Buchstaben d und e Veranlasste den Dritten mitgeteilt wird, an die Ihre personenbezogenen Daten übermittelt wurden,
notice-right-g = g) einem Ergebnis zu Ihrem Nachteil zu widersprechen, das ausschließlich aus der Analyse der verarbeiteten Daten durch automatische Systeme entsteht,
notice-right-g-breve = ğ) Ersatz des Schadens zu verlangen, der Ihnen durch eine gesetzwidrige Verarbeitung Ihrer personenbezogenen Daten entsteht.
notice-rights-end = Die Buchstaben sind die des Artikels 11.
notice-application-title = 8. Antrag
notice-application = Um Ihre Rechte auszuüben, wenden Sie sich bitte an den Verantwortlichen: { $contact }
notice-application-code = Da das Besuchsprotokoll Ihren Code selbst nicht enthält, nennen Sie in Ihrem Antrag bitte Ihren HES-Code, damit der Eintrag über Sie gefunden werden kann.
notice-application-answer = Nach Artikel 13 des Gesetzes erledigt der Verantwortliche Ihren Antrag je nach seiner Art so bald wie möglich, spätestens innerhalb von dreißig Tagen und kostenlos; entstehen dabei zusätzliche Kosten, kann die Gebühr nach dem Tarif der Behörde für den Schutz personenbezogener Daten (Kişisel Verileri Koruma Kurulu) verlangt werden.
notice-complaint = Wird Ihr Antrag abgelehnt, halten Sie die Antwort für unzureichend oder bleibt sie fristgerecht aus, können Sie sich nach Artikel 14 des Gesetzes innerhalb von dreißig Tagen nach Kenntnis der Antwort, in jedem Fall innerhalb von sechzig Tagen nach Ihrem Antrag bei dieser Behörde beschweren.
