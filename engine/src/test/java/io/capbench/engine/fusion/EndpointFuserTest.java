package io.capbench.engine.fusion;

import static io.capbench.engine.fusion.FaultyServer.cut;
import static io.capbench.engine.fusion.FaultyServer.events;
import static io.capbench.engine.fusion.FaultyServer.status;
import static io.capbench.engine.fusion.FaultyServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server on this machine that does all that servers do. */
final class EndpointFuserTest {
  private static final String SECRET = "sk-very-secret-1234";
  private static final CaptionPair PAIR = new CaptionPair("Nikon D850", "a camera");
  private static final EndpointOptions OPTIONS =
      new EndpointOptions(80, 4, Duration.ofMinutes(5), 3, Duration.ofMillis(1));

  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theExactPromptIsSentAndTheTextComesBack() {
    server.next(text(" A Nikon D850 camera. "));

    FusedCaption fused = fuse(fuser("capsfus", null));

    assertThat(fused.text()).isEqualTo("A Nikon D850 camera.");
    assertThat(fused.tokenIds()).isEmpty();
    assertThat(fused.score()).isNaN();
    assertThat(fused.promptTokens()).isEqualTo(7);
    assertThat(fused.finish()).isEqualTo(Finish.EOS);
    FaultyServer.Asked asked = server.asked().get(0);
    assertThat(asked.path()).isEqualTo("/v1/completions");
    assertThat(asked.prompt()).isEqualTo(FusionPrompt.capsFusion().of("Nikon D850", "a camera"));
    assertThat(asked.body().path("model").asText()).isEqualTo("capsfus");
    assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(80);
    assertThat(asked.body().path("temperature").asDouble(1)).isZero();
    assertThat(asked.authorization()).isEmpty();
  }

  @Test
  void aServerThatOnlyChatsIsAskedInThatWayFromThenOn() {
    server.next(status(404, "{\"error\": \"unknown\"}"), text("one"), text("two"));
    EndpointFuser fuser = fuser(OPTIONS, null);

    assertThat(fuse(fuser).text()).isEqualTo("one");
    assertThat(fuse(fuser).text()).isEqualTo("two");

    assertThat(server.asked())
        .extracting(FaultyServer.Asked::path)
        .containsExactly("/v1/completions", "/v1/chat/completions", "/v1/chat/completions");
    assertThat(server.asked().get(1).prompt()).startsWith("Please merge").endsWith("Sentence:");
  }

  @Test
  void textIsShownAsItComesWhereverItIsCut() {
    List<String> parts = new ArrayList<>();
    server.next(
        events(
            "data: {\"choices\": [{\"text\": \"A c",
            "at \u732b\"}]}\n\ndata: {\"choices\": [{\"text\": \" sits\"}]}\n\n: still here\n\n",
            "data: {\"choices\": [{\"text\": \".\", \"finish_reason\": \"length\"}]}\n\ndata: [DONE]\n\n"));

    FusedCaption fused = fuser(OPTIONS, null).fuse(PAIR, parts::add, JobContext.unwatched());

    assertThat(fused.text()).isEqualTo("A cat \u732b sits.");
    assertThat(fused.finish()).isEqualTo(Finish.LENGTH);
    assertThat(parts).last().isEqualTo("A cat \u732b sits.");
    assertThat(parts).allMatch("A cat \u732b sits."::startsWith);
    assertThat(server.asked().get(0).body().path("stream").asBoolean()).isTrue();
  }

  @Test
  void whatMayPassIsTriedAgain() {
    server.next(
        status(500, "oh"),
        status(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "0"),
        cut("{\"choices\": [{\"text\": \"half"));
    assertThat(fuse(fuser(OPTIONS, null)).text()).isEqualTo("a fused caption");

    server.next(
        status(200, "<html>not JSON"),
        status(200, "{\"choices\": []}"),
        events("data: {\"choices\": [{\"text\": \"breaks o\"}]}\n\n"));
    assertThat(fuse(fuser(OPTIONS, null)).text()).isEqualTo("a fused caption");
    assertThat(server.asked()).hasSize(8);
  }

