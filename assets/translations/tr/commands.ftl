## Komutlar
reason-riskless = risk yok
reason-risky = riskli
reason-code_not_found = böyle bir kod yok
reason-code_expired = kodun süresi dolmuş
reason-not_protected = aşı, bağışıklık ya da negatif test görünmüyor
reason-identity_mismatch = kimlik numarası tutmadı
reason-desk = danışmada karar verildi
reason-left = ziyaretçi ayrıldı
reason-checked_out = çıkış yaptı
reason-not_looked_up = kod sorgulanmadı
reason-held = bu sabah reddedilmişti, servis şu an yanıt vermiyor
reason-unreachable = servise ulaşılamadı
reason-timed_out = servis zamanında yanıt vermedi
reason-credentials_rejected = servis kimlik bilgilerini kabul etmedi
reason-rate_limited = servise çok sık soruldu
reason-service_failed = servis hata verdi
reason-unexpected_answer = beklenmeyen yanıt
reason-clock_doubt = bilgisayarın saati kuşkulu
reason-no_code = kodu yok
reason-not_a_code = HES kodu değil
reason-identity_not_given = kimlik numarasının son haneleri karşılaştırılamadı
source-typed = elle
source-image = resim
source-camera = karekod
source-reader = okuyucu
source-none = düğme

## hes-kiosk camera
camera-none-to-test = Ayarlara göre kamera yok (source = "none"): bakılacak kamerayı --camera ile verin
camera-not-seen = { $source }: { $reason }
camera-list-none = Kamera bulunamadı
camera-list-opens = açılacak biçim: { $format }
camera-list-fails = açılamıyor: { $reason }
camera-problem-missing = böyle bir kamera yok
camera-problem-unsupported = kullanılabilir bir biçim sunmuyor
camera-problem-failed = kamera arızalı
camera-problem-no_permission = erişim izni yok (usermod -aG video KULLANICI)
camera-problem-busy = başka bir program kullanıyor
camera-problem-stalled = yanıt vermiyor
camera-test-frames = Görüntü: { $size } piksel, { $frames } kare, { $damaged } bozuk
camera-test-rate = Hız: saniyede { $value } kare
camera-test-brightness = Parlaklık: 255 üzerinden { $value }
camera-test-sharpness = Keskinlik: 100 üzerinden { $value }
camera-test-code-none = Karekod: görünmüyor
camera-test-code-unread = Karekod: görünüyor, okunamadı
camera-test-code-read = Karekod: okundu
camera-test-module = Modül genişliği: { $value } piksel
camera-test-unmet = Kamerada olmayan ayarlar: { $settings }
advice-none = Her şey yolunda.
advice-check_cable = Görüntü bozuk geliyor: kabloyu ve USB bağlantısını değiştirin.
advice-uncover = Merceğin önü kapalı ya da ortam karanlık: merceği açın, ışığı yakın.
advice-more_light = Daha fazla ışık gerekiyor.
advice-less_light = Görüntü çok parlak: kamerayı lambaya ya da pencereye doğrultmayın.
advice-faster_frames = Kamera yavaş: ışığı artırın ya da başka bir USB bağlantısı deneyin.
advice-focus = Görüntü bulanık: merceği silin, odağı ayarlayın.
advice-move_closer = Karekod küçük görünüyor: kamerayı yaklaştırın.
advice-hold_still = Karekod okunamadı: sabit tutun, yaklaştırın, parlamayı önleyin.
advice-show_a_code = Ölçmek için ziyaretçilerin tutacağı yere bir karekod tutun.

## Tablodaki herkes
bulk-progress = { $of } kodun { $known } tanesi sorgulandı, saniyede { $rate } kod, { $left }
bulk-done = bitti
bulk-no-answer-yet = henüz yanıt yok
bulk-left = { $seconds } saniye kaldı
bulk-results-old = { $file } { $day } tarihinden beri değişmemiş, yanıtlar eski olabilir: bugünkü yanıtları e‑Devlet'ten yeniden alın.
bulk-summary = { $rows } satır: { $admit } girebilir, { $refuse } reddedildi, { $unverified } doğrulanamadı

