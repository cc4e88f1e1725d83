package io.capbench.samples.caption;

import io.capbench.samples.world.Place;
import java.util.List;

/** Sentences about places that every backdrop bears out. */
final class PlaceNotes {
  private PlaceNotes() {}

  static List<String> of(Place place) {
    return switch (place) {
      case KITCHEN ->
          List.of(
              "The scene is set on a wooden kitchen table.",
              "Square tiles run along the wall behind the table.",
              "A window above the tiles looks out on green hills.",
              "A pendant lamp hangs from the ceiling.");
      case DESK ->
          List.of(
              "The scene is set on a wooden desk in a study.",
              "A shelf with books and a small plant hangs on the wall.",
              "A window with curtains lets in daylight.");
      case BEACH ->
          List.of(
              "The scene is set on a sandy beach.",
              "Small waves roll towards the shore.",
              "Low hills rise on the horizon beyond the sea.",
              "A few shells lie in the sand.");
      case PARK ->
          List.of(
              "The scene is set on a green lawn in a park.",
              "A winding path leads to a row of trees.",
              "White clouds drift across a sunny sky.");
      case STREET ->
          List.of(
              "The scene is set on a city street.",
              "Houses with shops and striped awnings line the pavement.",
              "Some of the windows are lit.",
              "A dashed line runs along the road.");
      case GARDEN ->
          List.of(
              "The scene is set in a garden.",
              "A picket fence with flowers in front of it closes off the lawn.",
              "Bushes and trees grow behind the fence.");
      case MARKET ->
          List.of(
              "The scene is set at a market stall.",
              "A striped awning spans the top of the picture.",
              "Crates of fruit are stacked below the counter.");
      case SNOW ->
          List.of(
              "The scene is set in a snowy landscape.",
              "Mountains with white peaks rise in the distance.",
              "Snow-covered firs stand along the edge of the field.",
              "Snowflakes are falling.");
      case PLAYROOM ->
          List.of(
              "The scene is set in a playroom.",
              "A string of coloured flags hangs across the dotted wall.",
              "A round rug with rings lies on the wooden floor.");
      case HARBOUR ->
          List.of(
              "The scene is set on a stone quay at night.",
              "The full moon is mirrored in the water.",
              "Lit windows shine in the town across the harbour.",
              "Stars fill the dark sky.");
      case STUDIO ->
          List.of(
              "The scene is set in front of a plain, pale backdrop.",
              "Soft light falls from the upper left.",
              "Nothing distracts from what is shown.");
    };
  }
}
