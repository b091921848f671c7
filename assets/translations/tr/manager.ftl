# The pages of the desk that only a manager opens.

desk-tab-visits = Ziyaretler
desk-tab-pins = PIN'ler
