## Those inside, and an evacuation
desk-show-inside = Inside · { $people }
desk-inside-for = { $hours ->
        [0] { $minutes } min
       *[other] { $hours } h { $minutes } min
    }
desk-check-out = Left
evacuation = Evacuation list
evacuation-written = { $people } inside · list: { $file }
evacuation-printing = { $people } inside · printing: { $file }
evacuation-printed = { $people } inside · sent to the printer: { $file }
evacuation-not-printed = The list could not be printed; its file is there: { $file }
evacuation-not-written = The list could not be written. Use the one on the screen.
evacuation-only-printing = { $people } inside · being printed; no file could be written
evacuation-only-printed = { $people } inside · sent to the printer; no file could be written
evacuation-failed = The list could be neither written nor printed. Use the one on the screen.
evacuation-not-recorded = The visit log could not record that the list was taken.
evacuation-title = EVACUATION LIST
evacuation-people = { $people } inside: entered after { $since }, not recorded as having left
evacuation-by = Taken by: { $person }
evacuation-number = No
evacuation-admitted = Entry
evacuation-for = For
evacuation-entrance = Entrance
evacuation-record = Record
evacuation-who = Who
evacuation-seen = Seen
evacuation-word = guard: { $person }
evacuation-end = End of the list · { $people }
act-inside-listed = The evacuation list was taken: { $records } inside
