
## hes-kiosk doctor
doctor-passed = tamam
doctor-warned = uyarı
doctor-failed = HATA

doctor-check-settings = Ayarlar
doctor-check-privacy = Aydınlatma metni
doctor-check-permissions = İzinler
doctor-check-keyring = Anahtarlık
doctor-check-service = Servis
doctor-check-credentials = Kullanıcı adı ve parola
doctor-check-clock = Saat
doctor-check-camera = Kamera
doctor-check-reader = Okuyucu
doctor-check-display = Ekran
doctor-check-sound = Ses
doctor-check-disk = Disk
doctor-check-log = Ziyaret defteri
doctor-check-pins = PIN'ler

doctor-no-answer = süresi içinde yanıt gelmedi. Kiosku durdurup bilgisayarı yeniden başlatın, sonra yine deneyin.

doctor-settings-read = { $path }, ortam: { $environment }.
doctor-settings-none = { $path } yok, bu yüzden kiosk demo olarak açılır. Kurmak için: hes-kiosk setup
doctor-settings-place-missing = { $path } dosyasının [site] bölümünde eksik: { $keys }. Servis ziyaretçi yönteminde bunları ister: bunlar olmadan hiçbir kod doğrulanamaz. Ekleyin ya da hes-kiosk setup komutunu çalıştırın.
doctor-settings-no-home = ev klasörü bilinmiyor. HOME değişkenini verin.
doctor-settings-unreadable = { $path } okunamıyor. En çok 1 MB’lık, UTF-8 ile yazılmış bir dosya olmalı.
doctor-settings-wrong = { $path }, satır { $line }: “{ $setting }” adı ya da değeri kabul edilmiyor. Bu satırı düzeltin (İngilizce ayrıntı: { $problem }).
doctor-settings-no-toml = { $path }, satır { $line } TOML kurallarına uymuyor. Tırnaklara, ayraçlara ve eşittir işaretlerine bakın (İngilizce ayrıntı: { $problem }).

doctor-privacy-said = veri sorumlusu: { $controller }
doctor-privacy-not-needed = bu ortamda gerekmiyor; kararlar gerçek değil.
doctor-privacy-missing = { $environment } ortamı için { $path } dosyasının [privacy] bölümünde controller, contact, legal_basis ve purpose bulunmalı. Ekleyin ya da hes-kiosk setup komutunu çalıştırın.

doctor-permissions-right = { $user } her dosyayı ve klasörü kullanabiliyor.
doctor-permissions-owner = { $path } başka bir kullanıcının ({ $owner }). Kioskun kullanıcısına verin: sudo chown { $user } { $files }
doctor-permissions-mode = { $path } dosyasına izin yok. İzin verin: chmod u+rw { $files }
doctor-permissions-folder = { $path } klasörüne yazma izni yok. İzin verin: chmod u+rwx { $files }
doctor-permissions-exposed = { $path } dosyasını başkaları değiştirebiliyor. Engelleyin: chmod go-w { $path }
doctor-permissions-administrator = bu komutu sistem yöneticisi (root) çalıştırıyor; kioskun kendi kullanıcısıyla çalıştırın, çünkü root'un her şeye izni var.

doctor-keyring-open = açık.
doctor-keyring-locked = kilitli ya da yok. Masaüstünde parolayla oturum açın (otomatik oturum açmayı kapatın) ya da ayarlarda keyring = false yapın.

