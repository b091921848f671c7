## An institution without a service: the desk looks codes up
no-service = There is no service to ask: in this environment (environment = "manual") codes are looked up at the kiosk's desk
bulk-no-service = There is no service to ask (environment = "manual"): print the codes with hes-kiosk bulk TABLE --list, paste them into e‑Devlet's bulk form, then bring its answers into the report with hes-kiosk bulk TABLE --results ANSWERS --out REPORT
look-up-title = Look the code up in the HES app or on e‑Devlet, and choose what it says
look-up-riskless = Riskless
look-up-riskless-protected = Riskless and protected
look-up-riskless-not-protected = Riskless, not protected
look-up-risky = Risky
look-up-not-found = No such code
look-up-expired = The code has expired
look-up-record = Record and show
look-up-give-up = Could not look it up
look-up-over = The code was not kept and cannot be looked up from here: let the visitor show it again, or choose a reason and decide. That is recorded with your name.
look-up-protection = Protected is: { $by }
look-up-vaccinated = vaccinated twice
look-up-immune = had the disease in the last six months
look-up-negative-test = { $hours ->
    [one] tested negative in the last hour
   *[other] tested negative in the last { $hours } hours
}
