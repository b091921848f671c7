# The pages of the desk that only a manager opens.

desk-tab-visits = Ziyaretler
desk-tab-exports = Dışa aktar
desk-tab-pins = PIN'ler
desk-tab-erasure = Silme

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

exports-title = Ziyaretleri dosyaya yaz
exports-span = Dönem
exports-today = Bugün
exports-days = Son { $days } gün
exports-all = Hepsi
exports-format = Biçim
exports-csv = CSV
exports-xlsx = Excel
exports-jsonl = JSON satırları
exports-begin = Dosyayı yaz
exports-instruction = Dosya kişisel veri içerir: gerektiği kadar saklayın. Kim yazdıysa adıyla kaydedilir.
exports-running = Yazılıyor… Ziyaretçiler beklemez.
exports-failed = Dosya yazılamadı: disk dolu olabilir ya da defter okunamıyor. Eksik dosya bırakılmadı.

erasure-title = Bir kişinin ziyaretlerini sil
erasure-instruction = Kişi HES kodunu göstersin: okuyucuya okutun ya da yazıp Enter'a basın. Arandığı adınızla kaydedilir.
erasure-code = HES kodu
erasure-no-code = Bu bir HES kodu değil.
erasure-found = { $records ->
        [0] { $code } koduna ait kayıt yok. Yine de talebin tutanağını yazabilirsiniz.
       *[other] { $code } koduna ait { $records } kaydın içeriği silinecek. Geri alınamaz; tutanağı kalır.
    }
erasure-asked = İlgili kişi istedi
erasure-why = Başka bir gerekçe yazın: ad, kod ve kimlik numarası olmadan
erasure-no-reason = Gerekçe 3 ile 200 karakter olmalı; içinde kod ya da kimlik numarası bulunamaz.
erasure-pin = Silmek için PIN'inizi bir kez daha girin
erasure-not-yours = Danışmayı açan yöneticinin PIN'i gerekli.
erasure-next = Başka bir kod
erasure-files-unread = Programın klasörlerine bakılamadı: bu kişinin ziyaretleri oradaki dosyalarda hâlâ bulunabilir.
