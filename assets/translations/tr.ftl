### Türkçe: ilk dil.

## Her ekranda
banner-not-real = DENEME · Kararlar gerçek değildir
language-code = TR
seconds-left = { $seconds } sn
service-ready = Sorgulama hazır
clock-doubt = Saat yanlış görünüyor
reader-missing = Kod okuyucu bağlı değil
service-failing = Şu anda sorgulanamıyor

## Karşılama
welcome-title = Hoş geldiniz
welcome-instruction = Karekodu gösterin ya da kodunuzu yazın.
welcome-check = Sorgula
welcome-no-code = HES kodum yok
welcome-reading = Okunuyor…
camera-working = HES karekodunuzu çerçeveye tutun
camera-starting = Kamera açılıyor…
camera-missing = Kamera yok: kodunuzu yazın
camera-no-permission = Kameraya izin yok: kodunuzu yazın
camera-busy = Kamera başka bir programda: kodunuzu yazın
camera-unplugged = Kamera çıkarıldı: kodunuzu yazın
camera-stalled = Kamera yanıt vermiyor: kodunuzu yazın
camera-covered = Kameranın önü kapalı: açın ya da kodunuzu yazın
camera-damaged = Kamera görüntüsü bozuk: kodunuzu yazın
camera-unsupported = Bu kamera kullanılamıyor: kodunuzu yazın
camera-slow = Kamera yavaş: karekodu biraz daha uzun tutun
camera-several-codes = Birden çok kod var: tek tek gösterin
camera-failed = Kamera arızalı: kodunuzu yazın
camera-restarting = Kamera yeniden açılıyor: kodunuzu yazabilirsiniz
demo-admit = Girebilir
demo-refuse = Giremez
demo-unverified = Doğrulanamaz

## Geçersiz kod
problem-alphabet = Bu bir HES kodu değil. Kodda yalnızca harf ve rakam bulunur.
problem-length = HES kodu 10 harf ve rakamdan oluşur. Lütfen yeniden deneyin.
problem-payload = Bu karekod bir HES karekodu değil.
problem-half-read = Kod tam okunamadı. Lütfen yeniden okutun.
problem-reading = Okutulan kod bir HES kodu değil. Lütfen yeniden okutun.
too-many-attempts = Çok sayıda deneme yapıldı. Lütfen danışmaya başvurun. ({ $seconds } sn)

## Aydınlatma
notice = Veri sorumlusu: { $controller } · Kodunuz saklanmaz; ziyaret kaydının içeriği { $days } gün sonra silinir · Sorularınız için: { $contact } · Amaç: { $purpose } ({ $legal_basis })
notice-demo = Deneme: burada gerçek bir kurum yoktur. Kod A1B234567 ve bir hane: 0, 4, 5 girebilir · 1, 2, 3 giremez · 6, 7, 8, 9 doğrulanamaz. Kodunuz saklanmaz; ziyaret kaydının içeriği { $days } gün sonra silinir.

## Sorgu
checking-title = Sorgulanıyor
checking-slow = Yanıt gecikiyor, lütfen bekleyin

## Kimlik
identity-title = Kimliğinizi doğrulayın
identity-instruction = T.C. kimlik numaranızın son üç hanesini yazın.
identity-not-three = Lütfen üç hane yazın.
identity-mismatch = Haneler tutmadı. Lütfen yeniden deneyin.
identity-not-by-hand = Lütfen haneleri elle yazın.
identity-other-code = Başka bir kod gösterildi. Önce üç haneyi yazın ya da vazgeçin.
identity-confirm = Onayla
identity-give-up = Vazgeç

## Sonuç
admit-title = Girebilirsiniz
admit-advice = Kimliğinizi görevliye gösterin.
refuse-title = Giriş yapılamıyor
refuse-advice = Lütfen danışmaya başvurun. Kodunuzun süresi dolduysa HES uygulamasından yeni bir kod alabilirsiniz.
refuse-advice-protected = Lütfen danışmaya başvurun. HES uygulamasından yeni bir kod alabilir, aşı ve test bilgilerinizi paylaşabilirsiniz.
unverified-title = Doğrulanamadı
unverified-advice = Durumunuz şu anda sorgulanamadı. Lütfen danışmada bekleyin.
identity-advice = Kimliğiniz doğrulanamadı. Lütfen danışmaya başvurun.
no-code-title = Danışmaya başvurun
no-code-advice = HES kodunuz yoksa danışmadaki görevli size yardımcı olur.
holder-name = Ad soyad
holder-identity-number = Kimlik no
shown-before = Bu kod daha önce de gösterildi: { $time } · kimliği karşılaştırın

