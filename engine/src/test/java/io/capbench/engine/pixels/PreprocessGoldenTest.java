package io.capbench.engine.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.golden.GoldenTensors;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.image.ImageSamples;
import io.capbench.storage.image.SampleDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against open_clip's image_transform with Pillow 9.4; see golden/README.md. */
final class PreprocessGoldenTest {
  private final GoldenTensors expected = new GoldenTensors("preprocess/expected.safetensors");

  @TestFactory
  Stream<DynamicTest> imagesBecomeTheTensorsOfTheOriginal() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(file("cases.json"));
    return StreamSupport.stream(cases.get("cases").spliterator(), false)
        .map(one -> DynamicTest.dynamicTest(one.get("key").asText(), () -> check(one)));
  }

  private void check(JsonNode one) throws Exception {
    PreprocessConfig config =
        new PreprocessConfig(
            one.get("image_size").asInt(),
            numbers(one.get("mean")),
            numbers(one.get("std")),
            Interpolation.valueOf(one.get("interpolation").asText().toUpperCase(Locale.ROOT)),
            ResizeMode.valueOf(one.get("resize_mode").asText().toUpperCase(Locale.ROOT)),
            0);
    ImageBytes image = new ImageInspector().inspect(file(one.get("file").asText()), "golden");

    PixelTensor tensor = new ImageTransform(config).apply(image);

    assertThat(tensor.values())
        .containsExactly(expected.floats(one.get("key").asText() + ".pixel_values"));
  }

  @TestFactory
  Stream<DynamicTest> imagesAreDecodedAsPillowDecodesThem() {
    return Stream.of(
            "landscape.png",
            "photo.jpg",
            "square.png",
            "gray.png",
            "rgba.png",
            "palette.png",
            "tiny.png")
        .map(file -> DynamicTest.dynamicTest(file, () -> checkDecoded(file)));
  }

  private void checkDecoded(String file) throws Exception {
    ImageSamples samples =
        new SampleDecoder().decode(new ImageInspector().inspect(file(file), file));
    Colours colours = new Colours(samples);
    byte[] rgb = new byte[3 * samples.width() * samples.height()];
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = colours.rgb(samples.values(), i * samples.kind().channels());
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }

    assertThat(rgb)
        .containsExactly(expected.bytes(file.substring(0, file.indexOf('.')) + ".decoded_rgb"));
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in =
        PreprocessGoldenTest.class.getResourceAsStream("/golden/preprocess/" + name)) {
      return in.readAllBytes();
    }
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble).toList();
  }
}
