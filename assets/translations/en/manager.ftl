# The pages of the desk that only a manager opens.

desk-tab-visits = Visits
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
