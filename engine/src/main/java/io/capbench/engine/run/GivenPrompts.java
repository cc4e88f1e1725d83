package io.capbench.engine.run;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of tokens that a language model is run on. Keeps no file open. */
final class GivenPrompts {
  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";

  private final Path file;
  private final int width;
  private final long[] ids;
  private final boolean[] shown;

  private GivenPrompts(Path file, int width, long[] ids, boolean[] shown) {
    this.file = file;
    this.width = width;
    this.ids = ids;
    this.shown = shown;
  }

  /**
   * Reads a file.
   *
   * @param vocabulary how many tokens the model knows
   * @throws CapbenchException if it has no input_ids [rows, tokens], or an attention_mask of
   *     another shape, or a row that is all hidden, or a token that the model does not know
   */
  static GivenPrompts read(Path file, int vocabulary) {
    try (Checkpoint tensors = Checkpoint.open(file)) {
      if (!tensors.has(IDS)) {
        throw new CapbenchException(
            file
                + " has no "
                + IDS
                + " [rows, tokens], which a language model runs on. It has "
                + tensors.tensors().stream().map(TensorInfo::name).limit(10).toList()
                + ".");
      }
      TensorInfo info = tensors.info(IDS);
      if (info.shape().size() != 2 || info.elements() == 0 || info.type() == TensorType.BOOL) {
        throw GivenTensors.wrong(file, info, "whole numbers [rows, tokens], at least one of each");
      }
      long[] ids = numbers(file, tensors, info);
      boolean[] shown = new boolean[ids.length];
      Arrays.fill(shown, true);
      if (tensors.has(MASK)) {
        TensorInfo mask = tensors.info(MASK);
        if (!mask.shape().equals(info.shape())) {
          throw GivenTensors.wrong(file, mask, "of the shape of " + IDS + ", " + info.shape());
        }
        long[] values = numbers(file, tensors, mask);
        for (int i = 0; i < values.length; i++) {
          shown[i] = values[i] != 0;
        }
      }
      int width = Math.toIntExact(info.shape().get(1));
      GivenPrompts given = new GivenPrompts(file, width, ids, shown);
      given.check(vocabulary);
      return given;
    }
  }

  /** B. */
  int rows() {
    return ids.length / width;
  }

  /** L, with padding. */
  int width() {
    return width;
  }

  /** The tokens of a row that are not hidden. */
  List<Integer> tokens(int row) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (shown[i]) {
        tokens.add((int) ids[i]);
      }
    }
    return tokens;
  }

  /** All tokens of a row, hidden ones too. */
  long[] padded(int row) {
    return Arrays.copyOfRange(ids, row * width, (row + 1) * width);
  }

  boolean shown(int row, int column) {
    return shown[row * width + column];
  }

  /**
   * Makes sure that text can be appended to all rows.
   *
   * @throws CapbenchException if a row has hidden tokens elsewhere than at its beginning
   */
  void checkLeftPadded() {
    for (int row = 0; row < rows(); row++) {
      for (int i = 1; i < width; i++) {
        if (shown(row, i - 1) && !shown(row, i)) {
          throw new CapbenchException(
              file
                  + ": row "
                  + row
                  + " of "
                  + MASK
                  + " hides tokens after others. To generate text, pad rows on the left.");
        }
      }
    }
  }

  private void check(int vocabulary) {
    for (int row = 0; row < rows(); row++) {
      int known = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        if (shown[i] && (ids[i] < 0 || ids[i] >= vocabulary)) {
          throw new CapbenchException(
              file
                  + ": row "
                  + row
                  + " of "
                  + IDS
                  + " has the token "
                  + ids[i]
                  + "; the model knows 0 to "
                  + (vocabulary - 1)
                  + ".");
        }
        known += shown[i] ? 1 : 0;
      }
      if (known == 0) {
        throw new CapbenchException(
            file + ": " + MASK + " hides all tokens of row " + row + ". Leave the row out.");
      }
    }
  }

  private static long[] numbers(Path file, Checkpoint tensors, TensorInfo info) {
    TensorType type = info.type();
    if (type.floating()) {
      throw GivenTensors.wrong(file, info, "whole numbers");
    }
    ByteBuffer bytes = tensors.bytes(info.name()).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long[] numbers = new long[Math.toIntExact(info.elements())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (type) {
            case I64 -> bytes.getLong(i * Long.BYTES);
            case I32 -> bytes.getInt(i * Integer.BYTES);
            case I16 -> bytes.getShort(i * Short.BYTES);
            case U8 -> Byte.toUnsignedInt(bytes.get(i));
            default -> bytes.get(i);
          };
    }
    return numbers;
  }
}