## Ziyaret defteri
log-none-yet = { $path } henüz yok: ilk ziyaretle oluşur.
log-none-such = Böyle bir kayıt yok.
log-answers = ({ $time } kaydı için)
log-intact = Ziyaret defteri sağlam: { $records } kayıt, { $purged ->
        [0] hiçbirinin içeriği silinmemiş.
       *[other] { $purged } tanesinin içeriği silinmiş.
    }
log-not-intact = ZİYARET DEFTERİ SAĞLAM DEĞİL: { $records } kayıtta { $faults } kusur.
log-seal = Mühür: { $seal }
log-fault-changed = { $sequence } numaralı kaydın içeriği değiştirilmiş.
log-fault-inserted = { $sequence } numaralı kayıt bu programın yazdığı kayıt değil: eklenmiş ya da başka bir kaydın yerini almış.
log-fault-moved = { $sequence } numaralı kayıt yerinde değil: aslında { $to } numaralı kayıt.
log-fault-removed = { $sequence } ile { $to } arasındaki kayıtlar (ikisi de dahil) çıkarılmış.
log-fault-removed-one = { $sequence } numaralı kayıt çıkarılmış.
log-fault-broken = { $sequence } numaralı kaydın mührü bir öncekini izlemiyor.
log-fault-unreadable = { $sequence } numaralı kayıt mühürlendiği gibi duruyor, ama okunamıyor.
log-fault-emptied = { $sequence } numaralı kaydın içeriği tutanaksız silinmiş.
log-fault-returned = { $sequence } numaralı kaydın silindiğine dair tutanak var, ama içeriği yerinde.
log-fault-cut = Defter, not edilen { $sequence } numaralı mühürden önce bitiyor: sonu kesilmiş ya da eski bir kopya konmuş.
log-fault-other_log = { $sequence } numaralı kaydın mührü not edilenden farklı: bu başka bir defter ya da sonradan yeniden yazılmış.
log-fault-gone = Ziyaret defteri yerinde yok.
log-fault-newer = Defter bu programın daha yeni bir sürümüyle yazılmış ya da sürüm numarası yükseltilmiş: hes-kiosk'u güncelleyip yeniden denetleyin ya da yedekten yükleyin (hes-kiosk log restore).
log-fault-set_aside = { $sequence } numaralı kayda göre ondan önceki ziyaret defteri hasarlıydı: kayıtları bu defterde değil, { $said } dosyasında.
log-fault-missing = { $sequence } numaralı kayda göre daha önce yazılmış kayıtlar bu defterde yok; nerede oldukları bilinmiyor.
log-lost-until = Bu, eksik kayıtların saklama süresi dolana ya da o kayıttan sonra not edilen bir mühür verilene kadar (hes-kiosk log verify --seal) her denetimde söylenir.
log-fault-rows = Veritabanının { $said } adlı tablosunda bu programın yazmadığı ya da sonradan değiştirilmiş satırlar var.
log-fault-altered = Veritabanının { $said } adlı tablosu, dizini ya da tetikleyicisi bu programın yaptığı gibi değil.
log-fault-index = Veritabanının { $said } adlı dizini kayıtlarla uyuşmuyor: onunla sayılan ya da listelenenler yanlış olabilir. Kayıtların kendisi etkilenmez; hes-kiosk log rotate-keys dizini yeniden oluşturur.
log-is-refused = Bu ziyaret defteriyle başka hiçbir komut çalışmaz, kiosk da açılmaz: geri dönüş yolu sağlam bir yedektir (hes-kiosk log restore).
log-fault-damaged = Veritabanı hasarlı: { $said }
log-will-be-set-aside = Hasarlı defter, hiçbir program kullanmıyorken kiosk açıldığında ya da hes-kiosk check çalıştığında kenara ayrılır (adının sonuna .damaged-ZAMAN eklenir) ve yeni bir defter başlar. Yedek, log restore ile geri yüklenir.
log-overdue = { $records } kaydın saklama süresi günler önce doldu, ama silinmediler. Kioskun çalıştığından ve saatinin doğru olduğundan emin olun ya da hes-kiosk log purge ile silin.
log-faults-unnamed = Burada sayılmayan { $faults } kusur daha var.
log-erased = { $records ->
        [0] Bu koda ait kayıt bulunamadı; talebin tutanağı yazıldı.
       *[other] { $records } kaydın içeriği silindi; tutanak yazıldı.
    }
