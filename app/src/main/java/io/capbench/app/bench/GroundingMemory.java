package io.capbench.app.bench;

import io.capbench.engine.bench.RandomClip;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.explain.ClipGrounder;
import io.capbench.engine.explain.Grounder;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What grounding holds in memory at most, and whether it grows. */
final class GroundingMemory {
  private static final double MEGABYTE = 1e6;

  private final ClipLoader loader;
  private final DeviceChoice device;
  private final JobContext context;
  private final Consumer<String> say;
  private final ResidentMemory memory = new ResidentMemory();

  GroundingMemory(
      ClipLoader loader, DeviceChoice device, JobContext context, Consumer<String> say) {
    this.loader = loader;
    this.device = device;
    this.context = context;
    this.say = say;
  }

  /** Loading a model and grounding a caption: the peak, and what of it is not weights. */
  List<BenchCase> peak(String name, RandomClip shape, Path model, int subCaptions) {
    if (!memory.isToldTo(say)) {
      return List.of();
    }
    String what = "loading " + name + " and grounding " + subCaptions + " sub-captions";
    say.accept(what);
    memory.forgetPeak();
    List<BenchCase> cases = new ArrayList<>();
    try (Grounder grounder = ClipGrounder.open(model, device, null, loader, context)) {
      ground(grounder, BenchImage.encoded(0), subCaptions);
      OptionalDouble peak = memory.peak();
      if (peak.isPresent()) {
        double weights = shape.bytes() / MEGABYTE;
        cases.add(BenchCase.alone("resident, peak, " + what, peak.getAsDouble(), "MB"));
        cases.add(
            BenchCase.alone("of that not weights, " + name, peak.getAsDouble() - weights, "MB"));
      }
    }
    return cases;
  }

  /** Grounding again and again: what is held at the end more than after the first hundred. */
  List<BenchCase> growth(Path model, int times) {
    if (!memory.isToldTo(say)) {
      return List.of();
    }
    String what = String.format("memory that %,d groundings leave behind", times);
    say.accept(what);
    ImageBytes image = BenchImage.encoded(0);
    try (Grounder grounder = ClipGrounder.open(model, device, null, loader, context)) {
      return List.of(
          memory.growth(
              what,
              times,
              i -> {
                ground(grounder, image, 2);
                context.progress(i + 1L, times, "groundings");
              }));
    }
  }

  private void ground(Grounder grounder, ImageBytes image, int subCaptions) {
    context.checkCancelled();
    String caption = "A small dog on a red sofa. ".repeat(subCaptions).strip();
    List<SubCaption> parts = SubCaptions.split(caption, SubCaptionRule.SENTENCES);
    try {
      grounder.ground(image, caption, parts, JobContext.unwatched());
    } catch (ImageException e) {
      throw new CapbenchException("The image of the benchmark does not decode", e);
    }
  }
}