## Hizmet dışı
out-of-service-title = Hizmet dışı
out-of-service-visits = Ziyaret kaydı yazılamıyor. Lütfen danışmaya gidin.
out-of-service-settings = Ayarlar kullanılamıyor. Lütfen danışmaya gidin.
out-of-service-service = Sorgulama başlatılamıyor. Lütfen danışmaya gidin.
out-of-service-staff = Görevli için: { $cause } · başlangıç { $time } · kendiliğinden yeniden denenecek
out-of-service-call = Aranacak: { $contact }
out-of-service-call-unknown = Aranacak: kiosk sorumlusu
cause-disk-full = disk dolu ({ $file })
cause-not-writable = yazma izni yok ({ $file })
cause-disk = disk hatası ({ $file })
cause-unreadable = kayıt bozuk ya da başka bir anahtarla yazılmış ({ $file })
cause-busy = kayıt başka bir programda açık ({ $file })
cause-already-running = bu kayıtla çalışan başka bir kiosk var ({ $file })
cause-newer = kayıt daha yeni bir sürümle yazılmış ({ $file })
cause-timed-out = disk yanıt vermiyor ({ $file })
cause-key-missing = anahtar dosyası yok ({ $file })
cause-key-unusable = anahtar dosyası okunamıyor ({ $file })
cause-key-malformed = anahtar dosyası bozuk ({ $file })
cause-key-exposed = anahtar dosyasını başkaları okuyabiliyor ({ $file })
cause-key-beside = anahtar dosyası kaydın klasöründe olamaz ({ $file })
cause-keyring-unusable = anahtarlık kilitli ya da yok: masaüstünde oturum açın
cause-keyring-empty = anahtarlıkta ziyaret kaydının anahtarları yok
cause-keyring-malformed = anahtarlıktaki anahtarlar bozuk
cause-settings-unreadable = ayar dosyası okunamıyor ({ $file })
cause-settings-wrong = ayar dosyasında hata: { $file }, satır { $line }
cause-password-unreadable = parola dosyası okunamıyor ({ $file })
cause-password-exposed = parola dosyasını başkaları okuyabiliyor ({ $file })
cause-password-missing = servis parolası verilmemiş
cause-no-home = ev klasörü bilinmiyor
cause-client = sorgu istemcisi kurulamadı
cause-simulator = simülatör başlatılamadı

## Komutlar
reason-riskless = risk yok
reason-risky = riskli
reason-code_not_found = böyle bir kod yok
reason-code_expired = kodun süresi dolmuş
reason-not_protected = aşı, bağışıklık ya da negatif test görünmüyor
reason-identity_mismatch = kimlik numarası tutmadı
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

# Tablodaki herkes
bulk-summary = { $rows } satır: { $admit } girebilir, { $refuse } reddedildi, { $unverified } doğrulanamadı