log-misled = Defterin bir dizini kayıtlarla uyuşmuyor: ayrıntısını hes-kiosk log verify söyler.
log-held-back = Ziyaret defterini o sırada okuyan bir program var: silinenlerin dosyadaki izi bir sonraki silmede kalkar (hes-kiosk log purge).
log-may-remain = Bu kişinin ziyaretleri şu dosyalarda hâlâ bulunabilir. Program her dosyayı, yanında yazan tarihten sonraki ilk silmede siler; beklemek istemiyorsanız siz silin:
log-remains-elsewhere = Başka yerlere koyduğunuz yedekleri, dışa aktarılmış dosyaları ve toplu sorgu raporlarını program silmez: onlarla siz ilgilenmelisiniz.
log-purged = { $records ->
        [0] Süresi geçen kayıt yok.
       *[other] Süresi geçen { $records } kaydın içeriği silindi.
    }
log-files-deleted = Programın kendi klasörlerinde süresi geçen { $files } dosya silindi.
log-backed-up = Yedekte { $records } kayıt var: { $file }. Parola olmadan kimse okuyamaz.
log-restored = Ziyaret defteri ({ $path }) artık yedekteki defterdir: { $records } kayıt ve bu işlemin kaydı. Önceki defter: { $file }.
log-not-the-demos = Yedekte gerçek ziyaretler var, yürürlükteki ayarlar ise denemenin: önce kiosku kurun (hes-kiosk setup) ya da ayarlarını --config ile verin. Hiçbir şey geri yüklenmedi.
log-the-demos = Yedekte yalnızca denemenin ziyaretleri var, bu ayarlar ise gerçek bir girişin. Hiçbir şey geri yüklenmedi.
log-restored-without = PIN'ler ve kapıda tutulan kodlar yedekle gelmez: “hes-kiosk pin set” ile yeniden verin, bulk --hold komutunu yeniden çalıştırın.
log-restored-with-erased = Yedek alındıktan sonra bir kişi için silinmiş kayıtlar varsa geri geldi: her biri yeniden silinmelidir (hes-kiosk log erase).
log-restored-by-what-was-there = Yeniden silinenler yalnızca yerindeki defterin bildikleridir: o defter eski bir kopyaysa, kopyadan sonra silinmiş kayıtlar geri gelmiştir. Bunu not edilmiş bir mühür gösterir (hes-kiosk log restore --seal).
log-erased-again = Yedek alındıktan sonra kişiler için silinmiş { $records } kayıt yeniden silindi.
log-keys-rotated = Ziyaret defterinin anahtarları yenilendi. Kapıda tutulan kodlar artık tutulmuyor: bulk --hold komutunu yeniden çalıştırın.
log-keys-beside = Yeni anahtarlar { $file } dosyasında: ayarların gösterdiği yere konana kadar hiçbir program defteri açamaz. Dosyayı kaybetmeyin, onsuz defter okunamaz.
log-no-time-between = --since, --until'den önceki bir an olmalı: --until anının kendisi dahil değildir.
log-exported = { $records } kayıt { $file } dosyasına yazıldı.
log-unreadable = okunamıyor: ayrıntısı hes-kiosk log verify komutunda
log-left-out = { $records } kayıt okunamadı, dosyada yok: ayrıntısı hes-kiosk log verify komutunda.
stats-number = { $number }
stats-visits = ziyaret
stats-admit = kabul
stats-refuse = ret
stats-unverified = doğrulanamayan
stats-check_out = çıkış
stats-all = tümü
stats-days = Güne göre ({ $zone })
stats-hours = Günün saatine göre ({ $zone })
stats-reasons = Nedene göre
stats-sources = Kodun gösterilişine göre
stats-service = Servis: { $answers } yanıt; yarısı { $half } ms, %95’i { $most } ms, %99’u { $nearly } ms içinde, en yavaşı { $longest } ms
stats-unreadable = { $records } kayıt okunamadı ve sayılmadı: ayrıntısı hes-kiosk log verify komutunda.
act-started = Kiosk açıldı (ayarlar { $said })
act-stopped = Kiosk kapatıldı
act-out-of-service = Hizmet dışıydı: { $said }
act-found = { $records ->
        [0] Bir kod arandı: kaydı yok
       *[other] Bir kod arandı: { $records } kayıt
    }