doctor-service-key-missing = { $path } dosyasındaki [service.{ $environment }] bölümünde { $key } eksik. Oraya yazın ya da sorularla tamamlayın: hes-kiosk setup
doctor-service-none = dışarıda sorulan bir servis yok.
doctor-service-answers = { $url } { $milliseconds } ms içinde yanıt verdi.
doctor-service-slow = { $url } yavaş yanıt veriyor ({ $milliseconds } ms), ziyaretçiler bekler. Ağ bağlantısına bakın.
doctor-service-not-asked = parola kilitli anahtarlıkta, bu yüzden servise sorulmadı. Önce anahtarlığı açın.
doctor-service-no-certificates = güvenli bağlantı kurulamıyor. Sistemin sertifikalarını kurun: sudo apt install ca-certificates
doctor-service-name-unknown = { $host } adı çözülemiyor. Ayarlardaki url değerine (proxy varsa ona), ağ kablosuna ve DNS'e bakın.
doctor-service-refused = { $host } bağlantıyı reddediyor, orada çalışan bir servis yok. Ayarlardaki url değerine bakın ya da servisi işletene sorun.
doctor-service-certificate-ends = { $host } sertifikasının süresi { $day } günü doluyor. Servisi işletenden o güne kadar yenilemesini isteyin.
doctor-service-certificate-expired = { $host } sertifikasının süresi dolmuş (bu bilgisayarda saat { $now }). Saat doğruysa servisi işletenden sertifikayı yenilemesini isteyin.
doctor-service-certificate-not-yet-valid = { $host } sertifikası henüz geçerli değil (bu bilgisayarda saat { $now }). Bilgisayarın saatini düzeltin.
doctor-service-certificate-of-another-name = { $host } başka bir ad için verilmiş bir sertifika gösteriyor. Ayarlardaki url değerinde sertifikadaki adı kullanın.
doctor-service-certificate-untrusted = { $host } sertifikasını veren makama güvenilmiyor. Kurumun kendi makamıysa sertifikasını ayarlarda ca_file ile verin.
doctor-service-no-tls = { $host } TLS konuşmuyor, bağlantı şifrelenemiyor. Ayarlardaki url değerinde adrese ve porta bakın (https için genellikle 443).
doctor-service-unreachable = { $url } adresine ulaşılamıyor. Ağ bağlantısına, güvenlik duvarına ve ayarlardaki proxy değerine bakın.
doctor-service-timed-out = { $url } süresi içinde yanıt vermedi. Güvenlik duvarına, ayarlardaki proxy ve timeout_seconds değerlerine bakın.
doctor-service-limits = { $url } çok sık sorulduğunu söylüyor. Biraz bekleyip yine deneyin.
doctor-service-fails = { $url } kendi arızasını bildiriyor. Servisi işletene haber verin.
doctor-service-unexpected = { $url } başka türlü bir yanıt verdi. Ayarlardaki url değerine bakın; arada bir giriş sayfası ya da proxy olabilir.

doctor-credentials-not-rejected = reddedilmedi; kabul edildiği ancak gerçek bir sorguyla anlaşılır.
doctor-credentials-rejected = { $url } reddetti. Ayarlardaki username değerine bakın ve parolayı yeniden girin: hes-kiosk credentials set { $environment }
doctor-credentials-missing = parola verilmemiş. Girin: hes-kiosk credentials set { $environment }; parolayı systemd saklıyorsa onu yalnızca kioskun birimi görür; onunla bakın: { $command }
doctor-credentials-unreadable = parola dosyası { $path } okunamıyor. Parolayı yeniden girin: hes-kiosk credentials set { $environment }
doctor-credentials-exposed = parola dosyası { $path } başkaları tarafından okunabiliyor. Kapatın: chmod 600 { $path }

doctor-clock-right = { $now }, servisin saatiyle uyuşuyor.
doctor-clock-synchronised = { $now }, bir zaman sunucusuyla eşitleniyor.
doctor-clock-unconfirmed = { $now }; doğru olduğunu söyleyen yok. Başka bir saatle karşılaştırın ve zaman sunucusuyla eşitleyin: sudo timedatectl set-ntp true
doctor-clock-off = { $minutes } dakika { $direction } (bu bilgisayarda { $now }). Düzeltin: sudo timedatectl set-ntp true
doctor-clock-ahead = ileri
doctor-clock-behind = geri

doctor-camera-sees = { $source }: { $size } piksel, saniyede { $rate } kare.
doctor-camera-advice = { $source }: { $size } piksel, saniyede { $rate } kare. { $advice }
doctor-camera-replay = kamera yerine resimler gösteriliyor ({ $source }). Kamera için ayarların [camera] bölümünde source = "auto" yapın.
doctor-camera-none = kamera kullanılmıyor (source = "none").
doctor-camera-missing = { $source }: kamera bulunamadı. Kamerayı takın; hes-kiosk camera list takılı olanları gösterir. Kamera kullanılmayacaksa ayarların [camera] bölümünde source = "none" yapın ya da yeniden seçin: hes-kiosk setup --again
doctor-camera-unsupported = { $source }: kamera kullanılabilir bir biçim sunmuyor. Başka bir kamera takın.
doctor-camera-failed = { $source }: kamera arızalı. Çıkarıp yeniden takın, başka bir USB bağlantısı deneyin.
doctor-camera-forbidden = { $source }: kameraya erişim izni yok. İzin verip oturumu yeniden açın: sudo usermod -aG video { $user }
doctor-camera-busy = { $source }: kamerayı başka bir program kullanıyor. Çalışan kiosk değilse o programı kapatın.
doctor-camera-stalled = { $source }: kamera görüntü göndermiyor. Çıkarıp yeniden takın.

doctor-reader-there = { $path }.
doctor-reader-missing = { $path } yok. Okuyucuyu takın ya da ayarlardaki serial değerini düzeltin.
doctor-reader-forbidden = { $path } için izin yok. İzin verip oturumu yeniden açın: sudo usermod -aG { $group } { $user }

