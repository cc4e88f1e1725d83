package io.capbench.app.bench;

import io.capbench.app.bench.ClipPlan.Group;
import io.capbench.engine.bench.RandomClip;
import io.capbench.engine.bench.RelevanceComparison;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures grounding and scoring with models of published shapes and random weights: against the
 * notebook's way and against the bare model, in the same run. Not thread-safe.
 */
public final class ClipBench {
  private final Path folder;
  private final ClipPlan plan;
  private final DeviceChoice device;
  private final JobContext context;
  private final Consumer<String> say;
  private final ClipLoader loader;
  private final List<BenchCase> cases = new ArrayList<>();

  /**
   * A benchmark that has not begun.
   *
   * @param folder where its models are made, or are from an earlier run
   * @param context shows progress and stops it
   * @param say told what is measured, and what cannot be
   */
  public ClipBench(
      Path folder, ClipPlan plan, DeviceChoice device, JobContext context, Consumer<String> say) {
    this.folder = folder;
    this.plan = plan;
    this.device = device;
    this.context = context;
    this.say = say;
    this.loader = new ClipLoader(folder.resolve("cache"));
  }

  /**
   * Measures.
   *
   * @throws io.capbench.storage.model.CapbenchException if a model cannot be made or run, or if the
   *     two ways do not give the same numbers
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public List<BenchCase> run() {
    GroundingMemory memory = new GroundingMemory(loader, device, context, say);
    if (plan.groups().contains(Group.MEMORY)) {
      String last = List.copyOf(plan.shapes().keySet()).get(plan.shapes().size() - 1);
      RandomClip shape = plan.shapes().getOrDefault(last, RandomClip.SMALL);
      cases.addAll(memory.peak(last, shape, made(last, shape), plan.subCaptions()));
    }
    for (Map.Entry<String, RandomClip> shape : plan.shapes().entrySet()) {
      if (plan.groups().contains(Group.RELEVANCE)) {
        relevance(shape.getKey(), made(shape.getKey(), shape.getValue()));
      }
      if (plan.groups().contains(Group.SCORING)) {
        Path model = made(shape.getKey(), shape.getValue());
        ScoringCases scoring = new ScoringCases(folder, plan.images(), context, say);
        cases.add(scoring.run(shape.getKey(), model, loader, device));
      }
    }
    if (plan.groups().contains(Group.GROWTH)) {
      Path model = made("small", RandomClip.SMALL);
      cases.addAll(memory.growth(model, plan.groundings()));
    }
    return List.copyOf(cases);
  }

  private Path made(String name, RandomClip shape) {
    Path model = folder.resolve(name.replace('/', '-').toLowerCase(Locale.ROOT));
    context.checkCancelled();
    say.accept("a model of the shape of " + name + " in " + model);
    shape.write(model);
    return model;
  }

  private void relevance(String name, Path folderOfModel) {
    String what = "relevance maps of " + plan.subCaptions() + " sub-captions, " + name;
    say.accept(what);
    try (ClipModel model = loader.load(folderOfModel, device, null, context);
        RelevanceComparison comparison = new RelevanceComparison(model, plan.subCaptions())) {
      Timing forward = new Timing();
      Timing own = new Timing();
      RelevanceComparison.Own maps = comparison.own();
      for (int i = 0; i < plan.repetitions(); i++) {
        context.checkCancelled();
        forward.addNanos((long) (comparison.forward() * Timing.NANOS));
        maps = comparison.own();
        own.addNanos((long) (maps.millis() * Timing.NANOS));
      }
      say.accept(what + ", the notebook's way");
      double notebook = comparison.notebook(maps, context);
      cases.add(BenchCase.against(what, own.median(), notebook));
      cases.add(BenchCase.alone("image tower alone, " + name, forward.median(), "ms"));
    }
  }
}