act-settings-changed = Ayarlar değiştirildi: { $said }
act-export-begun = Dışa aktarma başladı ({ $said })
act-exported = { $records } kayıt dışa aktarıldı ({ $said })
act-backed-up = Yedek alındı: { $records } kayıt
act-restored = Ziyaret defterinin yerine bir yedek kondu, yeniden silinen: { $records } kayıt; önceki defter: { $said }
act-restored-unknown = Ziyaret defterinin yerine bir yedek kondu, yeniden silinmesi gereken bilinmiyor; önceki defter: { $said }
act-pin-set = { $said } için PIN belirlendi
act-people = PIN'i olanlar mühürlendi
act-pin-removed = { $said } adlı kişinin PIN'i kaldırıldı
act-pin-failed = Yanlış PIN girildi (üst üste { $records }. kez)
act-pin-entered = Danışmada PIN girildi
act-missing = Ziyaret defteri yerinde yoktu, nedeni bilinmiyor; bu defter başladı
act-missing-behind = Yazılmış son kayıt ziyaret defterinde değil (mührü: { $said })
act-set-aside = Ziyaret defteri bozulmuştu, { $said } adıyla saklanıyor; bu defter başladı
act-keys-rotated = Ziyaret defterinin anahtarları yenilendi
act-files-deleted = Programın klasörlerinde süresi geçen { $records } dosya silindi
act-purged = Süresi geçen { $records } kaydın içeriği silindi
act-erased = { $records ->
        [0] Bir kişi için silinecek kayıt arandı, bulunamadı: { $said }
       *[other] Bir kişinin { $records } kaydı silindi: { $said }
    }
act-seal-begun = { $records ->
        [0] Mühürleme başladı; içeriği silinmiş kayıt yoktu
       *[other] Mühürleme başladı; içeriği daha önce silinmiş { $records } kayıt vardı
    }

