package io.capbench.app.cli;

import io.capbench.app.picture.GroundingPicture;
import io.capbench.engine.explain.ClipGrounder;
import io.capbench.engine.explain.Grounder;
import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.GroundingMaps;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.explain.WeakGrounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.image.PixelDecoder;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Says where a model finds the parts of a caption in an image. */
@Command(
    name = "ground",
    description = {
      "Cuts a caption into sub-captions and says where in the image a CLIP model finds each.",
      "docs/grounding.md says what the methods are."
    },
    footer = {
      "",
      "Examples:",
      "  capbench ground --image cat.jpg --caption \"A cat. A red sofa.\" --model models/ViT-B-16",
      "  capbench ground --image cat.jpg --caption \"A cat. A red sofa.\" --model models/ViT-B-16"
          + " --method grouping --sigma 0.3 --json --png out.png"
    })
final class GroundCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      required = true,
      description = "The image: JPEG, PNG, GIF, BMP, WebP or TIFF.")
  private Path image = Path.of("");

  @Option(names = "--caption", paramLabel = "TEXT", required = true, description = "The caption.")
  private String caption = "";

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      converter = MethodConverter.class,
      description =
          "What to look at: relevance-last (the default unless the model says another),"
              + " relevance-all, grouping, patch-similarity, rollout or cls-attention.")
  private @Nullable GroundingMethod method;

  @Option(
      names = "--sub-captions",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      description =
          "How the caption is cut: sentences (the default), or dreamlip: at every line break, </s>"
              + " and full stop.")
  private SubCaptionRule rule = SubCaptionRule.SENTENCES;

  @Option(
      names = "--sigma",
      paramLabel = "X",
      converter = SigmaConverter.class,
      description =
          "Threshold of grouping, from 0 to below 1, or 1/P for one part in the number of patches"
              + " (the default).")
  private Sigma sigma = Sigma.ONE_OF_PATCHES;

  @Option(
      names = "--from-block",
      paramLabel = "N",
      description = "With relevance-...: the block from which relevance is propagated, from 0.")
  private @Nullable Integer fromBlock;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Write a picture of the image under the map of every sub-caption.")
  private @Nullable Path png;

  GroundCommand(Session session) {
    this.session = session;
  }

  /** Reads a method by its name or another name for it. */
  static final class MethodConverter implements ITypeConverter<GroundingMethod> {
    @Override
    public GroundingMethod convert(String text) {
      return named(GroundingMethod::of, text);
    }
  }

  /** Reads a rule by its name. */
  static final class RuleConverter implements ITypeConverter<SubCaptionRule> {
    @Override
    public SubCaptionRule convert(String text) {
      return named(SubCaptionRule::of, text);
    }
  }

  /** Reads a threshold. */
  static final class SigmaConverter implements ITypeConverter<Sigma> {
    @Override
    public Sigma convert(String text) {
      return named(Sigma::of, text);
    }
  }

  private static <T> T named(Function<String, T> names, String text) {
    try {
      return names.apply(text);
    } catch (CapbenchException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public Integer call() {
    GroundingAdvice advice = GroundingAdvice.of(model.path());
    MapChoice choice = choice(method == null ? advice.method() : method);
    List<SubCaption> parts = SubCaptions.split(caption, rule);
    if (parts.isEmpty()) {
      throw new UsageException("--caption has no words");
    }
    checkPicture();
    ImageBytes bytes = read();
    Grounding grounding;
    try (Grounder grounder =
        ClipGrounder.open(
            model.path(),
            model.device(),
            model.preset(),
            model.loader(session),
            session.context())) {
      grounding = grounder.ground(bytes, caption, parts, session.context());
      new GroundingPrinter(session.terminal(), json, advice)
          .print(grounder.model(), grounding, choice);
      model.tellNote(session);
    } catch (ImageException e) {
      throw unusable(e);
    }
    if (png != null) {
      draw(bytes, grounding, choice, png, advice.weakMargin());
    }
    return ExitCode.OK;
  }

  private MapChoice choice(GroundingMethod method) {
    if (fromBlock == null) {
      return new MapChoice(method, OptionalInt.empty(), sigma);
    }
    boolean relevance =
        method == GroundingMethod.RELEVANCE_LAST || method == GroundingMethod.RELEVANCE_ALL;
    if (!relevance || fromBlock < 0) {
      throw new UsageException("--from-block is 0 or more, and goes with relevance maps");
    }
    return new MapChoice(method, OptionalInt.of(fromBlock), sigma);
  }

  /** Before the model works for nothing. */
  private void checkPicture() {
    if (png == null) {
      return;
    }
    Path folder = png.toAbsolutePath().getParent();
    if (Files.isDirectory(png)) {
      throw new CapbenchException("The picture " + png + " is a folder. Name a file with --png.");
    }
    if (folder == null || !Files.isWritable(folder)) {
      throw new CapbenchException(
          "The picture "
              + png
              + " cannot be written: its folder "
              + (folder != null && Files.exists(folder) ? "is read-only" : "does not exist")
              + ". Name another file with --png.");
    }
  }

  private ImageBytes read() {
    String name = "The image " + image;
    if (!Files.isRegularFile(image)) {
      throw new CapbenchException(
          name
              + (Files.isDirectory(image) ? " is a folder" : " does not exist")
              + ". Name a file with --image.");
    }
    try (InputStream in = Files.newInputStream(image)) {
      return new ImageInspector().inspect(in.readNBytes((int) ImageInspector.MAX_BYTES + 1), name);
    } catch (IOException e) {
      throw new CapbenchException(name + " cannot be read: " + e + ". Name another file.", e);
    } catch (ImageException e) {
      throw unusable(e);
    }
  }

  private CapbenchException unusable(ImageException e) {
    return new CapbenchException(e.getMessage() + ". Name another image with --image.", e);
  }

  private void draw(
      ImageBytes bytes, Grounding grounding, MapChoice choice, Path file, double margin) {
    try {
      new GroundingPicture(grounding, choice, WeakGrounding.weak(grounding, margin))
          .write(
              new PixelDecoder().decode(bytes, GroundingPicture.LONGEST_SIDE),
              part -> GroundingMaps.map(grounding, part, choice),
              file);
    } catch (ImageException e) {
      throw unusable(e);
    }
  }
}