# Ziyaret kaydı
log-intact = Kayıt sağlam: { $records } kayıt, { $purged } tanesinin içeriği silinmiş.
log-not-intact = KAYIT SAĞLAM DEĞİL: { $records } kayıtta { $faults } kusur.
log-seal = Mühür: { $seal }
log-fault-changed = { $sequence } numaralı kaydın içeriği değiştirilmiş.
log-fault-inserted = { $sequence } numaralı kayıt bu programın yazdığı kayıt değil: eklenmiş ya da başka bir kaydın yerini almış.
log-fault-moved = { $sequence } numaralı kayıt yerinde değil: aslında { $to } numaralı kayıt.
log-fault-removed = { $sequence } ile { $to } arasındaki kayıtlar (ikisi de dahil) çıkarılmış.
log-fault-broken = { $sequence } numaralı kaydın mührü bir öncekini izlemiyor.
log-fault-emptied = { $sequence } numaralı kaydın içeriği tutanaksız silinmiş.
log-fault-returned = { $sequence } numaralı kaydın silindiğine dair tutanak var, ama içeriği yerinde.
log-fault-cut = Kayıt, not edilen { $sequence } numaralı mühürden önce bitiyor: sonu kesilmiş ya da eski bir kopya konmuş.
log-fault-other_log = { $sequence } numaralı kaydın mührü not edilenden farklı: bu başka bir kayıt ya da sonradan yazılmış.
log-fault-damaged = Veritabanı hasarlı: { $said }
log-erased = { $records } kaydın içeriği silindi; tutanak yazıldı.
log-erased-held = { $records } kaydın içeriği silindi; tutanak yazıldı. Kaydı okuyan bir program var: dosyadaki izi bir sonraki temizlikte kalkar (hes-kiosk log purge).
log-purged = Süresi geçen { $records } kaydın içeriği silindi.
log-backed-up = Yedekte { $records } kayıt var: { $file }. Parola olmadan kimse okuyamaz.
log-restored = Kayıt defteri artık yedekteki defterdir: { $records } kayıt ve bu işlemin kaydı. Önceki defter: { $file }. Yedek alındıktan sonra silinen kişi kayıtları yeniden silinmelidir.
log-keys-rotated = Kayıt defterinin anahtarları yenilendi. Kapıda tutulan kodlar artık tutulmuyor: bulk --hold komutunu yeniden çalıştırın.
log-exported = { $records } kayıt { $file } dosyasına yazıldı.
stats-visits = ziyaret
stats-admit = kabul
stats-refuse = ret
stats-unverified = doğrulanamayan
stats-all = tümü
stats-days = Güne göre ({ $zone })
stats-hours = Günün saatine göre ({ $zone })
stats-reasons = Nedene göre
stats-sources = Kodun gösterilişine göre
stats-service = Servis: { $answers } yanıt; yarısı { $half } ms, %95’i { $most } ms, %99’u { $nearly } ms içinde, en yavaşı { $longest } ms
act-started = Kiosk açıldı
act-stopped = Kiosk kapatıldı
act-out-of-service = Hizmet dışıydı: { $said }
act-found = Bir kod arandı: { $records } kayıt
act-exported = { $records } kayıt dışa aktarıldı ({ $said })
act-backed-up = Yedek alındı: { $records } kayıt
act-restored = Kayıt defterinin yerine bir yedek kondu; önceki defter: { $said }
act-set-aside = Kayıt defteri bozulmuştu, { $said } adıyla saklanıyor; bu defter başladı
act-keys-rotated = Kayıt defterinin anahtarları yenilendi
act-purged = Süresi geçen { $records } kaydın içeriği silindi
act-erased = Bir kişinin { $records } kaydı silindi: { $said }
act-seal-begun = Mühürleme başladı; içeriği daha önce silinmiş { $records } kayıt vardı