## hes-kiosk privacy
privacy-title = Ziyaretçiler hakkında ne saklanır, nerede, ne kadar süre ve kim görebilir
privacy-environment = Ortam: { $environment }
privacy-where = Yer
privacy-contents = İçerik
privacy-kept = Süre
privacy-seen = Erişim
privacy-seen-owner = yalnızca programı çalıştıran kullanıcı (dosyalar 0600, programın oluşturduğu klasörler 0700) ve bilgisayarın yöneticisi
privacy-seen-owner-with-key = dosyayı yalnızca programı çalıştıran kullanıcı (0600) ve bilgisayarın yöneticisi açabilir; dosya şifreli olduğundan okumak için ayrıca anahtar gerekir. Anahtarı elinde bulunduran herkes, dosyanın bir kopyasını da okuyabilir
privacy-seen-service-manager = hizmet yöneticisi (systemd) yalnızca bu programa verir; bilgisayarın yöneticisi de görebilir
privacy-seen-keyring = masaüstünün anahtarlığında durur: oturum açıkken o kullanıcının programları okuyabilir
privacy-visits = Ziyaret defteri (SQLCipher ile şifreli)
privacy-visits-contents = sıra ve kayıt numarası, zaman, ortam, giriş, kodun nasıl gösterildiği, kararı kimin verdiği, yanıtladığı önceki kayıt, kodun anahtarlı özeti, karar ve gerekçesi, kodun geçerlilik sonu, servisin yanıt süresi, danışmada karar verildiyse kararı verenin adı ve gerekçesi, mühür
privacy-visits-kept = { $days } gün; süre dolunca, her gün yapılan silmede ziyaretin içeriği silinir, ziyaretçi hakkında bilgi içermeyen sıra kaydı kalır
privacy-acts = Kiosk ve defter üzerinde yapılan işlemler (ziyaret defterinin içinde)
privacy-acts-contents = kioskun açılması ve o andaki ayarların özeti, kapanması, hizmet dışı kalması ve nedeni, bir kodun aranması, kayıtların dışa aktarılmaya başlanması ve aktarılması, biçimi ve süzgeci, yedek alınması ve mührü, süresi geçen dosyaların silinmesi, PIN belirlenmesi, kaldırılması, girilmesi ve yanlış girilmesi, pencerede hangi ayarların değiştirildiği (yeni değerleri değil), içeridekilerin listesinin alınması: sıra ve kayıt numarası, zaman, işlemi yapan oturumun kullanıcı adı, bulunan, aktarılan, yedeklenen ya da içeride görünen kayıtların veya silinen dosyaların sayısı; kod yazılmaz. Kayıtların yalnızca listelenmesi, sayılması ve doğrulanması yazılmaz
privacy-acts-kept = { $days } gün; süre dolunca, her gün yapılan silmede silinir
privacy-receipts = Tutanaklar (ziyaret defterinin içinde)
privacy-receipts-contents = silinen kayıtların sayısı, numaraları ve zaman aralığı, silme süresi ya da gerekçesi; yedekten geri dönüş, bozulan ya da kaybolan defter, yenilenen anahtarlar, PIN'i olanların anahtarlı özeti: sıra ve kayıt numarası, zaman, işlemi yapan oturumun kullanıcı adı. Tek kişinin kayıtları silindiğinde yalnız günleri kalır; ziyaretçinin adı, kodu ya da kodunun özeti bulunmaz
privacy-receipts-kept = defter durdukça kalır: silmenin ve değişikliğin kanıtıdır
privacy-people = Danışmada çalışabilecek kişiler (ziyaret defterinin içinde)
privacy-people-contents = PIN'i olan her kişinin adı ve görevi, PIN'in anahtarlı Argon2id özeti, son yanlış denemelerin sayısı; ziyaretçilere ilişkin hiçbir şey yok
privacy-people-kept = kişinin PIN'i kaldırılana kadar (hes-kiosk pin remove)
privacy-held = Toplu sorguda reddedilen kodlar (ziyaret defterinin içinde; yalnızca “bulk --hold” ile)
privacy-held-contents = ortam, kodun anahtarlı özeti, geçerlilik sonu; başka bir şey değil
privacy-held-kept = en çok { $hours } saat geçerlidir; süre dolunca, her gün yapılan silmede silinir
privacy-keys = Ziyaret defterinin anahtarları
privacy-keys-contents = ziyaret defterini açan anahtar ile kodların özetini çıkaran ve mühürlerin türetildiği anahtar; kişisel veri değil
privacy-keys-kept = siz silene kadar; anahtarlar silinirse defter bir daha okunamaz
privacy-aside = Kenara ayrılan ziyaret defterleri (SQLCipher ile şifreli)
privacy-aside-contents = bozulduğunda ya da yerine yedek konduğunda defterde olan her şey; yerine yedek konanın eski anahtarları, anahtarların yanında aynı ekle durur
privacy-aside-kept = son yazıldığı andan sonra { $days } gün; ardından her gün yapılan silmede tümüyle silinir
privacy-backups = Yedekler (SQLCipher ile şifreli; yalnız “log backup” ile)
privacy-backups-where = sizin koyduğunuz yerde
privacy-backups-contents = PIN'ler ve kapıda tutulan kodlar dışında defterde olan her şey ve kod özetlerinin anahtarı
privacy-backups-kept = siz silene kadar; program yalnız rapor ve dışa aktarma klasöründekileri siler. Hiçbir yerde saklanmayan parola ile açılırlar
privacy-exports = Raporlar ve dışa aktarılanlar klasörü
privacy-exports-contents = bu klasöre yazılan toplu sorgu raporları: verilen tablo, kodlar da dahil, ve kararlar; “log export” ile dışa aktarılan ziyaretler, kodun özeti dışında, ve istenirse işlemlerle tutanaklar; tahliye listeleri: giriş saatleri, kapılar ve saklanıyorsa maskeli ad (bunlar şifrelenmez); buraya konan yedekler (şifreli)
privacy-exports-kept = { $days } gün; daha eski dosyalar, alt klasörlerdekiler de dahil, her gün yapılan silmede silinir. Başka bir klasöre yazılanları program silmez
privacy-journals = Toplu sorgu günlükleri
privacy-journals-where = her raporun yanında, raporun adına .journal eklenerek
privacy-journals-contents = kodların anahtarlı özetleri, servisin yanıtları, geçerlilik sonları, sorgu zamanları; sitenin koşulu gerektiriyorsa sağlık bilgileri (şifrelenmez)
privacy-journals-kept = rapor tamamlanınca silinir; yarıda kalan sorgunun günlüğü, sorgu yinelenene kadar ya da raporlar klasöründeyse oradaki sürenin sonuna kadar kalır
privacy-log = Programın kendi günlüğü
privacy-log-contents = programın çalışması ve arızaları; kişisel veri içermez
privacy-log-kept = süreyle değil boyutla sınırlı: toplam { $megabytes } MiB, en eskisi silinir
privacy-holder-kept = Girişine izin verilen ziyaretçilerin maskeli adı, soyadı ve kimlik numarası da ziyaret defterinde saklanır (keep_holder = true).
privacy-holder-not-kept = Ziyaretçinin maskeli adı, soyadı ve kimlik numarası saklanmaz (keep_holder = false).
privacy-hash = Bir kodun anahtarlı özeti tek başına anonim değildir: alışılmış biçimde (harf, rakam, harf, rakam ve altı rakam) yaklaşık 7·10¹⁰ kod vardır ve anahtarı elinde bulunduran kişi bunların hepsini deneyebilir. Bu nedenle defter şifreli tutulur ve anahtarlar defterin yanında değil, başka bir yerde saklanır.
privacy-sent = Kod kime gönderilir
privacy-sent-simulator = Hiç kimseye: bu bilgisayardaki simülatör yanıtlar
privacy-sent-test = T.C. Sağlık Bakanlığının HES test servisine: { $url }
privacy-sent-live = T.C. Sağlık Bakanlığının HES servisine: { $url }
privacy-sent-own = Kurumun belirlediği durum sorgulama servisine: { $url }
privacy-sent-manual = Hiç kimseye: danışmadaki görevli kodu Sağlık Bakanlığının uygulamasında veya e-Devlet'te sorgular
privacy-sent-code = Kodla birlikte başka bir bilgi gönderilmez
privacy-sent-place = Ziyaretçinin koduyla birlikte girişin yeri de gönderilir: { $place }
privacy-printed = Her tahliye listesi { $command } komutuna da verilir ([desk] print): giriş saatleri, kapılar ve saklanıyorsa maskeli ad, şifrelenmeden. Komutun bunlarla ne yaptığını ve yazıcının ne kadar süre sakladığını program bilmez.
privacy-never = Hiçbir zaman saklanmayanlar
privacy-never-code = kodun kendisi ya da bir parçası (toplu sorguda sizin verdiğiniz tablo ve onun raporu dışında)
privacy-never-qr_payload_first_half = HES karekodunun kimlik numarasından türetilen ilk yarısı
privacy-never-pictures = kamera görüntüleri
privacy-never-identity_digits = kimlik numarasının ziyaretçinin yazdığı son haneleri
privacy-memory = Bir ziyaretçi sorgulanırken bunlar programın belleğindedir; orası yeniden kullanılana dek, dakikalar sonra bile izleri kalabilir. Bilgisayarın yöneticisi (root) belleği okuyabilir; kullanıcının başka programları okuyamaz, program çökse de bellek dosyaya dökülmez. Bilgisayar belleği diske taşıyorsa (takas alanı, uykuya geçiş) diski şifreleyin.