doctor-display-there = var.
doctor-display-missing = ekran yok. Komutu kioskun masaüstü oturumunda çalıştırın ya da DISPLAY değişkenini verin (örneğin DISPLAY=:0). Kiosku systemd cage ile açıyorsa ekranı o açar: kabuktan bakıldığında bu satır beklenir.

doctor-sound-heard = ses aygıtı açılıyor.
doctor-sound-muted = ayarlara göre şu anda ses çalınmıyor.
doctor-sound-missing = ses aygıtı açılamıyor, kararlar duyulmaz. Hoparlörü takın ya da ayarlarda volume = 0 yapın (İngilizce ayrıntı: { $cause }).

doctor-disk-free = { $path } için { $free } MB boş yer var.
doctor-disk-low = { $path } için yalnızca { $free } MB boş yer var. Yer açın.
doctor-disk-full = { $path } için yalnızca { $free } MB boş yer var. Yer açın; yoksa ziyaretler yakında kaydedilemez.
doctor-disk-unknown = ne kadar boş yer olduğu anlaşılamadı.

doctor-log-not-yet = { $path } henüz yok; kiosk ilk açılışta oluşturur.
doctor-log-intact = { $path } sağlam, { $records } kayıt var ve yazılabiliyor.
doctor-log-overdue = { $path } sağlam, ama { $records } kaydın saklama süresi günler önce dolduğu hâlde silinmedi. Kioskun çalıştığından ve saatinin doğru olduğundan emin olun ya da silin: hes-kiosk log purge
doctor-log-gone = { $path } kayıp. Dosyayı geri koyun ya da yedekten yükleyin: hes-kiosk log restore
doctor-log-not-intact = { $path } sağlam değil, hata sayısı: { $faults }. Hangileri olduğunu hes-kiosk log verify söyler.
doctor-log-disk-full = disk dolu, { $path } yazılamıyor. Yer açın.
doctor-log-not-writable = { $path } için okuma ya da yazma izni yok. Dosyayı ve klasörünü kioskun kullanıcısına verin (chown, chmod u+rwX).
doctor-log-forbidden = { $file } dosyasını okuma ve yazma izni yok. Ne yapılacağı İzinler satırında.
doctor-log-disk-failed = { $path } okunurken ya da yazılırken disk hata verdi. Diski değiştirin ve yedekten yükleyin: hes-kiosk log restore
doctor-log-disk-silent = { $path } diski yanıt vermiyor. Diske ve bağlantısına bakın.
doctor-log-unreadable = { $path } bozuk ya da başka bir anahtarla yazılmış. Doğru anahtarları geri koyun ya da yedekten yükleyin: hes-kiosk log restore
doctor-log-busy = { $path } başka bir programda açık. Biraz bekleyip yine deneyin.
doctor-log-linked = { $path } dosyasının ikinci bir adı var (sabit bağlantı). Öbür adı kaldırın; dosyanın adlarını şu komut bulur: find / -samefile { $path }
doctor-log-newer = { $path } daha yeni bir sürümle yazılmış. hes-kiosk'u güncelleyin.
doctor-log-altered = { $path } sağlam değil: sürümü, mühürleri, tabloları ya da tetikleyicileri değiştirilmiş. Yedekten yükleyin: hes-kiosk log restore
doctor-log-keys-missing = anahtar dosyası { $keys } yok. Sakladığınız kopyayı geri koyun.
doctor-log-keys-unusable = anahtar dosyası { $keys } okunamıyor. Dosyayı kioskun kullanıcısına verin (chown, chmod 600).
doctor-log-keys-changed = kod özetlerinin anahtarı, { $path } dosyasının yazıldığı anahtar değil. Sakladığınız anahtarları geri koyun.
doctor-log-keys-malformed = anahtar dosyası { $keys } bozuk. Sakladığınız kopyayı geri koyun.
doctor-log-keys-exposed = anahtar dosyasını başkaları okuyabiliyor. Kapatın: chmod 600 { $keys }
doctor-log-keys-beside = anahtar dosyası { $keys } ziyaret defterinin klasöründe olamaz. Ayarlarda key_file için başka bir klasör verin.
doctor-log-keys-locked = anahtarlar kilitli anahtarlıkta. Önce anahtarlığı açın.
doctor-log-keys-not-in-keyring = { $path } var, ama anahtarlıkta anahtarları yok. Doğru kullanıcıyla oturum açın ya da yedekten yükleyin: hes-kiosk log restore

doctor-pins-set = { $people } kişinin PIN'i var.
doctor-pins-none = kimsenin PIN'i yok, danışma ekranı açılamaz. Verin: hes-kiosk pin set AD --role manager
doctor-pins-no-manager = hiçbir yöneticinin PIN'i yok. Verin: hes-kiosk pin set AD --role manager
