package io.capbench.app.bench;

import io.capbench.engine.bench.FusionComparison;
import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusionPrompt;
import io.capbench.engine.fusion.LocalFuser;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.engine.fusion.LocalOptions;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What fusing holds in memory at most, and whether it grows. */
final class FusionMemory {
  private static final double MEGABYTE = 1e6;

  /** The tokenizer of the benchmark knows bytes only. */
  private static final int PROMPT_BYTES = 1024;

  private final Path folder;
  private final DeviceChoice device;
  private final JobContext context;
  private final Consumer<String> say;
  private final ResidentMemory memory = new ResidentMemory();

  FusionMemory(Path folder, DeviceChoice device, JobContext context, Consumer<String> say) {
    this.folder = folder;
    this.device = device;
    this.context = context;
    this.say = say;
  }

  /**
   * Loading a model and merging rows with three beams: the peak, and what of it is what.
   *
   * @param small is loaded before, so that PyTorch is there
   */
  List<BenchCase> peak(FusionPlan plan, Path model, Path small, LlamaLoader loader) {
    if (!memory.isToldTo(say)) {
      return List.of();
    }
    String what = "loading " + plan.name() + " and merging " + plan.rows() + " rows";
    say.accept(what);
    merge(small, loader, 1);
    System.gc();
    double before = memory.now().orElse(0);
    memory.forgetPeak();
    long cells = merge(model, loader, plan.rows());
    double most = memory.peak().orElse(0);
    double cache = plan.shape().cacheBytes(cells) / MEGABYTE;
    return List.of(
        BenchCase.alone("resident, peak, " + what, most, "MB"),
        BenchCase.alone("keys and values of " + plan.rows() + " rows", cache, "MB"),
        BenchCase.alone("resident before, with PyTorch", before, "MB"),
        BenchCase.against(
            "peak without both, and weights",
            most - cache - before,
            "MB",
            plan.shape().bytes() / MEGABYTE));
  }

  /** Loads a model and merges rows at the same time; how many tokens there was room for. */
  private long merge(Path model, LlamaLoader loader, int rows) {
    try (LlamaModel loaded = loader.load(model, device, Precision.STORED, context)) {
      FusionComparison comparison = new FusionComparison(loaded, rows);
      comparison.own(comparison.prompts(rows), context);
      return comparison.cells();
    }
  }

  /** Merging again and again: what is held at the end more than after the first hundred. */
  List<BenchCase> growth(Path model, int times) {
    if (!memory.isToldTo(say)) {
      return List.of();
    }
    String what = String.format("memory that %,d fusions leave behind", times);
    say.accept(what);
    LocalOptions original = LocalOptions.original();
    LocalOptions options =
        new LocalOptions(original.precision(), device, original.search(), PROMPT_BYTES, false, 1);
    LocalFuserLoader loader = new LocalFuserLoader(folder.resolve("cache"));
    try (LocalFuser fuser =
        loader.load(model, FusionPrompt.capsFusion(), options, JobContext.unwatched())) {
      return List.of(
          memory.growth(
              what,
              times,
              i -> {
                fuse(fuser, i);
                context.progress(i + 1L, times, "fusions");
              }));
    }
  }

  private void fuse(LocalFuser fuser, int number) {
    context.checkCancelled();
    CaptionPair pair = new CaptionPair("Mug no. " + number + " by Luna", "a mug on a table");
    fuser.fuse(pair, text -> {}, JobContext.unwatched());
  }
}
