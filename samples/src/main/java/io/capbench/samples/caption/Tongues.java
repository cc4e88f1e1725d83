package io.capbench.samples.caption;

import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Kind;
import java.util.List;

/** What things and colours are called in the other languages of the web. */
final class Tongues {
  /** German, French, Spanish, Japanese, Arabic; a line for each kind, in their order. */
  private static final String KINDS =
      """
      Becher|Tasse|Taza|マグカップ|كوب
      Teekanne|Théière|Tetera|ティーポット|إبريق شاي
      Apfel|Pomme|Manzana|りんご|تفاحة
      Birne|Poire|Pera|洋なし|كمثرى
      Flasche|Bouteille|Botella|ボトル|زجاجة
      Buch|Livre|Libro|本|كتاب
      Lampe|Lampe|Lámpara|ランプ|مصباح
      Stuhl|Chaise|Silla|椅子|كرسي
      Wecker|Réveil|Despertador|目覚まし時計|منبه
      Kamera|Appareil photo|Cámara|カメラ|كاميرا
      Gitarre|Guitare|Guitarra|ギター|غيتار
      Rucksack|Sac à dos|Mochila|リュックサック|حقيبة ظهر
      Turnschuh|Basket|Zapatilla|スニーカー|حذاء رياضي
      Hut|Chapeau|Sombrero|帽子|قبعة
      Regenschirm|Parapluie|Paraguas|傘|مظلة
      Fahrrad|Vélo|Bicicleta|自転車|دراجة
      Auto|Voiture|Coche|自動車|سيارة
      Bus|Autobus|Autobús|バス|حافلة
      Segelboot|Voilier|Velero|ヨット|قارب
      Drachen|Cerf-volant|Cometa|凧|طائرة ورقية
      Luftballon|Ballon|Globo|風船|بالون
      Heißluftballon|Montgolfière|Globo aerostático|熱気球|منطاد
      Katze|Chat|Gato|猫|قطة
      Hund|Chien|Perro|犬|كلب
      Badeente|Canard de bain|Pato de goma|アヒルのおもちゃ|بطة مطاطية
      Fisch im Glas|Poisson en bocal|Pez en pecera|金魚鉢|سمكة
      Roboter|Robot|Robot|ロボット|روبوت
      Blumentopf|Pot de fleurs|Maceta|植木鉢|أصيص زهور
      Ball|Ballon de plage|Pelota|ボール|كرة
      Koffer|Valise|Maleta|スーツケース|حقيبة سفر
      Schild|Panneau|Letrero|看板|لافتة
      Geschenkbox|Boîte cadeau|Caja de regalo|ギフトボックス|علبة هدية
      Spielzeugrakete|Fusée jouet|Cohete de juguete|おもちゃのロケット|صاروخ لعبة
      """;

  private static final String COLOURS =
      """
      rot|rouge|rojo|赤|أحمر
      orange|orange|naranja|オレンジ|برتقالي
      gelb|jaune|amarillo|黄色|أصفر
      grün|vert|verde|緑|أخضر
      türkis|turquoise|turquesa|ティール|أزرق مخضر
      blau|bleu|azul|青|أزرق
      lila|violet|morado|紫|بنفسجي
      rosa|rose|rosa|ピンク|وردي
      weiß|blanc|blanco|白|أبيض
      schwarz|noir|negro|黒|أسود
      braun|marron|marrón|茶色|بني
      grau|gris|gris|グレー|رمادي
      """;

  private final List<String> kinds = KINDS.lines().toList();
  private final List<String> colours = COLOURS.lines().toList();

  /** A language other than English. */
  enum Tongue {
    GERMAN,
    FRENCH,
    SPANISH,
    JAPANESE,
    ARABIC
  }

  String noun(Kind kind, Tongue tongue) {
    return word(kinds.get(List.of(Kind.values()).indexOf(kind)), tongue);
  }

  String colour(Colour colour, Tongue tongue) {
    return word(colours.get(List.of(Colour.values()).indexOf(colour)), tongue);
  }

  private static String word(String line, Tongue tongue) {
    return line.split("\\|", -1)[List.of(Tongue.values()).indexOf(tongue)];
  }
}
