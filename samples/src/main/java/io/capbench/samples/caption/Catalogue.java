package io.capbench.samples.caption;

import io.capbench.samples.world.Kind;
import java.util.List;

/** What shops call things, and what can be said of each kind as it is drawn. */
final class Catalogue {
  private Catalogue() {}

  /** Product names of the kind. */
  static List<String> products(Kind kind) {
    return switch (kind) {
      case MUG -> List.of("Stoneware Mug", "Coffee Mug", "Camping Mug");
      case TEAPOT -> List.of("Porcelain Teapot", "Afternoon Teapot");
      case APPLE -> List.of("Orchard Apple", "Dessert Apple");
      case PEAR -> List.of("Orchard Pear", "Butter Pear");
      case BOTTLE -> List.of("Glass Bottle", "Lemonade Bottle");
      case BOOK -> List.of("Hardcover Book", "Notebook");
      case LAMP -> List.of("Bedside Lamp", "Desk Lamp");
      case CHAIR -> List.of("Ladderback Chair", "Dining Chair");
      case CLOCK -> List.of("Twin Bell Alarm Clock", "Alarm Clock");
      case CAMERA -> List.of("Rangefinder Camera", "Compact Camera");
      case GUITAR -> List.of("Acoustic Guitar", "Parlour Guitar");
      case BACKPACK -> List.of("Day Backpack", "School Backpack");
      case SNEAKER -> List.of("Canvas Sneaker", "Running Sneaker");
      case HAT -> List.of("Felt Hat", "Fedora Hat");
      case UMBRELLA -> List.of("Walking Umbrella", "Sun Umbrella");
      case BICYCLE -> List.of("City Bicycle", "Touring Bicycle");
      case CAR -> List.of("Compact Car", "Family Car");
      case BUS -> List.of("City Bus", "Coach Bus");
      case BOAT -> List.of("Sailing Boat", "Dinghy Boat");
      case KITE -> List.of("Diamond Kite", "Beginner Kite");
      case BALLOON -> List.of("Party Balloon", "Latex Balloon");
      case HOT_AIR_BALLOON -> List.of("Hot Air Balloon", "Panorama Hot Air Balloon");
      case CAT -> List.of("Cat Calendar", "Cat Greeting Card");
      case DOG -> List.of("Dog Calendar", "Dog Greeting Card");
      case DUCK -> List.of("Bath Rubber Duck", "Squeaky Rubber Duck");
      case FISH -> List.of("Fish Bowl Kit", "Desktop Fish Bowl");
      case ROBOT -> List.of("Toy Robot", "Wind-Up Robot");
      case FLOWER_POT -> List.of("Ceramic Flower Pot", "Terrace Flower Pot");
      case BALL -> List.of("Beach Ball", "Play Ball");
      case SUITCASE -> List.of("Cabin Suitcase", "Hard Shell Suitcase");
      case SIGN -> List.of("Wooden Sign", "Post Sign");
      case GIFT -> List.of("Gift Box", "Ribbon Gift Box");
      case ROCKET -> List.of("Toy Rocket", "Space Toy Rocket");
    };
  }

  /** A sentence about the kind that its drawing always bears out. */
  static String detail(Kind kind) {
    return switch (kind) {
      case MUG -> "The mug has a round handle and is filled with dark coffee.";
      case TEAPOT ->
          "The teapot has a curved spout, a round lid knob and a pale dotted band around its belly.";
      case APPLE -> "The apple has a brown stem with a green leaf.";
      case PEAR -> "The pear is speckled and has a green leaf at its stem.";
      case BOTTLE -> "The bottle has a long neck, a cork and a cream label.";
      case BOOK -> "The book stands upright with its front cover to the viewer.";
      case LAMP -> "The lamp has a flared shade on a brass stem and glows warmly.";
      case CHAIR -> "The chair has a slatted back and four straight legs.";
      case CLOCK -> "The alarm clock has two steel bells on top and a white face.";
      case CAMERA -> "The camera has a large round lens with a bluish shine.";
      case GUITAR -> "The guitar has a round sound hole and a long dark neck.";
      case BACKPACK -> "The backpack has a front pocket, two side pockets and a carrying loop.";
      case SNEAKER -> "The sneaker has white laces, a white toe cap and a white rubber sole.";
      case HAT -> "The hat has a wide brim and a contrasting ribbon around its crown.";
      case UMBRELLA -> "The umbrella is open and its handle ends in a wooden hook.";
      case BICYCLE -> "The bicycle has thin black tyres and a dark saddle.";
      case CAR -> "The car is seen from the side, with two windows and dark wheels.";
      case BUS -> "The bus has a row of large windows and a folding door at the front.";
      case BOAT -> "The boat carries two cream sails and a small pennant at its mast.";
      case KITE -> "The kite is diamond shaped, with three bows on its tail.";
      case BALLOON -> "The balloon trails a thin string.";
      case HOT_AIR_BALLOON -> "The hot air balloon has pale stripes and a wicker basket.";
      case CAT -> "The cat looks straight at the viewer and curls its tail to the right.";
      case DOG ->
          "The dog has floppy ears, shows its tongue and wears a dark collar with a golden tag.";
      case DUCK -> "The rubber duck has an orange beak and a rosy cheek.";
      case FISH -> "The fish swims in a round glass bowl with sand and a water plant.";
      case ROBOT -> "The robot has glowing eyes and an antenna with a red tip.";
      case FLOWER_POT -> "White daisies with yellow hearts grow in the flower pot.";
      case BALL -> "The ball is divided into coloured and white segments.";
      case SUITCASE -> "The suitcase has a pull-out handle, ribbed sides and small wheels.";
      case SIGN -> "The sign is mounted on a wooden post.";
      case GIFT -> "The gift box is tied with a ribbon and a large bow.";
      case ROCKET -> "The toy rocket stands on its fins and has a round window.";
    };
  }
}
