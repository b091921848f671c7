## İçeridekiler ve tahliye
desk-show-inside = İçeride · { $people }
desk-inside-for = { $hours ->
        [0] { $minutes } dk
       *[other] { $hours } sa { $minutes } dk
    }
desk-check-out = Çıktı
evacuation = Tahliye listesi
evacuation-written = İçeride { $people } kişi · liste: { $file }
evacuation-printing = İçeride { $people } kişi · yazdırılıyor: { $file }
evacuation-printed = İçeride { $people } kişi · yazıcıya gönderildi: { $file }
evacuation-not-printed = Liste yazdırılamadı, dosyada duruyor: { $file }
evacuation-not-written = Liste dosyaya yazılamadı. Ekrandaki listeyi kullanın.
evacuation-only-printing = İçeride { $people } kişi · yazdırılıyor; dosyaya yazılamadı
evacuation-only-printed = İçeride { $people } kişi · yazıcıya gönderildi; dosyaya yazılamadı
evacuation-failed = Liste ne dosyaya yazılabildi ne de yazdırılabildi. Ekrandaki listeyi kullanın.
evacuation-not-recorded = Listenin alındığı ziyaret kaydına yazılamadı.
evacuation-title = TAHLİYE LİSTESİ
evacuation-people = İçeride { $people } kişi: { $since } sonrasında girmiş, çıkışı kaydedilmemiş
evacuation-by = Listeyi alan: { $person }
evacuation-number = No
evacuation-admitted = Giriş
evacuation-for = Süre
evacuation-entrance = Kapı
evacuation-record = Kayıt
evacuation-who = Kim
evacuation-seen = Var
evacuation-word = görevli: { $person }
evacuation-end = Liste sonu · { $people } kişi
act-inside-listed = Tahliye listesi alındı: { $records } kişi
