package io.capbench.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.HeatColours;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.storage.image.Pixels;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroundingPictureTest {
  private static final int GREY = 0xff808080;
  private static final PatchMap LEFT = PatchMap.of(1, 0, 1, 0);

  /** Two by two patches in the middle square of an image twice as wide as high. */
  private static final PatchGrid GRID = new PatchGrid(2, 2, 0.25, 0, 0.5, 1);

  private static Pixels image() {
    int[] argb = new int[200 * 100];
    Arrays.fill(argb, GREY);
    return new Pixels(argb, 200, 100);
  }

  private static int lightness(int rgb) {
    return (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
  }

  @Test
  void theMapLiesWhereTheModelLooked() {
    BufferedImage under = new HeatOverlay(image(), GRID).under(LEFT);
    HeatColours colours = new HeatColours();
    int most = under.getRGB(60, 50);
    int least = under.getRGB(140, 50);
    assertThat(lightness(most)).as("dark where there is most").isLessThan(lightness(least));
    assertThat(most & 0xff).as("towards violet").isGreaterThan(most >> 8 & 0xff);
    assertThat(lightness(colours.rgb(1))).isLessThan(lightness(colours.rgb(0)));
    int unseen = under.getRGB(10, 50);
    assertThat(lightness(unseen)).as("dimmed").isLessThan(lightness(GREY & 0xffffff) / 2);
    assertThat(unseen).isEqualTo(under.getRGB(190, 50));
  }

  @Test
  void valuesGoOverIntoEachOtherBetweenPatches() {
    BufferedImage under = new HeatOverlay(image(), GRID).under(LEFT);
    int before = 0;
    for (int x = 76; x < 110; x += 8) {
      int now = lightness(under.getRGB(x, 50));
      assertThat(now).as("at %d", x).isGreaterThan(before);
      before = now;
    }
  }

  @Test
  void whatIsTransparentIsWhite() {
    Pixels clear = new Pixels(new int[4], 2, 2);
    assertThat(new HeatOverlay(clear, GRID).plain().getRGB(1, 1) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void everySubCaptionHasATileAndAConstantMapIsDrawnToo() {
    SubCaption text = new SubCaption("A cat sits on a chair. ".repeat(30).strip(), 0, 689);
    SubCaptionGrounding part = new SubCaptionGrounding(text, 0.25f, List.of(LEFT), LEFT, List.of());
    Grounding grounding =
        new Grounding("c0", GRID, false, 100, LEFT, LEFT, List.of(part, part, part, part));
    List<Boolean> weak = List.of(false, true, false, true);
    for (GroundingMethod method :
        List.of(GroundingMethod.RELEVANCE_LAST, GroundingMethod.GROUPING)) {
      GroundingPicture picture = new GroundingPicture(grounding, MapChoice.of(method), weak);
      BufferedImage drawn = picture.draw(image(), i -> PatchMap.of(0, 0, 0, 0));
      assertThat(drawn.getWidth()).as("three tiles beside each other").isGreaterThan(3 * 200);
      assertThat(drawn.getHeight()).isBetween(2 * 100, 2 * 100 + 400);
    }
  }

  @Test
  void longTextIsWrappedAndCutWithoutLosingItsBeginning() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = graphics.getFontMetrics();
    List<String> few = GroundingPicture.wrapped("one two\n three", metrics, 10_000);
    assertThat(few).containsExactly("one two three");
    String text = "word ".repeat(200);
    List<String> lines = GroundingPicture.wrapped(text, metrics, 120);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("word");
    assertThat(lines.get(3)).endsWith("…");
    assertThat(lines).allSatisfy(line -> assertThat(metrics.stringWidth(line)).isLessThan(131));
    assertThat(GroundingPicture.wrapped("🐱".repeat(300), metrics, 1))
        .as("no word ends, and nothing fits")
        .hasSize(4);
    graphics.dispose();
  }
}
