package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.weights.ModelAdvice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FuseCommandTest {
  private static final int ROWS = 700;

  @TempDir private Path folder;
  private final List<String> prompts = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private Cli cli;
  private Path workspace;
  private Path prompt;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(folder.resolve("home"));
    workspace = folder.resolve("w.capbench");
    prompt = Files.writeString(folder.resolve("prompt.txt"), "A: {raw}\nB: {synthetic}\nC:\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/completions", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Says the prompt's first sentence in capitals, and refuses what has "refuse" in it. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ObjectMapper json = new ObjectMapper();
      String asked = json.readTree(exchange.getRequestBody()).path("prompt").asText();
      prompts.add(asked);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      boolean refused = asked.contains("refuse");
      String raw = asked.lines().findFirst().orElse("").substring(3);
      String text = json.writeValueAsString(" " + raw.toUpperCase(Locale.ROOT) + ". ");
      byte[] bytes =
          (refused
                  ? "{\"error\": {\"message\": \"not that\"}}"
                  : "{\"choices\": [{\"finish_reason\": \"stop\", \"text\": " + text + "}]}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private Result fuse(Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("fuse", "--prompt", prompt, "--workspace", workspace));
    all.addAll(List.of(more));
    return cli.run(all.toArray());
  }

  @Test
  void valuesThatAreNotPossibleAreWrongArguments() {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("--beams", 0),
            List.of("--max-new", 0),
            List.of("--precision", "fp8"),
            List.of("--scoring", "best"),
            List.of("--prompt-tokens", 0),
            List.of("--rows-at-once", 300),
            List.of("--rows-at-once", 0))) {
      List<Object> words =
          new ArrayList<>(List.of("--raw", "x", "--synthetic", "y", "--model", folder));
      words.addAll(wrong);

      Result result = fuse(words.toArray());

      assertThat(result.code()).as(wrong.toString()).isEqualTo(2);
      assertThat(result.err()).as(wrong.toString()).containsPattern("Choose|1 or more");
    }
  }

  @Test
  void aModelThatCarriesAPromptIsGivenThatUnlessAnotherIsNamed() throws Exception {
    Path model = TinyLlama.write(folder.resolve("tiny"), 5);
    Files.writeString(model.resolve("fusion_prompt.txt"), "X: {raw}\nY: {synthetic}\n");
    Files.writeString(
        model.resolve("generation_config.json"),
        "{\"eos_token_id\": 2, \"num_beams\": 1, \"max_new_tokens\": 7}");
    Object[] row = {"--raw", "mug", "--synthetic", "a mug", "--model", model, "--json"};

    JsonNode own = ownPrompt(row);
    assertThat(own.path("promptTokens").intValue()).isEqualTo(1 + "X: mug\nY: a mug".length());
    assertThat(own.path("tokenIds").size()).isLessThanOrEqualTo(7);
    assertThat(own.path("model").path("decoding").asText()).contains("beams=1 max_new=7");

    JsonNode named = fuse(row).json();
    assertThat(named.path("promptTokens").intValue())
        .isEqualTo(1 + "A: mug\nB: a mug\nC:".length());
    assertThat(named.path("promptSha256")).isNotEqualTo(own.path("promptSha256"));

    List<Object> chosen = new ArrayList<>(List.of(row));
    chosen.addAll(List.of("--beams", 2, "--max-new", 5));
    assertThat(ownPrompt(chosen.toArray()).path("model").path("decoding").asText())
        .contains("beams=2 max_new=5");
  }

  private JsonNode ownPrompt(Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("fuse", "--workspace", workspace));
    all.addAll(List.of(more));
    Result result = cli.run(all.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return result.json();
  }

  @Test
  void aModelFusesOneRowAndSaysAllOfIt() throws Exception {
    Path model = TinyLlama.write(folder.resolve("tiny"), 5);
    Result result =
        fuse("--raw", "Nikon D850", "--synthetic", "a camera", "--model", model, "--json");

    assertThat(result.code()).as(result.err()).isZero();
    JsonNode json = result.json();
    assertThat(Cli.fields(json))
        .contains(
            "text",
            "tokenIds",
            "score",
            "promptTokens",
            "finish",
            "model",
            "promptSha256",
            "seconds",
            "flags");
    assertThat(json.path("tokenIds")).isNotEmpty();
    assertThat(json.path("tokenIds").size()).isLessThanOrEqualTo(80);
    assertThat(json.path("score").doubleValue()).isNegative();
    assertThat(json.path("promptTokens").intValue())
        .isEqualTo(1 + "A: Nikon D850\nB: a camera\nC:".length());
    assertThat(json.path("finish").textValue()).isIn("eos", "length");
    assertThat(Cli.fields(json.path("model"))).contains("name", "sha256", "dtype", "device");
    assertThat(json.at("/model/name").textValue()).isEqualTo("tiny");
    assertThat(json.path("flags").isArray()).isTrue();
    assertThat(
            fuse("--raw", "Nikon D850", "--synthetic", "a camera", "--model", model, "--json")
                .json()
                .path("tokenIds"))
        .isEqualTo(json.path("tokenIds"));
    assertThat(
            fuse("--raw", "x", "--synthetic", "y", "--model", model, "--beams", 1, "--json")
                .json()
                .path("score")
                .isNull())
        .isTrue();
  }

  @Test
  void aServerFusesOneRowWithAKeyThatNobodySees() throws Exception {
    String secret = System.getenv("PATH");
    Result result =
        fuse(
            "--raw",
            "Nikon",
            "--synthetic",
            "b",
            "--endpoint",
            url(),
            "--model-name",
            "m",
            "--api-key-env",
            "PATH",
            "--json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.json().path("text").textValue()).isEqualTo("NIKON.");
    assertThat(result.json().path("tokenIds").isNull()).isTrue();
    assertThat(result.json().path("score").isNull()).isTrue();
    assertThat(result.json().at("/model/name").textValue()).isEqualTo("m");
    assertThat(result.json().at("/model/dtype").isNull()).isTrue();
    assertThat(prompts).containsExactly("A: Nikon\nB: b\nC:");
    assertThat(keys).containsExactly("Bearer " + secret);
    assertThat(result.out() + result.err()).doesNotContain(secret);
    assertThat(fuse("--raw", "Nikon", "--synthetic", "b", "--endpoint", url()).out())
        .isEqualTo("NIKON.\n");
  }

  @Test
  void argumentsThatDoNotGoTogetherAreRefused() {
    assertThat(fuse("--raw", "a", "--model", "m").code()).isEqualTo(ExitCode.USAGE);
    assertThat(fuse("--raw", "a", "--synthetic", "b").code()).isEqualTo(ExitCode.USAGE);
    assertThat(fuse().code()).isEqualTo(ExitCode.USAGE);
    assertThat(fuse("--raw", "a", "--synthetic", "b", "--model", "m", "--endpoint", url()).code())
        .isEqualTo(ExitCode.USAGE);
    Result missing =
        fuse("--raw", "a", "--synthetic", "b", "--model", folder.resolve("no"), "--json");
    assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).contains("no has no config.json");
    Result key =
        fuse(
            "--raw",
            "a",
            "--synthetic",
            "b",
            "--endpoint",
            url(),
            "--api-key-env",
            "NO_SUCH_VARIABLE");
    assertThat(key.err()).contains("NO_SUCH_VARIABLE has no key");
    Path shard = folder.resolve("x.parquet");
    assertThat(fuse(shard, "--endpoint", url(), "--out", folder.resolve("x.txt")).err())
        .contains(".parquet, .jsonl or .json");
  }

  @Test
  void everyRowIsWrittenInOrderWithItsCaptionOrAReason() throws Exception {
    Path shard = dataset();
    for (String ending : List.of("parquet", "jsonl", "json")) {
      Path out = folder.resolve("out." + ending);
      Result result = fuse(shard, "--endpoint", url(), "--out", out, "--json");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.json().path("rows").intValue()).isEqualTo(ROWS);
      List<JsonNode> rows = read(out);
      assertThat(rows).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        check(rows.get(i), i);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part") || name.endsWith(".results"));
    }
  }

  private static void check(JsonNode row, int i) {
    assertThat(row.path("id").intValue()).isEqualTo(i);
    assertThat(row.path("laion_coco").textValue()).isEqualTo("a thing " + i);
    assertThat(row.path("input_fused").textValue()).isEqualTo("theirs");
    if (i % 100 == 7) {
      assertThat(row.path("fused").isNull()).isTrue();
      assertThat(row.path("fused_error").textValue()).contains("400: not that");
      assertThat(row.path("fused_flags").size()).isZero();
    } else if (i % 100 == 9) {
      assertThat(row.path("laion_2b").isNull()).isTrue();
      assertThat(row.path("fused_error").textValue()).contains("no raw caption");
    } else {
      assertThat(row.path("fused").textValue()).isEqualTo("RAW " + i + ".");
      assertThat(row.path("fused_error").isNull()).isTrue();
      assertThat(row.path("fused_flags").isArray()).isTrue();
    }
  }

  @Test
  void whatIsDoneIsNotDoneAgainAndWhatFailedIs() throws Exception {
    Path shard = dataset();
    fuse(shard, "--endpoint", url(), "--where", "id < 300");
    assertThat(prompts).hasSize(297);

    JsonNode second = fuse(shard, "--endpoint", url(), "--json").json();
    assertThat(second.path("kept").intValue()).isEqualTo(294);
    assertThat(second.path("fused").intValue()).isEqualTo(392);
    assertThat(second.path("failed").intValue()).isEqualTo(14);
    assertThat(prompts).hasSize(297 + 3 + 396);

    JsonNode other = fuse(shard, "--endpoint", url(), "--model-name", "other", "--json").json();
    assertThat(other.path("kept").intValue()).isZero();
    assertThat(other.path("track").textValue()).isEqualTo("fused (other)");
  }

  @Test
  void aCapsFusionFileHasTheFusedCaptionsUnderTheirName() throws Exception {
    Path shard = dataset();
    Path out = folder.resolve("out.json");
    fuse(shard, "--endpoint", url(), "--where", "id = 3", "--out", out);

    JsonNode row = read(out).get(3);
    assertThat(Cli.fields(row).subList(0, 2)).containsExactly("laion_2b", "laion_coco");
    assertThat(row.path("capsfusion").textValue()).isEqualTo("RAW 3.");
    assertThat(row.path("input_capsfusion").textValue()).isEqualTo("official");
    assertThat(read(out).get(4).path("capsfusion").isNull()).as("not asked for").isTrue();
    assertThat(read(out)).hasSize(ROWS);
  }

  @Test
  void aFileOfTheDatasetIsNeverReplaced() throws Exception {
    Path shard = dataset();
    byte[] before = Files.readAllBytes(shard);
    Result result = fuse(shard, "--endpoint", url(), "--out", shard);

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("never changed");
    assertThat(Files.readAllBytes(shard)).isEqualTo(before);
    assertThat(prompts).isEmpty();
  }

  /** Rows of which the 8th of a hundred is refused, and the 10th has no raw caption. */
  private Path dataset() throws Exception {
    return Shards.parquet(
        folder.resolve("rows.parquet"),
        "SELECT i::INTEGER AS id, CASE WHEN i % 100 = 9 THEN NULL WHEN i % 100 = 7 THEN 'refuse ' ||"
            + " i ELSE 'raw ' || i END AS laion_2b, 'a thing ' || i AS laion_coco, 'official' AS"
            + " capsfusion, 'theirs' AS fused FROM range("
            + ROWS
            + ") AS t(i)");
  }

  private static List<JsonNode> read(Path file) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    String name = file.toString();
    if (name.endsWith(".json")) {
      json.readTree(file.toFile()).forEach(rows::add);
    } else if (name.endsWith(".jsonl")) {
      for (String line : Files.readAllLines(file)) {
        rows.add(json.readTree(line));
      }
    } else {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT to_json(t) FROM '" + file + "' AS t")) {
        while (result.next()) {
          rows.add(json.readTree(result.getString(1)));
        }
      }
    }
    return rows;
  }

  @Test
  void whatItsMakerSaysOfAModelIsToldBesideTheCaption() throws Exception {
    Path model = TinyLlama.write(folder.resolve("tiny"), 5);
    Object[] row = {"--raw", "a", "--synthetic", "b", "--model", model, "--max-new", 3, "--json"};
    assertThat(fuse(row).err()).isEmpty();

    new ModelAdvice("It only knows boats.", null, null).write(model);

    Result told = fuse(row);
    assertThat(told.err()).isEqualTo("capbench: tiny: It only knows boats.\n");
    assertThat(told.out()).doesNotContain("boats");
  }
}