# hes-kiosk privacy
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
privacy-visits = Ziyaret kaydı (SQLCipher ile şifreli)
privacy-visits-contents = sıra ve kayıt numarası, zaman, ortam, giriş, kodun nasıl gösterildiği, kararı kimin verdiği, yanıtladığı önceki kayıt, kodun anahtarlı özeti, karar ve gerekçesi, kodun geçerlilik sonu, servisin yanıt süresi, mühür
privacy-visits-kept = { $days } gün; bunu izleyen günlük silmede ziyaretin içeriği silinir, ziyaretçi hakkında bilgi içermeyen sıra kaydı kalır
privacy-acts = Kiosk ve kayıt üzerinde yapılan işlemler (ziyaret kaydının içinde)
privacy-acts-contents = kioskun açılması, kapanması, hizmet dışı kalması ve nedeni, bir kodun aranması, kayıtların dışa aktarılması, biçimi ve süzgeci: sıra ve kayıt numarası, zaman, işlemi yapan oturumun kullanıcı adı, bulunan veya aktarılan kayıt sayısı; kod yazılmaz
privacy-acts-kept = { $days } gün; bunu izleyen günlük silmede silinir
privacy-receipts = Silme tutanakları (ziyaret kaydının içinde)
privacy-receipts-contents = silinen kayıtların sayısı, numaraları ve zaman aralığı, silme süresi ya da gerekçesi: sıra ve kayıt numarası, zaman, silen oturumun kullanıcı adı; ziyaretçi hakkında bilgi içermez
privacy-receipts-kept = kayıt durdukça kalır: silmenin kanıtıdır
privacy-held = Toplu sorguda reddedilen kodlar (ziyaret kaydının içinde; yalnızca “bulk --hold” ile)
privacy-held-contents = ortam, kodun anahtarlı özeti, geçerlilik sonu; başka bir şey değil
privacy-held-kept = en çok { $hours } saat geçerlidir; bunu izleyen günlük silmede silinir
privacy-keys = Ziyaret kaydının anahtarları
privacy-keys-contents = ziyaret kaydını açan anahtar ile kodların özetini çıkaran ve mühürlerin türetildiği anahtar; kişisel veri değil
privacy-keys-kept = siz silene kadar; anahtarlar silinirse kayıt bir daha okunamaz
privacy-aside = Kenara konan kayıt defterleri (SQLCipher ile şifreli)
privacy-aside-contents = bozulduğunda ya da yerine yedek konduğunda defterde olan her şey; yerine yedek konanın eski anahtarları, anahtarların yanında aynı ekle durur
privacy-aside-kept = son yazıldığı andan sonra { $days } gün; ardından günlük silme tümünü alır
privacy-backups = Yedekler (SQLCipher ile şifreli; yalnız “log backup” ile)
privacy-backups-where = sizin koyduğunuz yerde
privacy-backups-contents = defterde olan her şey ve kod özetlerinin anahtarı
privacy-backups-kept = siz silene kadar; program yalnız rapor ve dışa aktarma klasöründekileri siler. Hiçbir yerde saklanmayan parola ile açılırlar
privacy-exports = Raporlar ve dışa aktarılanlar klasörü
privacy-exports-contents = bu klasöre yazılan toplu sorgu raporları: verilen tablo, kodlar da dahil, ve kararlar (şifrelenmez)
privacy-exports-kept = { $days } gün; daha eski dosyalar günlük silmede silinir. Başka bir klasöre yazılan raporları program silmez
privacy-journals = Toplu sorgu günlükleri
privacy-journals-where = her raporun yanında, raporun adına .journal eklenerek
privacy-journals-contents = kodların anahtarlı özetleri, servisin yanıtları, geçerlilik sonları, sorgu zamanları; sitenin koşulu gerektiriyorsa sağlık bilgileri (şifrelenmez)
privacy-journals-kept = rapor tamamlanınca silinir; yarıda kalan sorgunun günlüğü, sorgu yinelenene kadar ya da raporlar klasöründeyse oradaki sürenin sonuna kadar kalır
privacy-log = Programın kendi günlüğü
privacy-log-contents = programın çalışması ve arızaları; kişisel veri içermez
privacy-log-kept = süreyle değil boyutla sınırlı: toplam { $megabytes } MiB, en eskisi silinir
privacy-holder-kept = Girişine izin verilen ziyaretçilerin maskeli adı, soyadı ve kimlik numarası da ziyaret kaydında saklanır (keep_holder = true).
privacy-holder-not-kept = Ziyaretçinin maskeli adı, soyadı ve kimlik numarası saklanmaz (keep_holder = false).
privacy-hash = Bir kodun anahtarlı özeti tek başına anonim değildir: alışılmış biçimde (harf, rakam, harf, rakam ve altı rakam) yaklaşık 7·10¹⁰ kod vardır ve anahtarı elinde bulunduran kişi bunların hepsini deneyebilir. Bu nedenle kayıt şifreli tutulur ve anahtarlar kaydın yanında değil, başka bir yerde saklanır.
privacy-sent = Kod kime gönderilir
privacy-sent-simulator = Hiç kimseye: bu bilgisayardaki simülatör yanıtlar
privacy-sent-test = T.C. Sağlık Bakanlığının HES test servisine: { $url }
privacy-sent-live = T.C. Sağlık Bakanlığının HES servisine: { $url }
privacy-sent-own = Kurumun belirlediği durum sorgulama servisine: { $url }
privacy-sent-code = Kodla birlikte başka bir bilgi gönderilmez
privacy-sent-place = Ziyaretçinin koduyla birlikte girişin yeri de gönderilir: { $place }
privacy-never = Hiçbir zaman saklanmayanlar
privacy-never-code = kodun kendisi ya da bir parçası (toplu sorguda sizin verdiğiniz tablo ve onun raporu dışında)
privacy-never-qr_payload_first_half = HES karekodunun kimlik numarasından türetilen ilk yarısı
privacy-never-pictures = kamera görüntüleri
privacy-never-identity_digits = kimlik numarasının ziyaretçinin yazdığı son haneleri

