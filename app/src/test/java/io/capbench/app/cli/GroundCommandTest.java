package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.weights.ModelAdvice;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundCommandTest {
  private static final String CAPTION = "A cat. A dog of 3.5 kg on a sofa.\nThe sofa is red";

  @TempDir Path folder;
  private Cli cli;
  private Path model;
  private Path image;

  @BeforeEach
  void makeModel() throws IOException {
    cli = new Cli(folder.resolve("home"));
    model = TinyClip.write(folder.resolve("tiny"), 1);
    BufferedImage picture = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(20, 10, 30, 40);
    graphics.dispose();
    image = folder.resolve("image.png");
    ImageIO.write(picture, "png", image.toFile());
  }

  private Result ground(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("ground", "--image", image, "--caption", CAPTION, "--model", model));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray());
  }

  private JsonNode json(Object... more) throws IOException {
    Object[] arguments = new Object[more.length + 1];
    System.arraycopy(more, 0, arguments, 0, more.length);
    arguments[more.length] = "--json";
    Result result = ground(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.json();
  }

  @Test
  void jsonHasTheFieldsThatScriptsRead() throws IOException {
    JsonNode report = json();
    assertThat(Cli.fields(report))
        .contains("model", "method", "grid", "subCaptions")
        .startsWith("model", "method");
    assertThat(report.path("method").textValue()).isEqualTo("relevance-last");
    assertThat(report.path("grid").toString()).isEqualTo("[4,4]");
    assertThat(report.path("subCaptions")).hasSize(3);
    for (JsonNode part : report.path("subCaptions")) {
      assertThat(Cli.fields(part))
          .contains("text", "start", "end", "similarity", "relevance", "weights");
      assertThat(part.path("relevance")).hasSize(TinyClip.GRID * TinyClip.GRID);
      assertThat(part.path("weights")).hasSize(TinyClip.GRID * TinyClip.GRID);
      assertThat(part.path("text").textValue())
          .isEqualTo(CAPTION.substring(part.path("start").intValue(), part.path("end").intValue()));
      double sum = 0;
      for (JsonNode weight : part.path("weights")) {
        sum += weight.doubleValue();
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
    assertThat(report.at("/subCaptions/1/text").textValue())
        .isEqualTo("A dog of 3.5 kg on a sofa.");
    assertThat(report.path("region").toString())
        .as("the square in the middle")
        .isEqualTo("[0.16666666666666666,0.0,0.6666666666666666,1.0]");
  }

  @Test
  void everyMethodHasItsNamesAndItsMap() throws IOException {
    assertThat(json("--method", "last")).isEqualTo(json());
    assertThat(json("--method", "chefer")).isEqualTo(json());
    JsonNode all = json("--method", "all");
    assertThat(all.path("method").textValue()).isEqualTo("relevance-all");
    assertThat(all.at("/subCaptions/0/relevance")).isNotEqualTo(relevance());
    assertThat(json("--method", "relevance-last", "--from-block", 0).at("/subCaptions/0/relevance"))
        .isEqualTo(all.at("/subCaptions/0/relevance"));
    JsonNode filip = json("--method", "filip");
    assertThat(filip.path("method").textValue()).isEqualTo("patch-similarity");
    JsonNode attention = json("--method", "attention");
    assertThat(attention.path("method").textValue()).isEqualTo("cls-attention");
    assertThat(attention.at("/subCaptions/0/relevance"))
        .as("the same for every sub-caption")
        .isEqualTo(attention.at("/subCaptions/2/relevance"));
    JsonNode grouping = json("--method", "GROUPING", "--sigma", "0.5");
    assertThat(grouping.at("/subCaptions/0/relevance"))
        .as("what grouping starts from")
        .isEqualTo(filip.at("/subCaptions/0/relevance"));
    assertThat(grouping.path("sigma").textValue()).isEqualTo("0.5");
    assertThat(grouping.at("/subCaptions/0/weights"))
        .isNotEqualTo(filip.at("/subCaptions/0/weights"));
    assertThat(grouping.at("/subCaptions/0/weights"))
        .anySatisfy(weight -> assertThat(weight.doubleValue()).isZero());
  }

  private JsonNode relevance() throws IOException {
    return json().at("/subCaptions/0/relevance");
  }

  @Test
  void theRuleOfDreamlipCutsAtEveryFullStop() throws IOException {
    List<String> texts = new ArrayList<>();
    json("--sub-captions", "dreamlip")
        .path("subCaptions")
        .forEach(part -> texts.add(part.path("text").textValue()));
    assertThat(texts).hasSize(4).anySatisfy(text -> assertThat(text).startsWith("5 kg"));
  }

  @Test
  void peopleGetATableOfSafeText() {
    Result result = ground();
    assertThat(result.out()).contains("similarity", "A dog of 3.5 kg on a sofa.", " %");
    Result odd =
        cli.run("ground", "--image", image, "--caption", "a \u001b[2J cat", "--model", model);
    assertThat(odd.out()).contains("\\u001b").doesNotContain("\u001b");
  }

  @Test
  void thePictureHasATileForEverySubCaption() throws IOException {
    Path png = folder.resolve("out.png");
    Files.writeString(png, "an older picture");
    assertThat(ground("--png", png).code()).isZero();
    BufferedImage picture = ImageIO.read(png.toFile());
    assertThat(picture.getWidth()).isGreaterThan(2 * 200);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    Result nowhere = ground("--png", folder.resolve("none/out.png"));
    assertThat(nowhere.code()).isEqualTo(ExitCode.FAILED);
    assertThat(nowhere.err()).contains("none/out.png");
  }

  @Test
  void whatDoesNotGoIsRefusedInWords() throws IOException {
    assertThat(ground("--method", "magic").code()).isEqualTo(ExitCode.USAGE);
    assertThat(ground("--method", "grouping", "--from-block", 1).err()).contains("--from-block");
    assertThat(ground("--sigma", "2").code()).isEqualTo(ExitCode.USAGE);
    assertThat(ground("--sigma", "2").err()).contains("Sigma");
    assertThat(ground("--from-block", 9).err()).contains("no block 9", "0 to 1");
    assertThat(cli.run("ground", "--image", image, "--caption", " \n ", "--model", model).code())
        .isEqualTo(ExitCode.USAGE);
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture at all");
    assertThat(cli.run("ground", "--image", text, "--caption", "a", "--model", model).err())
        .contains("text.jpg")
        .doesNotContain("Exception");
    assertThat(
            cli.run("ground", "--image", folder.resolve("x"), "--caption", "a", "--model", model)
                .err())
        .contains("x does not exist");
    assertThat(cli.run("ground", "--image", folder, "--caption", "a", "--model", model).err())
        .contains("is a folder");
  }

  @Test
  void aPictureNeverTakesThePlaceOfAFolder() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Result refused = ground("--png", empty);
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("empty is a folder");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aModelMaySayHowItIsBestLookedWith() throws IOException {
    JsonNode usual = json();
    new ModelAdvice("It only knows boats.", "patch-similarity", 0.0).write(model);

    Result result = ground("--json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).isEqualTo("capbench: tiny: It only knows boats.\n");
    JsonNode report = result.json();
    assertThat(report.path("method").textValue()).isEqualTo("patch-similarity");
    assertThat(weak(report)).as("all but the best are below a margin of 0").hasSize(2);
    assertThat(weak(usual)).as("similarities of a tiny model are near").isEmpty();
    JsonNode named = ground("--json", "--method", "relevance-last").json();
    assertThat(named.at("/subCaptions/0/relevance"))
        .isEqualTo(usual.at("/subCaptions/0/relevance"));
  }

  private static List<String> weak(JsonNode report) {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : report.path("subCaptions")) {
      if (part.path("weak").booleanValue()) {
        texts.add(part.path("text").textValue());
      }
    }
    return texts;
  }

  @Test
  void aModelThatSaysWhatIsNotPossibleIsRefusedWithTheFile() throws IOException {
    Path said = model.resolve(ModelAdvice.FILE);
    Files.writeString(said, "{\"grounding_method\": \"magic\"}");
    assertThat(ground().code()).isEqualTo(ExitCode.FAILED);
    assertThat(ground().err()).contains(said.toString(), "\"magic\"", "relevance-last");
    Files.writeString(said, "{\"weak_margin\": -1}");
    assertThat(ground().code()).isEqualTo(ExitCode.FAILED);
    assertThat(ground().err()).contains(said.toString(), "weak_margin -1");
  }
}
