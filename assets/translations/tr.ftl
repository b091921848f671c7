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
log-purged = Süresi geçen { $records } kaydın içeriği silindi.
act-started = Kiosk açıldı
act-stopped = Kiosk kapatıldı
act-out-of-service = Hizmet dışıydı: { $said }
act-found = Bir kod arandı: { $records } kayıt
act-purged = Süresi geçen { $records } kaydın içeriği silindi
act-erased = Bir kişinin { $records } kaydı silindi: { $said }
act-seal-begun = Mühürleme başladı; içeriği daha önce silinmiş { $records } kayıt vardı
