### Türkçe: ilk dil.

## Her ekranda
banner-not-real = DENEME · Kararlar gerçek değildir
banner-setup = Kurulum: hes-kiosk setup
language-name = Türkçe
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
larger-text = Daha büyük yazı
high-contrast = Yüksek kontrast
welcome-reading = Okunuyor…
camera-working = HES karekodunuzu çerçeveye tutun
camera-starting = Kamera açılıyor…
camera-none = Kodunuzu okuyucuya tutun ya da yazın
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
notice-demo = Deneme: burada gerçek bir kurum yoktur. A1B234567 ve bir hane: 0, 4, 5 girebilir · 1, 2, 3 giremez · 6–9 doğrulanamaz. Kodunuz saklanmaz; kaydın içeriği { $days } gün sonra silinir.
notice-open = Aydınlatma metni
notice-close = Kapat
notice-scan = Yanınıza almak için telefonunuzla okutun
notice-short = KVKK aydınlatma metni (özet)
    Veri sorumlusu: { $controller }
    Amaç: { $purpose }
    Kodunuz saklanmaz; ziyaret kaydının içeriği { $days } gün sonra silinir.
    Verileriniz hakkında bilgi alma, bunların düzeltilmesini veya silinmesini isteme ve itiraz etme hakkınız vardır (KVKK m. 11).
    Başvuru: { $contact }

## Sorgu
checking-title = Sorgulanıyor
checking-slow = Yanıt gecikiyor, lütfen bekleyin
awaiting-title = Lütfen bekleyin
awaiting-advice = Danışma kodunuzu sorguluyor. Sonuç bu ekranda görünecek.
awaiting-other-code = Önce gelen ziyaretçinin kodu sorgulanıyor. Sıra size gelince kodunuzu yeniden gösterin.

## Kimlik
identity-title = Kimliğinizi doğrulayın
identity-instruction = T.C. kimlik numaranızın son üç hanesini yazın.
identity-not-three = Lütfen üç hane yazın.
identity-mismatch = Haneler tutmadı. Lütfen yeniden deneyin.
identity-not-by-hand = Lütfen haneleri elle yazın.
identity-other-code = Başka bir kod gösterildi. Önce üç haneyi yazın ya da vazgeçin.
identity-take-back = Son haneyi sil
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
check-out-title = Güle güle
check-out-advice = Çıkışınız kaydedildi. Yeniden girmek isterseniz kodunuzu bir kez daha gösterin.
holder-name = Ad soyad
holder-identity-number = Kimlik no
shown-before = Bu kod daha önce de gösterildi: { $time } · kimliği karşılaştırın
after-desk = { $end } ile biten kodun sonucu · gösterildiği saat: { $time }

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
cause-unreadable = ziyaret defteri bozuk ya da başka bir anahtarla yazılmış ({ $file })
cause-gone = ziyaret defteri yerinde değil, ama başka bir program hâlâ kullanıyor ({ $file })
cause-busy = ziyaret defteri başka bir programda açık ({ $file })
cause-already-running = bu ziyaret defteriyle çalışan başka bir kiosk var ({ $file })
cause-linked = ziyaret defteri dosyasının ikinci bir adı var, yani sabit bağlantısı; yalnızca biri kalmalı ({ $file })
cause-newer = ziyaret defteri daha yeni bir sürümle yazılmış ({ $file })
cause-altered = ziyaret defteri sağlam değil: sürümü, mühürleri, tabloları ya da tetikleyicileri değiştirilmiş ({ $file })
cause-timed-out = disk yanıt vermiyor ({ $file })
cause-key-missing = anahtar dosyası yok ({ $file })
cause-key-unusable = anahtar dosyası okunamıyor ({ $file })
cause-key-malformed = anahtar dosyası bozuk ({ $file })
cause-key-exposed = anahtar dosyasını başkaları okuyabiliyor ({ $file })
cause-key-changed = kod özetlerinin anahtarı ziyaret defterinin yazıldığı anahtar değil ({ $file })
cause-key-beside = anahtar dosyası ziyaret defterinin klasöründe olamaz ({ $file })
cause-keyring-unusable = anahtarlık kilitli ya da yok: masaüstünde oturum açın
cause-keyring-empty = anahtarlıkta ziyaret defterinin anahtarları yok
cause-keyring-malformed = anahtarlıktaki anahtarlar bozuk
cause-settings-unreadable = ayar dosyası okunamıyor ({ $file })
cause-settings-wrong = ayar dosyasında hata: { $file }, satır { $line }
cause-password-unreadable = parola dosyası okunamıyor ({ $file })
cause-password-exposed = parola dosyasını başkaları okuyabiliyor ({ $file })
cause-password-missing = servis parolası verilmemiş
cause-no-home = ev klasörü bilinmiyor
cause-client = sorgu istemcisi kurulamadı
cause-simulator = simülatör başlatılamadı

