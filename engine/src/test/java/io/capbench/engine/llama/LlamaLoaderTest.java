package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlamaLoaderTest {
  @TempDir private Path folder;
  @TempDir private Path cache;

  @Test
  void bytesAreMadeOnceForEachModel() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 1);
    load(Precision.INT8, JobContext.unwatched()).close();
    Path file = bytes().get(0);
    FileTime made = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, made);

    load(Precision.INT8, JobContext.unwatched()).close();
    assertThat(bytes()).containsExactly(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);

    new RandomLlama().write(folder, TensorType.F32, 2);
    load(Precision.INT8, JobContext.unwatched()).close();
    assertThat(bytes()).hasSize(2);
  }

  @Test
  void layersBecomeBytesWhoseLargestIs127AndTheRestStays() throws IOException {
    RandomLlama random = new RandomLlama().with("tie_word_embeddings", true);
    random.write(folder, TensorType.F32, 3);
    load(Precision.INT8, JobContext.unwatched()).close();

    try (Checkpoint bytes = Checkpoint.open(bytes().get(0))) {
      assertThat(bytes.tensors())
          .filteredOn(info -> info.type() == TensorType.I8)
          .extracting(TensorInfo::name)
          .hasSize(14)
          .allMatch(name -> name.startsWith("model.layers."));
      assertThat(bytes.info("model.embed_tokens.weight").type()).isEqualTo(TensorType.BF16);
      String name = "model.layers.1.mlp.down_proj";
      float[] whole = random.weight(name + ".weight");
      for (int row = 0; row < 24; row++) {
        float scale = bytes.bytes(name + ".scales").getFloat(4 * row);
        int largest = 0;
        for (int i = row * 40; i < row * 40 + 40; i++) {
          int number = bytes.bytes(name + ".weight").get(i);
          largest = Math.max(largest, Math.abs(number));
          assertThat(Math.abs(number * scale - whole[i])).isLessThanOrEqualTo(scale * 0.5001f);
        }
        assertThat(largest).isEqualTo(127);
      }
    }
  }

  @Test
  void cancellingLeavesNoFileBehind() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 4);
    List<ForegroundContext> self = new ArrayList<>();
    ForegroundContext context =
        new ForegroundContext(
            (Progress progress) -> {
              if (progress.unit().equals("tensors") && progress.done() == 3) {
                self.get(0).cancel();
              }
            });
    self.add(context);

    assertThatThrownBy(() -> load(Precision.INT8, context))
        .isInstanceOf(CancellationException.class);
    assertThat(bytes()).isEmpty();
    load(Precision.INT8, JobContext.unwatched()).close();
    assertThat(bytes()).hasSize(1);
  }

  /** The first is held up while it writes until the second has asked for its turn. */
  @Test
  void twoThatNeedTheSameBytesMakeThemOnce() throws Exception {
    new RandomLlama().write(folder, TensorType.F32, 8);
    CountDownLatch writes = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    AtomicInteger makers = new AtomicInteger();
    JobContext first =
        new ForegroundContext(
            progress -> {
              if (progress.unit().equals("tensors") && progress.done() == 3) {
                makers.incrementAndGet();
                writes.countDown();
                await(waits);
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(() -> load(Precision.INT8, first).close());
      await(writes);
      JobContext second =
          new Announcing(
              new ForegroundContext(
                  progress -> {
                    if (progress.unit().equals("tensors") && progress.done() == 3) {
                      makers.incrementAndGet();
                    }
                  }),
              waits);
      Future<?> other = threads.submit(() -> load(Precision.INT8, second).close());
      one.get();
      other.get();
    } finally {
      waits.countDown();
      threads.shutdown();
    }
    assertThat(makers).hasValue(1);
    assertThat(bytes()).hasSize(1);
    load(Precision.INT8, JobContext.unwatched()).close();
  }

  /** Says when it is asked whether to stop after the files are hashed, which is while waiting. */
  private record Announcing(JobContext context, CountDownLatch asked) implements JobContext {
    @Override
    public void progress(long done, long total, String unit) {
      context.progress(done, total, unit);
    }

    @Override
    public boolean cancelled() {
      return context.cancelled();
    }

    @Override
    public void checkCancelled() {
      boolean hashing =
          StackWalker.getInstance()
              .walk(calls -> calls.anyMatch(call -> call.getClassName().endsWith("WeightsHash")));
      if (!hashing) {
        asked.countDown();
      }
    }

    @Override
    public Registration onCancel(Runnable action) {
      return context.onCancel(action);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theHashCoversWeightsAndConfiguration() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 5);
    LlamaLoader loader = new LlamaLoader(cache);
    String first = loader.hash(folder, JobContext.unwatched());
    assertThat(first).matches("[0-9a-f]{64}");
    new RandomLlama().with("rope_theta", 5).write(folder, TensorType.F32, 5);
    assertThat(loader.hash(folder, JobContext.unwatched())).isNotEqualTo(first);
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatWould() throws IOException {
    new RandomLlama()
        .with("hidden_size", 128)
        .with("intermediate_size", 512)
        .with("num_hidden_layers", 8)
        .write(folder, TensorType.F32, 6);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      LlamaConfig config = LlamaConfig.read(folder);
      MemoryNeed need = new MemoryNeed(folder, config, checkpoint);
      assertThat(need.weights(Precision.STORED)).isEqualTo(4 * config.parameters());
      assertThat(need.weights(Precision.F32)).isEqualTo(4 * config.parameters());
      assertThat(need.weights(Precision.BF16)).isEqualTo(2 * config.parameters());
      assertThat(need.weights(Precision.INT8)).isEqualTo(config.parameters() + 2 * 50 * 128);

      long bf16 = need.bytes(Precision.BF16);
      assertThatCode(() -> need.check(Precision.BF16, OptionalLong.of(bf16), "here"))
          .doesNotThrowAnyException();
      assertThatCode(() -> need.check(Precision.F32, OptionalLong.empty(), "here"))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> need.check(Precision.BF16, OptionalLong.of(bf16 - 1), "the GPU"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(folder + " does not fit: in the precision bf16 it needs 0.5 GB")
          .hasMessageContaining("and the GPU has 0.5 GB. In the precision int8 it needs 0.5 GB.");
      assertThatThrownBy(() -> need.check(Precision.F32, OptionalLong.of(100_000_000), "here"))
          .hasMessageContaining("here has 0.1 GB. Choose a smaller model");
    }
  }

  @Test
  void aCacheThatDoesNotFitIsRefusedBeforeItIsAllocated() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 7);
    DecodingOptions options = DecodingOptions.greedy(10, List.of());
    try (LlamaModel model = load(Precision.STORED, JobContext.unwatched())) {
      assertThatThrownBy(
              () -> new LlamaDecoder(model, options, new DecoderLimits(1_000_000, 1_000_000, 1)))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("1000000 rows of 1000009 tokens need")
          .hasMessageContaining("Generate fewer rows at a time");
    }
  }

  @Test
  void aFolderThatIsNoModelLeavesNothingOpen() {
    assertThatThrownBy(() -> load(Precision.STORED, JobContext.unwatched()))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("has no config.json");
  }

  private LlamaModel load(Precision precision, JobContext context) {
    return new LlamaLoader(cache).load(folder, DeviceChoice.CPU, precision, context);
  }

  private List<Path> bytes() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().contains("-int8.")).toList();
    }
  }
}
