package io.capbench.samples.draw;

import io.capbench.samples.world.Box;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;

/**
 * Paints a scene: the place, then its things from far to near, each with its shadow. Needs no
 * display. For one thread.
 */
public final class ScenePainter {
  private final Lettering lettering = new Lettering();
  private final Rooms rooms = new Rooms();
  private final Landscapes landscapes = new Landscapes();
  private final Townscapes townscapes = new Townscapes();
  private final ThingPainter things = new ThingPainter();

  /** The picture of the scene, opaque. */
  public BufferedImage paint(Scene scene) {
    BufferedImage picture =
        new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      Brush brush = new Brush(graphics, lettering);
      backdrop(new Stage(brush, scene, new Dice(Dice.mixed(scene.seed(), 1))));
      List<Thing> farToNear =
          scene.things().stream()
              .sorted(
                  Comparator.comparing((Thing thing) -> !thing.kind().flies())
                      .thenComparing(thing -> !thing.kind().floats())
                      .thenComparingInt(thing -> thing.box().bottom()))
              .toList();
      for (Thing thing : farToNear) {
        shadow(brush, scene, thing);
        things.paint(
            brush, thing, new Dice(Dice.mixed(scene.seed(), thing.kind().noun().hashCode())));
        if (thing.kind().floats()) {
          ripples(brush, thing.box(), scene);
        }
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void backdrop(Stage stage) {
    switch (stage.scene().place()) {
      case KITCHEN -> rooms.kitchen(stage);
      case DESK -> rooms.desk(stage);
      case PLAYROOM -> rooms.playroom(stage);
      case STUDIO -> rooms.studio(stage);
      case BEACH -> landscapes.beach(stage);
      case PARK -> landscapes.park(stage);
      case GARDEN -> landscapes.garden(stage);
      case SNOW -> landscapes.snow(stage);
      case STREET -> townscapes.street(stage);
      case MARKET -> townscapes.market(stage);
      case HARBOUR -> townscapes.harbour(stage);
    }
  }

  /** On the ground, a little to the right of the thing, dark where it touches. */
  private static void shadow(Brush brush, Scene scene, Thing thing) {
    Box box = thing.box();
    if (thing.kind().flies() || thing.kind().floats()) {
      return;
    }
    Color shade = Tone.rgb(scene.place() == Place.SNOW ? 0x54699C : 0x2A2350);
    double flat = 0.05 * scene.height();
    double y = box.bottom() - 0.012 * scene.height();
    brush.glow(box.centre() + 0.16 * box.w(), y, 0.66 * box.w(), flat, Tone.veil(shade, 0.34));
    brush.glow(box.centre(), y, 0.52 * box.w(), 0.45 * flat, Tone.veil(shade, 0.55));
  }

  private static void ripples(Brush brush, Box box, Scene scene) {
    Color water = scene.place() == Place.HARBOUR ? Tone.rgb(0x4A4A8A) : Tone.rgb(0x6CC4CF);
    double y = box.bottom();
    brush.glow(
        box.centre(), y, 0.55 * box.w(), 0.05 * box.h(), Tone.veil(Tone.dark(water, 0.5), 0.6));
    for (int i = 0; i < 3; i++) {
      double half = box.w() * (0.46 - 0.1 * i);
      brush.flat(
          Outline.round(
              box.centre() - half,
              y - 0.02 * box.h() + 0.028 * box.h() * i,
              2 * half,
              0.016 * box.h(),
              0.008 * box.h()),
          Tone.veil(Color.WHITE, 0.55 - 0.12 * i));
    }
  }
}
