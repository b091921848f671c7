## Servisi olmayan kurum: danışma sorgular
no-service = Sorgulanacak bir servis yok: bu ortamda (environment = "manual") kodlar, kioskun danışma ekranında sorgulanır
bulk-no-service = Sorgulanacak bir servis yok (environment = "manual"): önce hes-kiosk bulk LİSTE --list ile kodları alıp e‑Devlet'in toplu sorgusuna yapıştırın, sonra yanıtlarını hes-kiosk bulk LİSTE --results YANITLAR --out RAPOR ile rapora ekleyin
look-up-title = Kodu HES uygulamasında ya da e‑Devlet'te sorgulayın, yanıtı seçin
look-up-riskless = Riskli değil
look-up-riskless-protected = Riskli değil, korunuyor
look-up-riskless-not-protected = Riskli değil, korunmuyor
look-up-risky = Riskli
look-up-not-found = Kod bulunamadı
look-up-expired = Kodun süresi dolmuş
look-up-record = Kaydet ve göster
look-up-give-up = Sorgulanamadı
look-up-over = Kod saklanmadı, buradan sorgulanamaz: ziyaretçi kodunu yeniden göstersin ya da gerekçeyi seçip karar verin. Karar adınızla kaydedilir.
look-up-protection = Korunuyor sayılan: { $by }
look-up-vaccinated = iki doz aşı olmuş
look-up-immune = son altı ayda hastalığı geçirmiş
look-up-negative-test = son { $hours } saatte testi negatif çıkmış