## hes-kiosk privacy notice
notice-title = Ziyaretçilere İlişkin Kişisel Verilerin Korunması Aydınlatma Metni
notice-binding = Bu aydınlatma metninin bağlayıcı olanı Türkçesidir; çevirileri bilgi içindir.
notice-controller-title = 1. Veri sorumlusu
notice-controller = Kişisel verileriniz, 6698 sayılı Kişisel Verilerin Korunması Kanunu (“Kanun”) uyarınca aşağıda belirtilen veri sorumlusu tarafından, bu metinde açıklanan kapsamda işlenmektedir. Veri sorumlusu: { $controller }
notice-data-title = 2. İşlenen kişisel veriler
notice-data-code = HES kodunuz: Sorgulamada kullanılır, kendisi saklanmaz. Ziyaret kaydında, aynı kodun yeniden tanınmasını sağlayan anahtarlı bir özeti tutulur; bu özet de kişisel veridir.
notice-data-health = Sağlık veriniz (özel nitelikli kişisel veri): Servisin kodunuz için bildirdiği risk durumu ve kodunuzun geçerlilik süresi. Ziyaret kaydında, bunlara dayanan karar ve gerekçesi ile kodun geçerlilik süresi tutulur.
notice-data-health-manual = Sağlık veriniz (özel nitelikli kişisel veri): Danışmadaki görevlinin kodunuzu sorguladığında gördüğü durum. Ziyaret kaydında, buna dayanan karar ve gerekçesi tutulur.
notice-data-health-fields = Aşı, bağışıklık ve test bilginiz (özel nitelikli kişisel veri): Servisin bildirdiği bu bilgiler yalnızca giriş kararında kullanılır; ziyaret kaydında tutulmaz.
notice-data-health-fields-manual = Aşı, bağışıklık ve test bilginiz (özel nitelikli kişisel veri): Danışmadaki görevlinin gördüğü bu bilgiler yalnızca giriş kararında kullanılır; ziyaret kaydında tutulmaz.
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
notice-recipients-manual = HES kodunuz, durumunun sorgulanması amacıyla danışmadaki görevli tarafından T.C. Sağlık Bakanlığının Hayat Eve Sığar (HES) uygulamasında veya e-Devlet Kapısı'nda sorgulanır.
notice-recipients-place = Sorgunun hangi giriş için yapıldığının bildirilmesi amacıyla kodunuzla birlikte bu girişin yeri de iletilir: { $place }
notice-recipients-others = Diğer alıcılar ve aktarma amaçları: { $recipients }
notice-recipients-none = Kişisel verileriniz, bunun dışında üçüncü kişilere aktarılmaz.
notice-method-title = 5. Toplama yöntemi ve hukuki sebep
notice-method = Kişisel verileriniz, kodunuzu kameraya veya kod okuyucuya göstermeniz ya da ekranda yazmanız ve kodunuzun durumunun servisten sorgulanması suretiyle, otomatik yolla toplanır. Giriş kararı otomatik olarak verilir; karar hakkında danışmaya başvurabilirsiniz.
notice-method-manual = Kişisel verileriniz, kodunuzu kameraya veya kod okuyucuya göstermeniz ya da ekranda yazmanız suretiyle otomatik yolla, kodunuzun durumu ise danışmadaki görevlinin sorgulaması suretiyle otomatik olmayan yolla toplanır. Giriş kararı, görevlinin sorguladığı duruma göre verilir; karar hakkında danışmaya başvurabilirsiniz.
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
