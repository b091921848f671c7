
## hes-kiosk setup
setup-language = Dil / Language (tr, en) [{ $usual }]:{" "}
setup-no-language = tr ya da en yazın / type tr or en
setup-begun =
    Kiosku kuruyoruz. Her yanıt hemen { $path } dosyasına yazılır. Ctrl-C ile durabilir, aynı komutla kaldığınız
    yerden sürdürebilirsiniz. Köşeli ayraç içindeki değer için Enter'a basmanız yeter.
    Verilmiş bir yanıtı düzeltmek ya da ortamı değiştirmek için: hes-kiosk setup --again
setup-title-site = Yer
setup-name = Binanın ya da kurumun adı
setup-entrance = Girişin adı
setup-title-place = Adres: her sorguda servise bildirilir
setup-city = İl
setup-district = İlçe
setup-address = Adresin kalanı
setup-title-environment = Ortam: simulator ya da deneme (gerçek servis yok), test (Bakanlığın test servisi), live ya da canlı (Bakanlığın canlı servisi), own ya da kendi (kurumun kendi servisi), manual ya da elle (servis yok, danışma sorgular)
setup-title-notice = Aydınlatma metni: ziyaretçilere söylenecekler
setup-title-notice-later = Aydınlatma metni: canlı ortamda gerekir; şimdilik atlamak için Enter'a basın
setup-controller = Veri sorumlusu
setup-contact = Ziyaretçilerin başvuracağı kişi ya da birim (telefon, e-posta)
setup-legal_basis = Hukuki sebep (KVKK 5. ve 6. maddedeki şartlar)
setup-purpose = İşleme amacı
setup-title-service-test = Test servisi
setup-title-service-live = Canlı servis
setup-title-service-own = Kurumun kendi servisi
setup-url = Servisin adresi
setup-username = Kullanıcı adı
setup-try-again = Servis bilgilerini yeniden girmek ister misiniz? (e/h):{" "}
setup-title-camera = Kamera
setup-source = Hangi kamera (auto, device:name=AD; kamera yoksa none)
setup-camera-again = Kamerayı yeniden seçmek ister misiniz? Kamera kullanılmayacaksa sorulduğunda none yazın (e/h):{" "}
setup-camera-test = Kameraya bakılıyor: ziyaretçilerin tutacağı yere bir karekod tutun.
setup-title-pins = PIN: danışma ekranını açacak kişiler
setup-pin-name = Kişinin adı (bitirmek için Enter):{" "}
setup-pin-role = Görevi, yönetici ya da görevli (ada geri dönmek için Enter):{" "}
setup-no-name = Ad 1 ile 40 karakter arasında olmalı.
setup-no-role = Görev yönetici ya da görevli olmalı.
setup-is-guard = guard görevli gorevli
setup-is-manager = manager yönetici yonetici
setup-needed = Bu bilgi gerekli.
setup-stopped = Kurulum yarıda kaldı. Kaldığınız yerden sürdürmek için: { $command }
setup-environment-again = Ortam sorulduğunda { $environment } yazın.
setup-title-doctor = Son denetim
setup-no-environment = Şunlardan biri olmalı: simulator, test, live, own, manual (deneme, test, canlı, kendi, elle)
setup-is-simulator = simulator deneme
setup-is-test = test
setup-is-live = live canlı
setup-is-own = own kendi
setup-is-manual = manual elle
setup-no-url = Adres https:// ile başlamalı (bu bilgisayarın kendi adresleri için http:// de olur).
setup-no-source = Şunlardan biri olmalı: auto, none (kamera yok), device:NUMARA, device:name=AD, replay:DOSYA
setup-not-accepted = Bu değer kabul edilmiyor (İngilizce ayrıntı: { $problem }).
setup-live-by-test =
    Canlı servise test ortamından geçilir: kiosk şimdilik test servisine sorar. Canlı servisin bilgileri de şimdi
    alınır; geçişi “hes-kiosk onboarding go-live” yapar.
setup-waits =
    Ortam henüz ayarlara yazılmadı: servisin kullanıcı adı ya da parolası eksik, kiosk eskisi gibi çalışır.
    Tamamlamak için: { $command }
setup-not-live =
    Canlı servise henüz geçilemez, nedeni yukarıda HATA yazan satırda. Kiosk test ortamının ayarlarıyla çalışır.
    Canlı servisin bilgilerini yeniden girmek için: { $command }
setup-without-service =
    Bu ortamda hiçbir servise sorulmaz: ayarlardaki servis bilgileri yorum satırı oldu (başlarında # var).
setup-password-keep = Kayıtlı parola kalsın diye Enter'a basın.
setup-password-kept = Kayıtlı parola olduğu gibi kalıyor.
setup-no-password = Parola girilmedi, kayıtlı bir parola da yok.
setup-done-test =
    Kurulum tamam, kiosk test ortamında çalışır. Canlıya geçmek için sırasıyla:
    hes-kiosk onboarding verify --codes DOSYA, hes-kiosk onboarding go-live
setup-done = Kurulum tamam. Kiosku başlatmak için: hes-kiosk
setup-not-done = HATA yazan satırları giderin, sonra yeniden denetleyin: hes-kiosk doctor
setup-environment = Ortam
