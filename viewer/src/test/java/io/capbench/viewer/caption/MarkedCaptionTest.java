package io.capbench.viewer.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedCaptionTest {
  @Test
  void aPartHasWhatOfTheMarksLiesInIt() {
    MarkedCaption whole =
        new MarkedCaption(
            "A red car. A blue bus.",
            List.of(
                new Mark(2, 9, MarkKind.RAW),
                new Mark(6, 14, MarkKind.HIT),
                new Mark(13, 17, MarkKind.BOTH)));

    MarkedCaption part = whole.part(11, 22);

    assertThat(part.text()).isEqualTo("A blue bus.");
    assertThat(part.marks())
        .containsExactly(new Mark(0, 3, MarkKind.HIT), new Mark(2, 6, MarkKind.BOTH));
    assertThat(whole.part(0, 0)).isEqualTo(MarkedCaption.plain(""));
  }

  @Test
  void controlCharactersBecomePicturesAndOffsetsStay() {
    MarkedCaption caption = MarkedCaption.plain("a\0b\u001bc\rd\u007fe");

    assertThat(caption.text()).isEqualTo("a\u2400b\u241bc\u240dd\u2421e");
    assertThat(caption.text()).hasSize("a\0b\u001bc\rd\u007fe".length());
  }

  @Test
  void everyControlCharacterButTabAndNewlineIsShown() {
    for (char c = 0; c < ' '; c++) {
      String shown = MarkedCaption.plain("x" + c + "y").text();
      if (c == '\n' || c == '\t') {
        assertThat(shown).isEqualTo("x" + c + "y");
      } else {
        assertThat(shown.charAt(1)).isEqualTo((char) (0x2400 + c));
      }
    }
  }

  @Test
  void ordinaryTextOfAnyScriptIsLeftAlone() {
    String text = "Café 日本 שלום \ud83d\ude00 \u202e";
    assertThat(MarkedCaption.plain(text).text()).isSameAs(text);
  }

  @Test
  void moreMarksComeInOrderAndThoseOutsideTheTextAreLeftOut() {
    Mark raw = new Mark(4, 7, MarkKind.RAW);
    Mark span = new Mark(0, 7, MarkKind.SPAN);
    MarkedCaption caption = new MarkedCaption("red car", List.of(raw));
    assertThat(caption.with(List.of(span, new Mark(0, 8, MarkKind.SPAN))).marks())
        .containsExactly(span, raw);
    assertThat(caption.with(List.of())).isSameAs(caption);
  }

  @Test
  void theHeadOfAShortCaptionIsTheCaption() {
    MarkedCaption caption = new MarkedCaption("abcd", List.of(new Mark(0, 4, MarkKind.RAW)));
    assertThat(caption.head(4)).isSameAs(caption);
    assertThat(caption.head(5)).isSameAs(caption);
  }

  @Test
  void aLongerCaptionIsCutWithAnEllipsis() {
    assertThat(MarkedCaption.plain("abcdef").head(3).text()).isEqualTo("abc…");
  }

  @Test
  void aCutNeverSplitsASurrogatePair() {
    String smile = "\ud83d\ude00";
    assertThat(MarkedCaption.plain("ab" + smile + "c").head(3).text()).isEqualTo("ab…");
    assertThat(MarkedCaption.plain("ab" + smile + "c").head(4).text())
        .isEqualTo("ab" + smile + "…");
  }

  @Test
  void marksThatAreCutEndThere() {
    MarkedCaption caption =
        new MarkedCaption(
            "one two three",
            List.of(
                new Mark(0, 3, MarkKind.RAW),
                new Mark(4, 7, MarkKind.BOTH),
                new Mark(8, 13, MarkKind.NEITHER)));

    assertThat(caption.head(7).marks())
        .containsExactly(new Mark(0, 3, MarkKind.RAW), new Mark(4, 7, MarkKind.BOTH));
    assertThat(caption.head(6).marks())
        .containsExactly(new Mark(0, 3, MarkKind.RAW), new Mark(4, 6, MarkKind.BOTH));
    assertThat(caption.head(4).marks()).containsExactly(new Mark(0, 3, MarkKind.RAW));
  }

  @Test
  void theHeadOfNothingIsAnEllipsis() {
    assertThat(MarkedCaption.plain("abc").head(0).text()).isEqualTo("…");
  }

  @Test
  void laterChangesOfTheListOfMarksDoNotReachTheCaption() {
    List<Mark> marks = new ArrayList<>(List.of(new Mark(0, 1, MarkKind.RAW)));
    MarkedCaption caption = new MarkedCaption("a", marks);
    marks.clear();
    assertThat(caption.marks()).hasSize(1);
  }

  @Test
  void hitsAreMarkedWhateverTheirCaseAndStandAmongTheOtherMarks() {
    MarkedCaption caption =
        new MarkedCaption("A red Car, a RED bus", List.of(new Mark(6, 9, MarkKind.RAW)))
            .withHits("red");
    assertThat(caption.marks())
        .containsExactly(
            new Mark(2, 5, MarkKind.HIT),
            new Mark(6, 9, MarkKind.RAW),
            new Mark(13, 16, MarkKind.HIT));
  }

  @Test
  void hitsDoNotOverlapAndBlankWordsMarkNothing() {
    assertThat(MarkedCaption.plain("aaaa a").withHits("aa").marks())
        .containsExactly(new Mark(0, 2, MarkKind.HIT), new Mark(2, 4, MarkKind.HIT));
    assertThat(MarkedCaption.plain("a b").withHits(" ").marks()).isEmpty();
    assertThat(MarkedCaption.plain("short").withHits("much longer").marks()).isEmpty();
  }
}
