# The pages of the desk that only a manager opens.

desk-tab-visits = Visits
desk-tab-pins = PINs

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
