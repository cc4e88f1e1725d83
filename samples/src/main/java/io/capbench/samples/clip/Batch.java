package io.capbench.samples.clip;

import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures and texts of a training step. First come K true texts of each picture, picture by
 * picture, then false ones.
 *
 * @param scenes numbers of the pictures
 * @param texts all texts
 * @param perScene K
 * @param world the scenes themselves
 */
record Batch(List<Integer> scenes, List<Statement> texts, int perScene, List<Scene> world) {
  /** Added to logits of pairs that are not to be told apart. */
  private static final float HIDDEN = -1e9f;

  /**
   * Draws a batch.
   *
   * @param falseOnes false texts of each picture: the colour wrong or the kind, and sentences with
   *     something wrong, in turns; what is wrong in both the other pictures of the batch give
   */
  static Batch draw(
      List<Integer> numbers,
      List<Scene> all,
      Statements statements,
      int perScene,
      int falseOnes,
      Dice dice) {
    List<Scene> world = numbers.stream().map(all::get).toList();
    List<Statement> texts = new ArrayList<>();
    for (Scene scene : world) {
      texts.addAll(statements.truth(scene, perScene, dice));
    }
    for (Scene scene : world) {
      for (int i = 0; i < falseOnes; i++) {
        texts.add(
            switch (i % 4) {
              case 1 -> statements.wrongKind(scene, true, dice);
              case 3 -> statements.falseSentence(scene, true, dice);
              default -> statements.wrongColour(scene, true, dice);
            });
      }
    }
    return new Batch(numbers, texts, perScene, world);
  }

  /** How many texts are true of their picture. */
  int trueTexts() {
    return world.size() * perScene;
  }

  /** The picture that a text was written for. */
  int picture(int text) {
    int falseOnes = texts.size() / world.size() - perScene;
    return text < trueTexts() ? text / perScene : (text - trueTexts()) / falseOnes;
  }

  /** [true texts, B] hides pictures of which a text is true as well. */
  float[] otherPictures() {
    int pictures = world.size();
    float[] mask = new float[trueTexts() * pictures];
    for (int text = 0; text < trueTexts(); text++) {
      for (int i = 0; i < pictures; i++) {
        if (i != picture(text) && texts.get(text).claim().holds(world.get(i))) {
          mask[text * pictures + i] = HIDDEN;
        }
      }
    }
    return mask;
  }

  /** [true texts, T] hides texts that are true of a text's picture as well. */
  float[] otherTexts() {
    int count = texts.size();
    float[] mask = new float[trueTexts() * count];
    for (int i = 0; i < world.size(); i++) {
      float[] row = new float[count];
      for (int text = 0; text < count; text++) {
        row[text] = texts.get(text).claim().holds(world.get(i)) ? HIDDEN : 0;
      }
      for (int k = 0; k < perScene; k++) {
        int own = i * perScene + k;
        System.arraycopy(row, 0, mask, own * count, count);
        mask[own * count + own] = 0;
      }
    }
    return mask;
  }

  /** [B, K, K] hides texts of the same picture that speak of the same thing. */
  float[] sameThings() {
    float[] mask = new float[world.size() * perScene * perScene];
    int at = 0;
    for (int i = 0; i < world.size(); i++) {
      for (int a = 0; a < perScene; a++) {
        for (int b = 0; b < perScene; b++) {
          Claim one = texts.get(i * perScene + a).claim();
          Claim other = texts.get(i * perScene + b).claim();
          mask[at++] = a != b && one.touches(other) ? HIDDEN : 0;
        }
      }
    }
    return mask;
  }

  /** Texts as tokens, [T][L]. */
  List<int[]> tokens(ClipTokenizer tokenizer) {
    return texts.stream().map(text -> tokenizer.encode(text.text()).ids()).toList();
  }
}
