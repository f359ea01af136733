//! Fixed texts, whose terms must match the fingerprint of the analyser.

use std::hash::Hasher as _;

use twox_hash::XxHash3_64;

use super::language::Language;
use super::tokens::analyse;
use super::weight::{self, HanUse};
use super::{FINGERPRINT, VERSION};

/// A text for each language that has a stemmer or function words, and one for each kind of term and of folding.
const PROBES: &[(&str, &str)] = &[
    ("en", "How do I reset the user's passwords? They're filings, please help. I'd like to get out of e-mail lists."),
    ("en", "node.js foo_bar --no-pager c++ c# a::b v1.2 E0308 0x80070057 80/443 x:y d'accord"),
    ("en", "ＩＣＰ ﬁle ﬃ Straße STRAẞE ΟΔΟΣ Kelvin \u{212a} ſet İstanbul ISPARTA ısı ǰ ŉ ᾳ Ꭰ 𐐀 Ა ½ ① ㎏"),
    (
        "en",
        "soft\u{ad}hyphen zero\u{200b}width join\u{200d}er e\u{301}le\u{301}phant J\u{30c} \u{fffd} 😀 naïve œuvre Łódź",
    ),
    ("de", "Wie kann ich die Größe der Häuser ändern? Das heißt, daß Straßen größer MÜSSEN. Möchten Sie Hilfe?"),
    ("fr", "L’hôtel qu'il a jusqu'à l'aujourd'hui où les générations continuellement trouvent"),
    ("it", "dell'ordine c'è un'altra possibilità abbandonata, vorrei sapere quando"),
    ("es", "¿Cómo puedo cambiar las contraseñas de mis cuentas rápidamente?"),
    ("pt", "Como posso alterar a palavra-passe das minhas contas? Não consigo entrar nas configurações"),
    ("nl", "Hoe kan ik mijn wachtwoorden wijzigen? De gebruikelijke mogelijkheden"),
    ("da", "Hvordan kan jeg ændre mine adgangskoder? Undersøgelserne"),
    ("sv", "Hur kan jag ändra mina lösenord? Jaktkarlarne"),
    ("nb", "Hvordan kan jeg endre passordene mine? Havnedistriktene"),
    ("fi", "Kuinka voin vaihtaa salasanani? Edeltäjiinsä taloissaan"),
    ("hu", "Hogyan változtathatom meg a jelszavaimat? Babakocsijáért"),
    ("pl", "Jak mogę zmienić hasła do moich kont?"),
    ("ro", "Cum pot schimba parolele conturilor mele? Absurdităţile"),
    ("ru", "Как мне изменить пароли всех учётных записей? За\u{301}мок, Ёж и йод"),
    ("el", "Πώς μπορώ να αλλάξω τους κωδικούς μου; ΟΔΟΣ ΔΡΌΜΟΣ αυτός σπίτια ετε"),
    ("tr", "Şifremi nasıl değiştirebilirim? IŞIK ışıklar İSTANBUL'DAN API index.md KAPI"),
    ("az", "Şifrəni necə dəyişim? IŞIQ işıq"),
    ("ta", "எனது கடவுச்சொற்களை எப்படி மாற்றுவது?"),
    ("ar", "كيف يمكنني تغيير كلمات المرور؟ الكتابات"),
    ("hi", "मैं अपना पासवर्ड कैसे बदलूँ?"),
    ("he", "איך אפשר לשנות את הסיסמה?"),
    ("fa", "چگونه رمز عبور را عوض می\u{200c}کنم؟"),
    ("zh", "请问如何办理ICP备案号？我想在上海转移一个网站，〇〇年々，𠮷\u{323b0}字葛\u{e0100}城，什么时候可以"),
    ("ja", "パスワードの再設定はどうすればいいですか？ﾒｰﾙ送信、らーめん、一括登録、人々、カﾞ、ヽヾゝ〆"),
    ("ko", "비밀번호를 어떻게 바꾸나요? ㅋㅋ ﾡ 각 한국어 API"),
    ("th", "ฉันจะเปลี่ยนรหัสผ่านได้อย่างไร"),
    ("lo", "ປ່ຽນລະຫັດຜ່ານແນວໃດ"),
    ("km", "តើខ្ញុំប្តូរពាក្យសម្ងាត់យ៉ាងដូចម្តេច"),
    ("my", "စကားဝှက်ကို ဘယ်လိုပြောင်းရမလဲ"),
    ("bo", "གསང་ཨང་ག་འདྲ་བརྗེ་དགོས"),
];

fn fingerprint() -> u64 {
    let mut hasher = XxHash3_64::new();
    hasher.write(&VERSION.to_le_bytes());
    for &(tag, text) in PROBES {
        let language = Language::from_tag(tag).expect("a tag");
        analyse(text, language, |token| {
            hasher.write(token.term.as_bytes());
            hasher.write(&[0, token.class as u8]);
            for han in [HanUse::Chinese, HanUse::Japanese] {
                let base = weight::base(token.term, token.spelling, token.class, han, language);
                hasher.write(&base.to_le_bytes());
            }
        });
    }
    hasher.finish()
}

#[test]
fn another_analyser_has_another_fingerprint() {
    assert_eq!(
        format!("{:016x}", fingerprint()),
        format!("{FINGERPRINT:016x}"),
        "the analyser makes other terms: packs of before must be refused. Add 1 to text::VERSION, then set \
         text::FINGERPRINT to the first of these"
    );
}
