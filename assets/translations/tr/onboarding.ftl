
## hes-kiosk credentials
credentials-prompt = { $environment } ortamının parolası:{" "}
credentials-again = Bir kez daha:{" "}
credentials-set-file = Parola kaydedildi: { $place }. Kiosk onu bir sonraki açılışta kullanır.
credentials-set-keyring = Parola masaüstünün anahtarlığına kaydedildi. Kiosk onu bir sonraki açılışta kullanır.
credentials-set-systemd =
    Parola şifrelenerek kaydedildi: { $place }. Kiosku başlatan systemd biriminde şu satır bulunmalıdır:
    LoadCredentialEncrypted={ $name }:{ $place }
credentials-rejected = { $url } kullanıcı adını ya da parolayı reddetti.
credentials-not-rejected = { $url } kullanıcı adını ve parolayı reddetmedi. Kabul ettiği ancak gerçek bir sorguyla anlaşılır.
credentials-unknown = { $url } kullanıcı adını ve parolayı kabul ediyor mu, anlaşılamadı: { $cause }.
