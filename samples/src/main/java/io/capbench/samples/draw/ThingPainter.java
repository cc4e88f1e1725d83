package io.capbench.samples.draw;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Thing;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import org.jspecify.annotations.Nullable;

/** Paints one thing into its box. */
final class ThingPainter {
  private final Kitchenware kitchenware = new Kitchenware();
  private final Furnishings furnishings = new Furnishings();
  private final Travel travel = new Travel();
  private final Wearables wearables = new Wearables();
  private final Companions companions = new Companions();

  void paint(Brush picture, Thing thing, Dice dice) {
    double sx = (double) thing.box().w() / thing.kind().width();
    double sy = (double) thing.box().h() / thing.kind().height();
    Brush brush = picture.at(new AffineTransform(sx, 0, 0, sy, thing.box().x(), thing.box().y()));
    Color colour = Tone.rgb(thing.colour().rgb());
    @Nullable String words = thing.lettering();
    switch (thing.kind()) {
      case MUG -> kitchenware.mug(brush, colour, words);
      case TEAPOT -> kitchenware.teapot(brush, colour);
      case APPLE -> kitchenware.apple(brush, colour, dice);
      case PEAR -> kitchenware.pear(brush, colour, dice);
      case BOTTLE -> kitchenware.bottle(brush, colour, words);
      case FISH -> kitchenware.fish(brush, colour);
      case FLOWER_POT -> kitchenware.flowerPot(brush, colour, dice);
      case BOOK -> furnishings.book(brush, colour, words);
      case LAMP -> furnishings.lamp(brush, colour);
      case CHAIR -> furnishings.chair(brush, colour);
      case CLOCK -> furnishings.clock(brush, colour, dice);
      case CAMERA -> furnishings.camera(brush, colour, words);
      case GUITAR -> furnishings.guitar(brush, colour);
      case GIFT -> furnishings.gift(brush, colour);
      case SIGN -> furnishings.sign(brush, colour, words);
      case BACKPACK -> wearables.backpack(brush, colour, words);
      case SNEAKER -> wearables.sneaker(brush, colour);
      case HAT -> wearables.hat(brush, colour);
      case UMBRELLA -> wearables.umbrella(brush, colour);
      case SUITCASE -> wearables.suitcase(brush, colour, words);
      case BICYCLE -> travel.bicycle(brush, colour);
      case CAR -> travel.car(brush, colour, words);
      case BUS -> travel.bus(brush, colour, words);
      case BOAT -> travel.boat(brush, colour, words);
      case KITE -> travel.kite(brush, colour);
      case BALLOON -> travel.balloon(brush, colour, words);
      case HOT_AIR_BALLOON -> travel.hotAirBalloon(brush, colour);
      case CAT -> companions.cat(brush, colour, dice);
      case DOG -> companions.dog(brush, colour);
      case DUCK -> companions.duck(brush, colour);
      case ROBOT -> companions.robot(brush, colour, words);
      case BALL -> companions.ball(brush, colour);
      case ROCKET -> companions.rocket(brush, colour);
    }
  }
}