pin-prompt = PIN, en az altı, en çok on rakam:{" "}
pin-again = Bir kez daha:{" "}
secret-no-terminal = Soracak bir uçbirim yok: ilk satırı standart girdiden verin ({ $option }).
simulate-listens =
    Simülatörün adresi: { $url }
    Kullanıcı adı: { $username }
    Parola: { $password }
simulate-first-line = { $file } dosyasının ilk satırı
secret-different = İki yanıt aynı değil.
answer-missing = Yanıt verilmedi.
answer-too-long = Yanıt çok uzun.
answer-yes-or-no = Yalnızca e ya da h yazın.
answers-yes = e evet
answers-no = h hayır
pass-phrase-prompt = Kurtarma parolası:{" "}
pass-phrase-short = Kurtarma parolası en az 12 karakter olmalı ve x' ile başlamamalı.
pass-phrase-obvious = Bu kurtarma parolası kolay tahmin edilir: daha çok farklı karakter kullanın, ardışık olmasın.
pin-nobody = Bu adla kimsenin PIN'i yok.
pin-set = { $name } için PIN belirlendi ({ $role }).
pin-removed = { $name } adlı kişinin PIN'i kaldırıldı.
role-guard = görevli
role-manager = yönetici

## hes-kiosk desk
desk-title = Danışma
desk-service-well = Servis hazır
desk-service-took = Servis { $took }
desk-camera-well = Kamera hazır
desk-camera-rate = Kamera { $frames } kare/sn
desk-camera-failing = Kamera görmüyor
desk-disk-low = Disk dolmak üzere
desk-service-failing = Servis yanıt vermiyor
desk-lock = Kilitle · { $left }
desk-leave = Kiosku kapat, masaüstüne dön
desk-search = Ara ya da okut
desk-search-awaits = Kodu okuyucuya gösterin
desk-found = Bu kodla { $visits } ziyaret bulundu
desk-show-all = Bugün
desk-show-refused = Ret
desk-show-unverified = Doğrulanamadı
desk-no-visits = Gösterilecek ziyaret yok
desk-press-enter = Kodu aramak için Enter'a basın
desk-reading = Okunuyor…
desk-admitted = Girdi
desk-refused = Reddedildi
desk-waits = Bekliyor
desk-settled = Kapandı
desk-checked-out = Çıktı
desk-decide = Karar ver
desk-details = Ayrıntı
desk-waiting = Bekleyenler · { $visits }
desk-waiting-more = { $visits } kişi daha bekliyor: listede “{ desk-show-unverified }”
desk-day = Bugün · { $admitted } giriş, { $refused } ret, { $unverified } doğrulanamayan
desk-pin-title = PIN'inizi girin
desk-second-title = İkinci görevli PIN'ini girsin
desk-pin-instruction = En az altı, en çok on rakam
desk-pin-comparing = Bakılıyor…
desk-pin-confirm = Tamam
desk-pin-not-a-pin = PIN en az altı, en çok on rakamdan oluşur.
desk-pin-wrong = { $left ->
        [0] Yanlış PIN.
       *[other] Yanlış PIN. { $left } deneme hakkı kaldı.
    }
