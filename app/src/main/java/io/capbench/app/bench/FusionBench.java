package io.capbench.app.bench;

import io.capbench.app.bench.FusionPlan.Group;
import io.capbench.engine.bench.FusionComparison;
import io.capbench.engine.bench.FusionComparison.Generated;
import io.capbench.engine.bench.MemoryBandwidth;
import io.capbench.engine.bench.RandomLlama;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.llama.Prompt;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures fusing with models that have random weights: against the memory bandwidth of the machine
 * and against the way of CapsFusion's script, in the same run. Not thread-safe.
 */
public final class FusionBench {
  private static final double GIGA = 1e9;
  private static final double SECOND = 1e3;

  private final Path folder;
  private final FusionPlan plan;
  private final DeviceChoice device;
  private final JobContext context;
  private final Consumer<String> say;
  private final LlamaLoader loader;
  private final List<BenchCase> cases = new ArrayList<>();

  /**
   * A benchmark that has not begun.
   *
   * @param folder where its models are made, or are from an earlier run
   * @param context shows progress and stops it
   * @param say told what is measured, and what cannot be
   */
  public FusionBench(
      Path folder, FusionPlan plan, DeviceChoice device, JobContext context, Consumer<String> say) {
    this.folder = folder;
    this.plan = plan;
    this.device = device;
    this.context = context;
    this.say = say;
    this.loader = new LlamaLoader(folder.resolve("cache"));
  }

  /**
   * Measures.
   *
   * @throws CapbenchException if a model cannot be made or run, or if the two ways do not give the
   *     same tokens
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public List<BenchCase> run() {
    FusionMemory memory = new FusionMemory(folder, device, context, say);
    Path model = made(plan.name(), plan.shape());
    if (plan.groups().contains(Group.MEMORY)) {
      Path small = made("small", RandomLlama.SMALL);
      cases.addAll(memory.peak(plan, model, small, loader));
    }
    if (plan.groups().contains(Group.GREEDY)) {
      greedy(model);
    }
    if (plan.groups().contains(Group.BEAMS)) {
      check(model);
      beams(model);
    }
    if (plan.groups().contains(Group.GROWTH)) {
      cases.addAll(memory.growth(made("small", RandomLlama.SMALL), plan.fusions()));
    }
    return List.copyOf(cases);
  }

  private Path made(String name, RandomLlama shape) {
    Path model = folder.resolve("llama-" + name.toLowerCase(Locale.ROOT));
    context.checkCancelled();
    say.accept("a model of the shape of " + name + " in " + model);
    shape.write(model);
    return model;
  }

  /** One row, greedily, in bfloat16 and as bytes, in turns with reading memory. */
  private void greedy(Path folderOfModel) {
    say.accept("greedy search, one row, bf16 and int8");
    Timing bandwidth = new Timing();
    Timing whole = new Timing();
    Timing bytes = new Timing();
    try (MemoryBandwidth memory = new MemoryBandwidth(plan.bandwidthBytes(), device);
        LlamaModel stored = loader.load(folderOfModel, device, Precision.STORED, context);
        LlamaModel int8 = loader.load(folderOfModel, device, Precision.INT8, context)) {
      FusionComparison one = new FusionComparison(stored, 1);
      FusionComparison other = new FusionComparison(int8, 1);
      one.greedy(plan.tokens(), context); // the first time is slower
      other.greedy(plan.tokens(), context);
      for (int i = 0; i < plan.turns(); i++) {
        bandwidth.addNanos((long) (memory.read() * Timing.NANOS));
        whole.addNanos((long) (one.greedy(plan.tokens(), context) * Timing.NANOS));
        bytes.addNanos((long) (other.greedy(plan.tokens(), context) * Timing.NANOS));
        context.progress(i + 1L, plan.turns(), "turns");
      }
    }
    String what = "greedy search, one row, " + plan.name();
    double read = rate(plan.bandwidthBytes(), bandwidth);
    cases.add(BenchCase.alone("memory bandwidth, reading", read, "GB/s"));
    cases.add(BenchCase.alone(what + ", bf16", SECOND / whole.median(), "tokens/s"));
    cases.add(
        BenchCase.against(
            "weights read, bf16", rate(plan.shape().bytesPerToken(), whole), "GB/s", read));
    cases.add(
        BenchCase.against(
            what + ", int8, and bf16",
            SECOND / bytes.median(),
            "tokens/s",
            SECOND / whole.median()));
    cases.add(
        BenchCase.against(
            "weights read, int8", rate(plan.shape().bytesPerTokenOfBytes(), bytes), "GB/s", read));
  }

  private static double rate(long bytes, Timing times) {
    return bytes / GIGA / (times.median() / SECOND);
  }

  /** Sees that both ways give the same tokens, in the precision in which that can be expected. */
  private void check(Path folderOfModel) {
    say.accept("three beams in single precision, both ways: the same tokens?");
    try (LlamaModel model = loader.load(folderOfModel, device, Precision.F32, context)) {
      FusionComparison comparison = new FusionComparison(model, plan.rows());
      List<Prompt> prompts = comparison.prompts(plan.checked());
      long same = comparison.own(prompts, context).same(comparison.padded(prompts, context));
      if (same < prompts.size()) {
        throw new CapbenchException(
            "Only %d of %d prompts give the same tokens both ways: the figures compare nothing."
                .formatted(same, prompts.size()));
      }
    }
  }

  /** Many rows with three beams, in bfloat16, both ways. */
  private void beams(Path folderOfModel) {
    String what = "three beams, %d prompts, %s, bf16".formatted(plan.prompts(), plan.name());
    say.accept(what);
    try (LlamaModel model = loader.load(folderOfModel, device, Precision.STORED, context)) {
      FusionComparison comparison = new FusionComparison(model, plan.rows());
      List<Prompt> prompts = comparison.prompts(plan.prompts());
      comparison.own(prompts.subList(0, 1), context); // the first time is slower
      Generated own = comparison.own(prompts, context);
      say.accept(what + ", the script's way");
      Generated padded = comparison.padded(prompts, context);
      double seconds = own.millis() / SECOND;
      cases.add(
          BenchCase.against(
              what,
              prompts.size() / seconds,
              "rows/s",
              prompts.size() / (padded.millis() / SECOND)));
      cases.add(BenchCase.alone("generated, " + what, own.tokens() / seconds, "tokens/s"));
      cases.add(
          BenchCase.alone(
              "rows with the same tokens both ways, bf16",
              100.0 * own.same(padded) / prompts.size(),
              "%"));
    }
  }
}
