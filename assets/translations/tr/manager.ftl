# The pages of the desk that only a manager opens.

desk-tab-visits = Ziyaretler
desk-tab-pins = PIN'ler

pins-instruction = Danışmayı kimler açabilir? Her PIN adıyla kaydedilir.
pins-new = Yeni kişi
pins-change = PIN'i değiştir
pins-remove = Kaldır
pins-name = Adı: kayıtlarda böyle görünür
pins-guard-may = Görevli ziyaretleri görür, kod arar ve karar verir.
pins-manager-may = Yönetici ayrıca ayarları ve PIN'leri değiştirir, dışa aktarır, siler ve kiosku kapatır.
pins-continue = Devam
pins-no-name = 1 ile 40 karakterlik bir ad yazın.
pins-name-taken = { $name } adı zaten var; karışmayacak bir ad yazın.
pins-last-manager = Başka yönetici yok: bundan sonra bu sayfaları kimse açamaz. Yeni yönetici “hes-kiosk pin set” ile belirlenir.
pins-removing = { $name } adlı kişinin PIN'i kaldırılsın mı?
pins-new-pin = { $name } için yeni PIN
pins-again = Aynı PIN bir kez daha
pins-obvious = Bu PIN kolay tahmin edilir; başka bir PIN seçin.
pins-taken = Başka bir PIN seçin.
pins-different = İki PIN aynı değil; baştan girin.
pins-not-hashed = PIN kaydedilemedi; yeniden deneyin.
