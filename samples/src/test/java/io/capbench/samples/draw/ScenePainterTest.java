package io.capbench.samples.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.samples.world.Box;
import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import io.capbench.samples.world.Thing;
import io.capbench.samples.world.Thing.Size;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenePainterTest {
  private final ScenePainter painter = new ScenePainter();

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindShowsItsColourInItsBox(Kind kind) {
    Colour colour = kind.colours().get(0);
    BufferedImage with = painter.paint(scene(kind, colour, null));
    Box box = scene(kind, colour, null).things().get(0).box();
    int near = 0;
    for (int y = box.y(); y < box.bottom(); y++) {
      for (int x = box.x(); x < box.x() + box.w(); x++) {
        near += distance(new Color(with.getRGB(x, y)), new Color(colour.rgb())) < 90 ? 1 : 0;
      }
    }
    assertThat((double) near / box.area()).isGreaterThan(0.03);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindFillsItsBoxAndStaysInIt(Kind kind) {
    Colour colour = kind.colours().get(0);
    Scene scene = scene(kind, colour, null);
    BufferedImage with = painter.paint(scene);
    Thing speck = new Thing(Kind.BALLOON, Colour.RED, Size.USUAL, new Box(0, 0, 1, 1), null);
    BufferedImage without =
        painter.paint(new Scene(scene.seed(), 512, 512, Place.STUDIO, List.of(speck)));
    Box box = scene.things().get(0).box();
    int[] edges = {512, 512, 0, 0};
    for (int y = 3; y < 512; y++) {
      for (int x = 3; x < 512; x++) {
        // Shadows and glows are soft; a thing is not.
        if (distance(new Color(with.getRGB(x, y)), new Color(without.getRGB(x, y))) > 150) {
          edges[0] = Math.min(edges[0], x);
          edges[1] = Math.min(edges[1], y);
          edges[2] = Math.max(edges[2], x);
          edges[3] = Math.max(edges[3], y);
        }
      }
    }
    assertThat(edges[0]).isBetween(box.x() - 4, box.x() + box.w() / 2);
    assertThat(edges[1]).isBetween(box.y() - 4, box.y() + box.h() / 2);
    assertThat(edges[2]).isBetween(box.x() + box.w() * 2 / 3, box.x() + box.w() + 4);
    assertThat(edges[3]).isBetween(box.y() + box.h() / 2, box.bottom() + 12);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void letteringShowsOnEveryKindThatCanHaveIt(Kind kind) {
    Colour colour = kind.colours().get(0);
    BufferedImage plain = painter.paint(scene(kind, colour, null));
    BufferedImage written = painter.paint(scene(kind, colour, "24"));
    int changed = 0;
    for (int y = 0; y < 512; y++) {
      for (int x = 0; x < 512; x++) {
        changed += plain.getRGB(x, y) == written.getRGB(x, y) ? 0 : 1;
      }
    }
    assertThat(changed > 100).isEqualTo(kind.lettered());
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aSceneIsPaintedAlikeTwice(Place place) {
    Scene scene = new SceneGenerator(3).scene(1, place);
    BufferedImage once = painter.paint(scene);
    BufferedImage twice = new ScenePainter().paint(scene);
    assertThat(pixels(twice)).isEqualTo(pixels(once));
    assertThat(once.getWidth()).isEqualTo(scene.width());
    assertThat(once.getHeight()).isEqualTo(scene.height());
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void everyPixelOfABackdropIsPainted(Place place) {
    for (int number = 0; number < 8; number++) {
      for (int pixel : pixels(painter.paint(new SceneGenerator(5).scene(number, place)))) {
        assertThat(pixel & 0xFFFFFF).isNotZero();
      }
    }
  }

  @Test
  void lettersKeepTheirProportionsAndFit() {
    var bounds = new Lettering().fit("LUNA", 10, 20, 60, 30).getBounds2D();
    assertThat(bounds.getWidth()).isBetween(59.9, 60.1);
    assertThat(bounds.getHeight()).isBetween(10.0, 30.0);
    assertThat(bounds.getCenterX()).isBetween(39.9, 40.1);
    assertThat(bounds.getCenterY()).isBetween(34.9, 35.1);
  }

  private static Scene scene(Kind kind, Colour colour, String lettering) {
    double scale = Math.min(400.0 / kind.width(), 400.0 / kind.height());
    int w = (int) (kind.width() * scale);
    int h = (int) (kind.height() * scale);
    Box box = new Box((512 - w) / 2, 460 - h, w, h);
    Thing thing = new Thing(kind, colour, Size.USUAL, box, lettering);
    return new Scene(11, 512, 512, Place.STUDIO, List.of(thing));
  }

  private static int distance(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed())
        + Math.abs(a.getGreen() - b.getGreen())
        + Math.abs(a.getBlue() - b.getBlue());
  }

  private static int[] pixels(BufferedImage picture) {
    int w = picture.getWidth();
    return picture.getRGB(0, 0, w, picture.getHeight(), null, 0, w);
  }
}
