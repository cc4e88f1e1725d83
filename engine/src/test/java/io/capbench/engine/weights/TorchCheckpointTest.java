package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TorchCheckpointTest {
  private static final float[] SIX = {0, 1, 2, 3, 4, 5};

  @TempDir Path folder;

  @Test
  void aViewIsLaidOut() throws IOException {
    Path file = file(oneTensor(6, 0, new int[] {3, 2}, new int[] {1, 3}), SIX);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(floats(checkpoint, "w")).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(checkpoint.place("w")).isEmpty();
    }
  }

  @Test
  void stridesOfSizesOfOneDoNotMatter() throws IOException {
    Path file = file(oneTensor(6, 0, new int[] {1, 6, 1}, new int[] {99, 1, 7}), SIX);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(floats(checkpoint, "w")).containsExactly(SIX);
      assertThat(checkpoint.place("w")).isPresent();
    }
  }

  @Test
  void aCompressedArchiveIsUnpacked() throws IOException {
    byte[] pickle = oneTensor(6, 2, new int[] {4}, new int[] {1});
    Path file =
        TorchFiles.write(
            folder.resolve("packed.pt"), TorchFiles.members(pickle, SIX), ZipEntry.DEFLATED);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(floats(checkpoint, "w")).containsExactly(2, 3, 4, 5);
      assertThat(checkpoint.place("w")).isEmpty();
    }
  }

  @Test
  void valuesBesideTensorsAreLeftOut() throws IOException {
    byte[] pickle =
        PickleBytes.protocol2()
            .steps("}(")
            .text("epoch")
            .number(7)
            .tensor("w", "0", 6, 0, new int[] {6}, new int[] {1})
            .text("args")
            .global("argparse", "Namespace")
            .steps(")\u0081}(")
            .text("lr")
            .steps("G\0\0\0\0\0\0\0\0ub")
            .steps("u")
            .bytes();

    try (Checkpoint checkpoint = Checkpoint.open(file(pickle, SIX))) {
      assertThat(checkpoint.tensors())
          .containsExactly(new TensorInfo("w", TensorType.F32, List.of(6L)));
    }
  }

  @Test
  void aTorchScriptModuleNamesItsTensorsByTheirAttributes() throws IOException {
    byte[] pickle =
        PickleBytes.protocol2()
            .global("__torch__.clip.model", "CLIP")
            .steps(")\u0081}(")
            .text("training")
            .steps("\u0089")
            .tensor("logit_scale", "0", 6, 5, new int[] {}, new int[] {})
            .text("visual")
            .global("__torch__.clip.model", "VisualTransformer")
            .steps(")\u0081}(")
            .tensor("proj", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
            .steps("ub")
            .text("sizes")
            .global("torch.jit._pickle", "build_intlist")
            .steps("](")
            .number(3)
            .steps("e\u0085R")
            .steps("ub")
            .bytes();

    try (Checkpoint checkpoint = Checkpoint.open(file(pickle, SIX))) {
      assertThat(checkpoint.tensors())
          .extracting(TensorInfo::name)
          .containsExactly("logit_scale", "visual.proj");
      assertThat(floats(checkpoint, "logit_scale")).containsExactly(5);
      assertThat(floats(checkpoint, "visual.proj")).containsExactly(SIX);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "nt, system",
    "subprocess, Popen",
    "builtins, eval",
    "builtins, exec",
    "builtins, getattr",
    "builtins, __import__",
    "__builtin__, apply",
    "torch.storage, _load_from_bytes",
    "torch, load",
    "torch.hub, load",
    "numpy.testing._private.utils, runstring",
    "webbrowser, open",
    "__torch__evil, x",
    "torch._utils, _rebuild_qtensor",
    "collections, OrderedDict.__init__",
  })
  void whatWeightsDoNotNeedIsRefusedByItsNameInEveryDisguise(String module, String name)
      throws IOException {
    String lines = module + "\n" + name + "\n";
    List<byte[]> pickles =
        List.of(
            PickleBytes.protocol2().global(module, name).text("id").steps("\u0085R").bytes(),
            PickleBytes.bare().steps("c" + lines + "(S'id'\ntR").bytes(),
            PickleBytes.bare().steps("(S'id'\ni" + lines).bytes(),
            PickleBytes.protocol2().text(module).text(name).steps("\u0093)R").bytes(),
            PickleBytes.protocol2().steps("(").global(module, name).text("id").steps("o").bytes(),
            PickleBytes.protocol2()
                .steps("}(")
                .tensor("w", "0", 6, 0, new int[] {6}, new int[] {1})
                .text("hook")
                .global(module, name)
                .steps("u")
                .bytes());

    for (byte[] pickle : pickles) {
      assertThatThrownBy(() -> Checkpoint.open(file(pickle, SIX)))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("m.pt asks for " + module + "." + name)
          .hasMessageContaining("nothing of the file was run");
      Path bare = Files.write(folder.resolve("bare.bin"), pickle);
      assertThatThrownBy(() -> Checkpoint.open(bare))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("bare.bin asks for " + module + "." + name);
    }
  }

  @Test
  void aHiddenNameCannotForgeTheMessage() throws IOException {
    byte[] pickle = PickleBytes.protocol2().global("os\u001b[2J\u202e", "x".repeat(500)).bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(pickle, SIX)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("os?[2J?.xxx")
        .hasMessageNotContainingAny("\u001b", "\u202e", "x".repeat(200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | 0 | 7 | 1 | ends at number 6 of a storage with 6",
        "6 | 1 | 6 | 1 | ends at number 6 of a storage with 6",
        "6 | 0 | 2 | 6 | ends at number 6 of a storage with 6",
        "6 | 0 | 6 | -1 | strides [-1]",
        "6 | -1 | 1 | 1 | with strides",
        "6 | 0 | -1 | 1 | negative size",
        "7 | 0 | 7 | 1 | storage 0 should have 7 numbers and has 6",
        "2000000000 | 0 | 6 | 1 | storage 0 should have 2000000000",
        "-6 | 0 | 6 | 1 | is no storage",
      })
  void aTensorStaysWithinItsStorage(int elements, int offset, int size, int stride, String cause)
      throws IOException {
    Path file = file(oneTensor(elements, offset, new int[] {size}, new int[] {stride}), SIX);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(cause);
  }

  @Test
  void aNumberStretchedToGigabytesIsRefusedBeforeItTakesMemory() throws IOException {
    int[] huge = {1 << 30, 1 << 10};
    Path wide = file(oneTensor(6, 0, huge, new int[] {0, 0}), SIX);
    try (Checkpoint checkpoint = Checkpoint.open(wide)) {
      assertThatThrownBy(() -> checkpoint.bytes("w"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("at most 2 GB");
    }
    Path overflowing =
        file(oneTensor(6, 0, new int[] {1 << 30, 1 << 30, 1 << 30}, new int[] {0, 0, 0}), SIX);
    assertThatThrownBy(() -> Checkpoint.open(overflowing))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("overflow");
  }

  @Test
  void membersThatAreNotThereAreNamed() throws IOException {
    Path file =
        TorchFiles.write(folder.resolve("m.pt"), oneTensor(6, 0, new int[] {6}, new int[] {1}));

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("it lacks m/data/0");
  }

  @Test
  void anArchiveOfSomethingElseIsNoCheckpoint() throws IOException {
    Path file =
        TorchFiles.write(
            folder.resolve("m.pt"), Map.of("readme.txt", new byte[3]), ZipEntry.STORED);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("lacks data.pkl");
  }

  @Test
  void bigEndianNumbersAreNotMisread() throws IOException {
    Map<String, byte[]> members =
        TorchFiles.members(oneTensor(6, 0, new int[] {6}, new int[] {1}), SIX);
    members.put("m/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
    Path file = TorchFiles.write(folder.resolve("m.pt"), members, ZipEntry.STORED);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("big-endian");
  }

  @Test
  void aDictionaryWithoutTensorsSaysItsKeys() throws IOException {
    byte[] pickle = PickleBytes.protocol2().steps("}(").text("epoch").number(1).steps("u").bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(pickle)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("no tensors under its keys \"epoch\"");
  }

  @Test
  void aNameGivenTwiceIsRefused() throws IOException {
    byte[] pickle =
        PickleBytes.protocol2()
            .steps("}(")
            .tensor("w", "0", 6, 0, new int[] {6}, new int[] {1})
            .tensor("w", "0", 6, 1, new int[] {1}, new int[] {1})
            .steps("u")
            .bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(pickle, SIX)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("tensor w twice");
  }

  @Test
  void modulesWithinThemselvesEnd() throws IOException {
    byte[] circle =
        PickleBytes.protocol2()
            .global("__torch__", "M")
            .steps(")\u0081q\0}(")
            .text("self")
            .steps("h\0ub")
            .bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(circle)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("nested without end");
  }

  @Test
  void modulesThatDoubleAtEveryLevelEnd() throws IOException {
    PickleBytes pickle = PickleBytes.protocol2().global("__torch__", "M").steps(")\u0081q\0");
    for (int level = 1; level < 60; level++) {
      char before = (char) (level - 1);
      pickle
          .global("__torch__", "M")
          .steps(")\u0081q" + (char) level + "}(")
          .text("a")
          .steps("h" + before)
          .text("b")
          .steps("h" + before + "ub");
    }
    byte[] bytes = pickle.bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(bytes)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("nested without end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", // groups without end
        "]", // lists
        "}", // dictionaries
        ")\u0094", // memory
        "](", // both
        ")\u0085", // a tuple in a tuple ...
      })
  void aPickleThatOnlyTakesMemoryEnds(String steps) throws IOException {
    byte[] pickle =
        PickleBytes.protocol2().steps(")" + steps.repeat(6_000_000 / steps.length())).bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(pickle)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("more than 5000000 steps");
  }

  @Test
  void valuesWithinThemselvesAndDeepOnesAreHarmless() throws IOException {
    byte[] pickle =
        PickleBytes.protocol2()
            .steps("}(")
            .tensor("w", "0", 6, 0, new int[] {6}, new int[] {1})
            .text("list")
            .steps("]q\u0001h\u0001a")
            .text("dict")
            .steps("}q\u0002h\u0002h\u0002s")
            .text("deep")
            .steps(")" + "\u0085".repeat(1_000_000))
            .steps("u")
            .bytes();

    try (Checkpoint checkpoint = Checkpoint.open(file(pickle, SIX))) {
      assertThat(checkpoint.tensors()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X\u00ff\u00ff\u00ff\u00ff",
        "\u008b\u00ff\u00ff\u00ff\u007f",
        "B\0\0\0\u0080",
        "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
        "T\u00ff\u00ff\u00ff\u00ff",
        "\u008a\u00ff",
        "J\1"
      })
  void aLengthBeyondThePickleTakesNoMemory(String steps) throws IOException {
    byte[] pickle = PickleBytes.protocol2().steps(steps).bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(pickle)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("ends too early");
  }

  @Test
  void subclassesOfSubclassesDoNotExhaustTheStack() throws IOException {
    String function = "ctorch._tensor\n_rebuild_from_type_v2\n";
    byte[] nested = PickleBytes.protocol2().steps(function + "(" + function + "N)tR").bytes();

    assertThatThrownBy(() -> Checkpoint.open(file(nested)))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("subclass of a subclass");
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file(oneTensor(6, 0, new int[] {6}, new int[] {1}), SIX));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> Checkpoint.open(file))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(file.toString());
    }
  }

  private Path file(byte[] pickle, float[]... storages) throws IOException {
    return TorchFiles.write(folder.resolve("m.pt"), pickle, storages);
  }

  private static byte[] oneTensor(int elements, int offset, int[] shape, int[] strides) {
    return PickleBytes.protocol2()
        .steps("}(")
        .tensor("w", "0", elements, offset, shape, strides)
        .steps("u")
        .bytes();
  }

  private static float[] floats(Checkpoint checkpoint, String name) {
    ByteBuffer bytes = checkpoint.floats(name);
    float[] floats = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }
}