desk-pin-locked = Çok sayıda yanlış PIN. { $minutes } dakika sonra yeniden deneyin.
desk-pin-nobody = Henüz kimsenin PIN'i yok. Yönetici “hes-kiosk pin set” ile belirler.
desk-pin-not-a-manager = Bunun için yöneticinin PIN'i gerekli.
desk-pin-same-person = İkinci onay başka bir görevlinin olmalı.
desk-no-way-out = PIN doğrulanamıyor: ziyaret defteri açılamadı. SSH ile bağlanınca hes-kiosk doctor ne yapılacağını söyler, sudo systemctl stop hes-kiosk kiosku kapatır.
desk-back = Vazgeç
desk-behind-checking = Bu arada biri geldi, kodu sorgulanıyor. Sonucu, danışma ekranı kapanınca görünecek.
desk-behind-asked = Bu arada biri geldi. Danışma ekranı kapanınca kimlik numarasının son haneleri sorulacak.
desk-behind-awaiting = Bu arada biri geldi, kodunu sizin sorgulamanızı bekliyor.
desk-behind-decided = Bu arada biri geldi. Sonucu, danışma ekranı kapanınca görünecek.
desk-unshown-admitted = { $time } · Kararınız kaydedildi: girebilir. Ekran şimdi başka bir ziyaretçinin; kararı kendisine siz söyleyin.
desk-unshown-refused = { $time } · Kararınız kaydedildi: giremez. Ekran şimdi başka bir ziyaretçinin; kararı kendisine siz söyleyin.
desk-overtaken = Bu ziyaret için sizden önce karar verilmiş: sizinki kaydedilmedi. Geçerli karar listede.
desk-decide-instruction = Gerekçeyi seçin, sonra karar verin. Karar adınızla kaydedilir.
desk-admit = Girebilir
desk-refuse = Giremez
desk-left = Ziyaretçi ayrıldı
desk-cancel = Vazgeç
desk-reason-app = HES uygulamasında riskli olmadığı görüldü
desk-reason-document = Yazılı belge gösterildi
desk-reason-manager = Yönetici onayladı
desk-reason-other-person = Kod başkasına ait
desk-reason-own = Başka bir gerekçe: klavyeden yazın
desk-reason-refused = En az üç harf yazın; HES kodu ve kimlik numarası yazmayın.
source-desk = danışma