  @Test
  void anAnswerLongerThanAnyCaptionIsNotReadToItsEnd() {
    String event = ": %s\n\n".formatted("nothing ".repeat(1 << 16));
    server.next(
        events(IntStream.range(0, 10).mapToObj(i -> event).toArray(String[]::new)),
        status(200, " ".repeat((4 << 20) + 1)));
    EndpointOptions once = new EndpointOptions(80, 1, Duration.ofMinutes(5), 0, Duration.ZERO);

    assertThat(all(fuser(once, null), "streamed", "whole"))
        .allSatisfy(
            (row, reason) ->
                assertThat(reason).contains("breaks off: the answer is longer than 4 MB"));
  }

  @Test
  void whatDoesNotPassIsAReasonAndTheOtherRowsGoOn() {
    server.always(
        exchange -> {
          String prompt = server.asked().get(server.asked().size() - 1).prompt();
          (prompt.contains("bad") ? status(500, "it broke") : text("fine")).to(exchange);
        });
    EndpointOptions one = new EndpointOptions(80, 1, Duration.ofMinutes(5), 2, Duration.ZERO);

    Map<String, String> results = all(fuser(one, null), "good", "bad", "better");

    assertThat(results.get("good")).isEqualTo("fine");
    assertThat(results.get("better")).isEqualTo("fine");
    assertThat(results.get("bad")).isEqualTo("!The server answers 500: it broke (asked 3 times)");
    assertThat(server.asked()).hasSize(5);
  }

  @Test
  void aSlowAnswerIsGivenUp() {
    server.next(server.silence(), server.silence());
    EndpointOptions quick = new EndpointOptions(80, 1, Duration.ofMillis(300), 1, Duration.ZERO);

    // Whether the next row is answered in so short a time is up to the machine.
    assertThat(all(fuser(quick, null), "slow", "next"))
        .containsKey("next")
        .hasEntrySatisfying("slow", reason -> assertThat(reason).contains("has not answered"));
  }

  @Test
  void requestsAreOnTheirWayTogetherButNeverMoreThanAllowed() {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    AtomicInteger ahead = new AtomicInteger();
    Iterator<KeyedPair<Integer>> pairs =
        IntStream.range(0, 60)
            .mapToObj(
                i -> {
                  ahead.accumulateAndGet(taken.incrementAndGet() - finished.get(), Math::max);
                  return new KeyedPair<>(i, new CaptionPair("raw " + i, "synthetic"));
                })
            .iterator();
    List<Integer> keys = new ArrayList<>();

    fuser(OPTIONS, null)
        .fuseAll(
            pairs,
            new FusionSink<Integer>() {
              @Override
              public void fused(Integer key, FusedCaption caption) {
                finished.incrementAndGet();
                keys.add(key);
              }

              @Override
              public void failed(Integer key, String reason) {
                throw new AssertionError(reason);
              }
            },
            JobContext.unwatched());

    assertThat(keys).hasSize(60).doesNotHaveDuplicates();
    assertThat(server.most()).isLessThanOrEqualTo(4);
    // A stream looks one element ahead.
    assertThat(ahead.get()).isLessThanOrEqualTo(6);
  }

  @Test
  void theKeyGoesToTheServerAndNowhereElse() {
    server.next(text("ok"), status(400, "{\"error\": {\"message\": \"You sent " + SECRET + "\"}}"));
    EndpointFuser fuser = fuser(OPTIONS, key());

    assertThat(fuse(fuser).text()).isEqualTo("ok");
    assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer " + SECRET);
    assertThat(all(fuser, "one").get("one")).contains("You sent [key]").doesNotContain(SECRET);
    assertThat(fuser.description().toString()).doesNotContain(SECRET);
    assertThat(key().toString()).doesNotContain("secret");
  }

