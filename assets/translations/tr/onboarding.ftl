
## hes-kiosk credentials
credentials-prompt = { $environment } ortamının parolası:{" "}
credentials-again = Bir kez daha:{" "}
credentials-no-password = Boş olmayan, tek satırlık bir parola gerekli.
credentials-set-file = Parola kaydedildi: { $place }. Kiosk onu bir sonraki açılışta kullanır.
credentials-set-keyring = Parola masaüstünün anahtarlığına kaydedildi. Kiosk onu bir sonraki açılışta kullanır.
credentials-set-systemd =
    Parola şifrelenerek kaydedildi: { $place }. Kiosku başlatan systemd biriminde şu satır bulunmalıdır:
    LoadCredentialEncrypted={ $name }:{ $place }
    Onu başka hiçbir program görmez: servise kabuktan soran komutlara aynı satır verilir; README, Passwords bölümüne bakın.
credentials-rejected = { $url } kullanıcı adını ya da parolayı reddetti.
credentials-not-rejected = { $url } kullanıcı adını ve parolayı reddetmedi. Kabul ettiği ancak gerçek bir sorguyla anlaşılır.
credentials-unknown = { $url } kullanıcı adını ve parolayı kabul ediyor mu, anlaşılamadı: { $cause }.

## hes-kiosk onboarding
onboarding-who =
    Kimler başvurabilir
      - 500 ya da daha çok çalışanı olan kurumlar; aynı vergi numarasına bağlı şubelerin toplamı sayılır
      - bakanlıkların merkez teşkilatı, valilikler, il sağlık müdürlükleri
      Çalışanı 500'den az olan kurumlara bu servis açılmaz: kodları HES uygulamasında ya da e-Devlet'te sorgularlar.
onboarding-steps =
    Adımlar
      1. Yetkili bir kişi belirleyin. "Kurumsal Entegrasyon" başlığı altındaki erişim talep formunu doldurup
         elektronik imzayla imzalasın.
      2. Resmî yazıyı hazırlayın: hes-kiosk onboarding letter. Formla birlikte Sağlık Bakanlığı Sağlık Bilgi
         Sistemleri Genel Müdürlüğüne gönderin: KEP ile sb@hs01.kep.tr adresine ya da kâğıt olarak.
      3. Onaydan sonra test ortamının kullanıcı adı, parolası ve servis belgesi e-postayla gelir. Test ortamını
         kurun: { $setup }
      4. Test ortamında doğrulayın: hes-kiosk onboarding verify --codes DOSYA. Raporu hesdestek@saglik.gov.tr
         adresine gönderin.
      5. Canlı ortamın kullanıcı adı e-postayla, parolası yetkili kişiye SMS ile gelir. Ortam olarak live
         yazarak girin: hes-kiosk setup --again. Kiosk bir sonraki adıma kadar test ortamında kalır.
      6. Aydınlatma metni için privacy bölümünü doldurun ve canlıya geçin: hes-kiosk onboarding go-live
onboarding-settings =
    { $lacks ->
        [0] Ayarlarda eksik yok ({ $file }, ortam: { $environment })
       *[other] Ayarlarda eksik olanlar ({ $file }, ortam: { $environment })
    }
onboarding-verified = Test ortamı bu ayarlarla doğrulandı: { $time }
onboarding-not-verified = Test ortamı bu ayarlarla henüz doğrulanmadı.
onboarding-not-set-up = Kiosk henüz kurulmadı: { $path } yok. Kurmak için: hes-kiosk setup
file-is-there = { $file } zaten var.
file-overwrite = Üzerine yazılsın mı? (e/h){" "}
file-not-written = Dosya yazılmadı.
letter-institution = Kurumun adı:{" "}
letter-no-name = Bir ad gerekli.
letter-first-name = Yetkili kişinin adı:{" "}
letter-last-name = Yetkili kişinin soyadı:{" "}
letter-identity-number = Yetkili kişinin T.C. kimlik numarası (görünmez):{" "}
letter-no-identity-number = Bu bir T.C. kimlik numarası değil: on bir hanesi ya da denetim haneleri tutmuyor.
letter-employees = Çalışan sayısı, şubeler dâhil:{" "}
letter-few-employees = Uyarı: 500'den az çalışanı olan kurumlara bu servis açılmaz (bakanlıkların merkez teşkilatı, valilikler ve il sağlık müdürlükleri dışında). Servis olmadan çalışmak için ortam sorulduğunda manual yazın: hes-kiosk setup --again
letter-no-employees = Çalışan sayısı rakamla yazılmalı.
letter-written = Yazı hazır: { $file }. Kimlik numarası yalnızca bu dosyada duruyor; gönderdikten sonra dosyayı silin.
verify-passed = Doğrulama başarılı. Rapor: { $file }
verify-failed = Doğrulama başarısız: { $cause }. Rapor: { $file }
verify-unexpected = beklenenden başka bir yanıt var
verify-no-status = hiçbir kod için sağlık durumu dönmedi, en az bir geçerli kod gerekir
verify-codes-missing = { $file } yok.
verify-codes-unreadable = { $file } okunamıyor (İngilizce ayrıntı: { $problem }).
verify-codes-number = { $file }: 1 ile { $most } arasında kod gerekli.
verify-codes-no-code = { $file }: satırın başında bir HES kodu olmalı; arkasında yalnızca beklenen gerekçe durabilir.
verify-codes-no-reason = { $file }: “{ $word }” bilinen bir gerekçe değil. Şunlardan biri olmalı: { $reasons }
report-head =
    HES kurumsal servisi, test ortamı doğrulama raporu

    Tarih        { $time }
    Yer          { $site }
    Program      hes-kiosk { $program }
    Sunucu       { $host }
    Ayar özeti   { $settings }
report-passed = Sonuç        başarılı
report-failed =
    Sonuç        BAŞARISIZ
    Neden        { $cause }
report-health = { $method }: boş soru, { $milliseconds } ms
report-not-rejected = kullanıcı adı ve parola reddedilmedi
report-single = { $method }: her kod için bir soru
report-took = { $milliseconds } ms
report-batch = { $method }: { $codes } kod tek soruda, { $milliseconds } ms
report-expected = BEKLENEN: { $decision }
report-foot = Bu raporda kullanıcı adı, parola ve tam HES kodu yoktur.
go-live-is-live = Kiosk zaten canlı ortamda. Hiçbir şey değişmedi.
go-live-from-test = Canlıya test ortamından geçilir: ayarlarda environment = "test" olmalı.
go-live-not-verified = Test ortamı bu ayarlarla doğrulanmadı. Önce: hes-kiosk onboarding verify --codes DOSYA
go-live-same-address = Test ortamı ile canlı ortamın adresi aynı.
go-live-no-password = Canlı ortamın kayıtlı bir parolası yok: hes-kiosk credentials set live
go-live-keyring = masaüstünün anahtarlığı
go-live-rejected = { $to } kullanıcı adını ya da parolayı reddetti. Hiçbir şey değişmedi, ortam hâlâ test.
go-live-unknown = { $to } kullanıcı adını ve parolayı kabul ediyor mu, anlaşılamadı: { $cause }. Hiçbir şey değişmedi, ortam hâlâ test.
go-live-done =
    Canlı ortama geçildi. Değişenler:
      Ayar: service bölümünde environment = "test" yerine "live" ({ $file })
      Adres: { $from } yerine { $to }
      Kullanıcı adı: service.test yerine service.live bölümündeki
      Parola: { $place }
    Kiosk bir sonraki açılışında canlı ortama sorar; kararları o andan sonra gerçektir.