# hes-kiosk privacy notice
notice-title = Ziyaretçilere İlişkin Kişisel Verilerin Korunması Aydınlatma Metni
notice-controller-title = 1. Veri sorumlusu
notice-controller = Kişisel verileriniz, 6698 sayılı Kişisel Verilerin Korunması Kanunu (“Kanun”) uyarınca aşağıda belirtilen veri sorumlusu tarafından, bu metinde açıklanan kapsamda işlenmektedir. Veri sorumlusu: { $controller }
notice-data-title = 2. İşlenen kişisel veriler
notice-data-code = HES kodunuz: Sorgulamada kullanılır, kendisi saklanmaz. Ziyaret kaydında, aynı kodun yeniden tanınmasını sağlayan anahtarlı bir özeti tutulur; bu özet de kişisel veridir.
notice-data-health = Sağlık veriniz (özel nitelikli kişisel veri): Servisin kodunuz için bildirdiği risk durumu ve kodunuzun geçerlilik süresi. Ziyaret kaydında, bunlara dayanan karar ve gerekçesi ile kodun geçerlilik süresi tutulur.
notice-data-health-fields = Aşı, bağışıklık ve test bilginiz (özel nitelikli kişisel veri): Servisin bildirdiği bu bilgiler yalnızca giriş kararında kullanılır; ziyaret kaydında tutulmaz.
notice-data-holder = Kimlik bilginiz: Servisin maskeleyerek bildirdiği adınız ve soyadınız ile T.C. kimlik numaranızın son üç hanesi. Girişinize izin verildiğinde, kimliğinizle karşılaştırılmak üzere ekranda gösterilir; saklanmaz.
notice-data-holder-kept = Kimlik bilginiz: Servisin maskeleyerek bildirdiği adınız ve soyadınız ile T.C. kimlik numaranızın son üç hanesi. Girişinize izin verildiğinde, kimliğinizle karşılaştırılmak üzere ekranda gösterilir ve ziyaret kaydında saklanır.
notice-data-digits = T.C. kimlik numaranızın yazdığınız son üç hanesi: Kodun size ait olup olmadığını anlamak üzere yalnızca bu bilgisayarda karşılaştırılır; saklanmaz ve hiç kimseye gönderilmez.
notice-data-visit = Ziyaret bilginiz: Ziyaretin zamanı, giriş noktası ve kodunuzu nasıl gösterdiğiniz.
notice-data-camera = Kamera görüntüsü: Karekodu okumak için o anda işlenir; kaydedilmez.
notice-purpose-title = 3. İşleme amacı
notice-purpose = Kişisel verilerinizin işlenme amacı: { $purpose }
notice-recipients-title = 4. Kişisel verilerin kimlere ve hangi amaçla aktarılabileceği
notice-recipients-simulator = Deneme ortamında kodunuz, bu bilgisayardaki simülatör tarafından yanıtlanır ve hiç kimseye aktarılmaz.
notice-recipients-test = HES kodunuz, durumunun sorgulanması amacıyla T.C. Sağlık Bakanlığının Hayat Eve Sığar (HES) test servisine aktarılır: { $url }
notice-recipients-live = HES kodunuz, durumunun sorgulanması amacıyla T.C. Sağlık Bakanlığının Hayat Eve Sığar (HES) servisine aktarılır: { $url }
notice-recipients-own = HES kodunuz, durumunun sorgulanması amacıyla veri sorumlusunun belirlediği durum sorgulama servisine aktarılır: { $url }
notice-recipients-place = Sorgunun hangi giriş için yapıldığının bildirilmesi amacıyla kodunuzla birlikte bu girişin yeri de iletilir: { $place }
notice-recipients-others = Diğer alıcılar ve aktarma amaçları: { $recipients }
notice-recipients-none = Kişisel verileriniz, bunun dışında üçüncü kişilere aktarılmaz.
notice-method-title = 5. Toplama yöntemi ve hukuki sebep
notice-method = Kişisel verileriniz, kodunuzu kameraya veya kod okuyucuya göstermeniz ya da ekranda yazmanız ve kodunuzun durumunun servisten sorgulanması suretiyle, otomatik yolla toplanır. Giriş kararı otomatik olarak verilir; karar hakkında danışmaya başvurabilirsiniz.
notice-legal-basis = Hukuki sebep: { $legal_basis }
notice-retention-title = 6. Saklama süresi
notice-retention = Ziyaret kaydınızın içeriği, ziyaretin üzerinden { $days } gün geçince silinir; geriye yalnızca hakkınızda bilgi içermeyen bir sıra kaydı kalır. Kayıt, bu süre boyunca şifreli olarak saklanır.
notice-rights-title = 7. Haklarınız
notice-rights = Kanun'un 11. maddesi uyarınca, veri sorumlusuna başvurarak kendinizle ilgili;
notice-right-a = a) kişisel veri işlenip işlenmediğini öğrenme,
notice-right-b = b) kişisel verileriniz işlenmişse buna ilişkin bilgi talep etme,
notice-right-c = c) kişisel verilerinizin işlenme amacını ve bunların amacına uygun kullanılıp kullanılmadığını öğrenme,
notice-right-c-cedilla = ç) yurt içinde veya yurt dışında kişisel verilerinizin aktarıldığı üçüncü kişileri bilme,
notice-right-d = d) kişisel verilerinizin eksik veya yanlış işlenmiş olması hâlinde bunların düzeltilmesini isteme,
notice-right-e = e) Kanun'un 7. maddesinde öngörülen şartlar çerçevesinde kişisel verilerinizin silinmesini veya yok edilmesini isteme,
notice-right-f = f) (d) ve (e) bentleri uyarınca yapılan işlemlerin, kişisel verilerinizin aktarıldığı üçüncü kişilere bildirilmesini isteme,
notice-right-g = g) işlenen verilerin münhasıran otomatik sistemler vasıtasıyla analiz edilmesi suretiyle aleyhinize bir sonucun ortaya çıkmasına itiraz etme,
notice-right-g-breve = ğ) kişisel verilerinizin kanuna aykırı olarak işlenmesi sebebiyle zarara uğramanız hâlinde zararın giderilmesini talep etme
notice-rights-end = haklarına sahipsiniz.
notice-application-title = 8. Başvuru
notice-application = Haklarınızı kullanmak için veri sorumlusuna başvurabilirsiniz: { $contact }
notice-application-code = Ziyaret kaydında kodunuzun kendisi bulunmadığından, hakkınızdaki kaydın bulunabilmesi için başvurunuzda HES kodunuzu belirtmeniz gerekir.
notice-application-answer = Veri sorumlusu, Kanun'un 13. maddesi uyarınca talebinizi niteliğine göre en kısa sürede ve en geç otuz gün içinde ücretsiz olarak sonuçlandırır; işlemin ayrıca bir maliyeti gerektirmesi hâlinde Kişisel Verileri Koruma Kurulunca belirlenen tarifedeki ücret alınabilir.
notice-complaint = Başvurunuzun reddedilmesi, verilen cevabı yetersiz bulmanız veya süresinde cevap verilmemesi hâlinde, Kanun'un 14. maddesi uyarınca cevabı öğrendiğiniz tarihten itibaren otuz ve her hâlde başvuru tarihinden itibaren altmış gün içinde Kişisel Verileri Koruma Kuruluna şikâyette bulunabilirsiniz.