  @Test
  void aRedirectIsNotFollowedSoThatTheKeyStays() throws IOException {
    try (FaultyServer other = new FaultyServer()) {
      server.always(status(307, "", "Location", other.url() + "/v1/completions"));

      assertThatThrownBy(() -> fuse(fuser(OPTIONS, key())))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("sends requests on to " + other.url());
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void aServerThatRefusesEverybodyEndsTheWork() {
    server.always(status(401, "{\"error\": {\"message\": \"who are you\"}}"));

    assertThatThrownBy(() -> all(fuser(OPTIONS, null), "a", "b"))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("401: who are you")
        .hasMessageContaining("--api-key-env");
  }

  @Test
  void aWrongAddressIsSaidAtOnce() {
    server.always(status(404, "no such page"));
    assertThatThrownBy(() -> fuse(fuser(OPTIONS, null)))
        .hasMessageContaining("404: no such page")
        .hasMessageContaining("--model-name");

    String gone = server.url();
    server.close();
    EndpointFuser fuser = fuser(EndpointAddress.of(gone, null), OPTIONS, null, null);
    assertThatThrownBy(() -> fuse(fuser)).hasMessageContaining("Nothing answers at " + gone);
  }

  @Test
  void aServerThatIsGoneEndsTheWorkAndNotEveryRow() {
    server.always(status(503, ""));
    EndpointOptions once = new EndpointOptions(80, 1, Duration.ofMinutes(5), 0, Duration.ZERO);
    String[] rows = IntStream.range(0, 100).mapToObj(i -> "row " + i).toArray(String[]::new);

    assertThatThrownBy(() -> all(fuser(once, null), rows))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("20 rows, one after another");
    assertThat(server.asked()).hasSize(20);
  }

  @Test
  void aServerThatWantsToBeLeftAloneForLongEndsTheWork() {
    server.next(status(429, "", "Retry-After", "3600"));

    assertThatThrownBy(() -> fuse(fuser(OPTIONS, null)))
        .hasMessageContaining("alone for 60 minutes");
  }

  @Test
  void captionsThatCannotBeMergedAreNotSent() {
    Map<String, String> results =
        all(fuser(OPTIONS, null), " ", "New Sentence: x", "x".repeat(20_001));

    assertThat(results.values()).allMatch(result -> result.startsWith("!"));
    assertThat(results.get(" ")).contains("no raw caption");
    assertThat(results.get("New Sentence: x")).contains("part of the prompt");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void workThatIsCancelledEndsWhileTheServerIsStillAsked() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    server.always(
        exchange -> {
          context.cancel();
          server.silence().to(exchange);
        });

    assertThatThrownBy(() -> fuser(OPTIONS, null).fuse(PAIR, part -> {}, context))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void anIdentityTellsServersModelsAndPromptsApart() {
    FuserDescription one = fuser("a", null).description();
    FuserDescription other = fuser("b", null).description();

    assertThat(one.name()).isEqualTo("a");
    assertThat(one.sha256()).matches("[0-9a-f]{64}").isNotEqualTo(other.sha256());
    assertThat(one.promptSha256()).isEqualTo(FusionPrompt.capsFusion().sha256());
    assertThat(one.device()).startsWith("127.0.0.1:");
  }

  private FusedCaption fuse(EndpointFuser fuser) {
    return fuser.fuse(PAIR, part -> {}, JobContext.unwatched());
  }

  /** Fuses rows by their raw captions; what failed has a mark before its reason. */
  private static Map<String, String> all(EndpointFuser fuser, String... raws) {
    Map<String, String> results = new TreeMap<>();
    fuser.fuseAll(
        List.of(raws).stream()
            .map(raw -> new KeyedPair<>(raw, new CaptionPair(raw, "synthetic")))
            .iterator(),
        new FusionSink<String>() {
          @Override
          public void fused(String key, FusedCaption caption) {
            assertThat(results.put(key, caption.text())).isNull();
          }

          @Override
          public void failed(String key, String reason) {
            assertThat(results.put(key, "!" + reason)).isNull();
          }
        },
        JobContext.unwatched());
    return results;
  }

  private static ApiKey key() {
    return ApiKey.from("KEY", Map.of("KEY", SECRET));
  }

  private EndpointFuser fuser(@Nullable String model, @Nullable ApiKey key) {
    return fuser(EndpointAddress.of(server.url(), null), OPTIONS, model, key);
  }

  private EndpointFuser fuser(EndpointOptions options, @Nullable ApiKey key) {
    return fuser(EndpointAddress.of(server.url(), null), options, null, key);
  }

  private static EndpointFuser fuser(
      EndpointAddress address,
      EndpointOptions options,
      @Nullable String model,
      @Nullable ApiKey key) {
    return new EndpointFuser(address, model, key, FusionPrompt.capsFusion(), options, null);
  }
}
