package io.capbench.samples.caption;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.samples.caption.CaptionWriter.Plan;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CaptionWriterTest {
  private static final Plan FAULTLESS = plan(Fault.NONE, Fault.NONE, false, false);

  private final CaptionWriter writer = new CaptionWriter();
  private final SceneGenerator scenes = new SceneGenerator(21);

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyPlantedFaultIsListedWhereItStands(Fault fault) {
    int listed = 0;
    for (int i = 0; i < 200; i++) {
      Captions captions = write(i, plan(fault, Fault.NONE, false, false));
      for (Planted span : captions.planted()) {
        assertThat(captions.text(span.track()).substring(span.start(), span.end()))
            .isEqualTo(span.text())
            .isNotBlank();
        assertThat(span.fault()).isEqualTo(fault);
        listed += span.track() == Track.CAPSFUSION ? 1 : 0;
      }
    }
    assertThat(listed > 10).isEqualTo(fault != Fault.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"OBJECT", "ATTRIBUTE", "COUNT"})
  void aCaptionersMistakeIsCopiedOrPutRight(Fault fault) {
    for (int i = 0; i < 100; i++) {
      assertThat(tracks(write(i, plan(Fault.NONE, fault, true, false))))
          .containsExactly(Track.LAION_COCO, Track.CAPSFUSION);
      assertThat(tracks(write(i, plan(Fault.NONE, fault, false, false))))
          .containsExactly(Track.LAION_COCO);
    }
  }

  @Test
  void aLongCaptionHasThreeToSevenSentencesAndAnInventedOneWhereWanted() {
    for (int i = 0; i < 200; i++) {
      Captions plain = write(i, FAULTLESS);
      assertThat(plain.detailed().split("\\. ", -1)).hasSizeBetween(3, 7);
      assertThat(plain.planted()).isEmpty();
      Captions planted = write(i, plan(Fault.NONE, Fault.NONE, false, true));
      assertThat(tracks(planted)).containsExactly(Track.LONG_CAPTION);
      assertThat(planted.planted().get(0).text()).endsWith(".");
    }
  }

  @Test
  void captionsAreTidyEnglish() {
    for (int i = 0; i < 500; i++) {
      Captions captions = write(i, FAULTLESS);
      for (String text : List.of(captions.fused(), captions.detailed())) {
        assertThat(text)
            .doesNotContain("  ")
            .doesNotContain(" ,")
            .doesNotContain("..")
            .endsWith(".");
        assertThat(text)
            .doesNotContainPattern("\\b[Aa] [aeio]")
            .doesNotContainPattern("\\b[Aa]n [^aeiouAEIOU]");
        assertThat(Character.isUpperCase(text.charAt(0))).as(text).isTrue();
      }
    }
  }

  @Test
  void aFaultlessLongCaptionNamesOnlyWhatIsThere() {
    for (int i = 0; i < 200; i++) {
      Scene scene = scenes.scene(i);
      String text = write(i, FAULTLESS).detailed().toLowerCase(Locale.ROOT);
      scene
          .things()
          .forEach(
              thing ->
                  assertThat(text).contains(thing.colour().word() + " " + thing.kind().noun()));
    }
  }

  @Test
  void missingParentsAreNullAndLeaveNoTrace() {
    Captions raw = write(3, new Plan(Fault.NONE, Fault.NONE, false, false, Track.LAION_2B, false));
    assertThat(raw.altText()).isNull();
    assertThat(raw.facts()).isEmpty();
    assertThat(raw.fused()).isNotBlank();
    Captions blind =
        write(3, new Plan(Fault.NONE, Fault.ATTRIBUTE, false, false, Track.LAION_COCO, false));
    assertThat(blind.synthetic()).isNull();
    assertThat(blind.planted()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = Mode.INCLUDE, names = "MISMATCHED_PARENTS")
  void mismatchedParentsMarkTheWholeAltText(Fault fault) {
    Captions captions = write(5, plan(fault, Fault.NONE, false, false));
    assertThat(captions.planted().get(0).track()).isEqualTo(Track.LAION_2B);
    assertThat(captions.planted().get(0).text()).isEqualTo(captions.altText());
  }

  @Test
  void anotherSaltGivesOtherWordsAndTheSameSaltTheSame() {
    Scene scene = scenes.scene(9);
    Captions once = writer.write(scene, scene, FAULTLESS, 0);
    assertThat(writer.write(scene, scene, FAULTLESS, 0)).isEqualTo(once);
    assertThat(writer.write(scene, scene, FAULTLESS, 1).altText()).isNotEqualTo(once.altText());
  }

  @Test
  void isbnsHaveTheRightCheckDigit() {
    List<String> isbns = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String isbn = write(i, FAULTLESS).facts().get("isbn");
      if (isbn != null) {
        isbns.add(isbn);
      }
    }
    assertThat(isbns).isNotEmpty();
    for (String isbn : isbns) {
      int sum = 0;
      for (int i = 0; i < 13; i++) {
        sum += (isbn.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
      }
      assertThat(sum % 10).as(isbn).isZero();
    }
  }

  private Captions write(int number, Plan plan) {
    return writer.write(scenes.scene(number), scenes.scene(number + 10_000), plan, 0);
  }

  private static Plan plan(Fault fused, Fault synthetic, boolean copied, boolean detailed) {
    return new Plan(fused, synthetic, copied, detailed, Track.CAPSFUSION, false);
  }

  private static List<Track> tracks(Captions captions) {
    return captions.planted().stream().map(Planted::track).distinct().toList();
  }
}
