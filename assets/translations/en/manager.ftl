# The pages of the desk that only a manager opens.

desk-tab-visits = Visits
desk-tab-pins = PINs
