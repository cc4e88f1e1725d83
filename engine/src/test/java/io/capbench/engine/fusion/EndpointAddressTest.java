package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndpointAddressTest {

  @Test
  void anAddressIsUnderstoodHoweverMuchOfItIsGiven() {
    for (String text :
        List.of("http://h:8000", "http://h:8000/", "http://h:8000/v1", "http://h:8000/v1/")) {
      EndpointAddress address = EndpointAddress.of(text, null);
      assertThat(address.of(EndpointApi.COMPLETIONS)).hasToString("http://h:8000/v1/completions");
      assertThat(address.of(EndpointApi.CHAT)).hasToString("http://h:8000/v1/chat/completions");
      assertThat(address.api()).isNull();
      assertThat(address.host()).isEqualTo("h:8000");
    }
    EndpointAddress chat = EndpointAddress.of("https://h/api/chat/completions", null);
    assertThat(chat.root()).hasToString("https://h/api");
    assertThat(chat.api()).isEqualTo(EndpointApi.CHAT);
    assertThat(EndpointAddress.of("https://h/v1/completions", null).api())
        .isEqualTo(EndpointApi.COMPLETIONS);
    assertThat(EndpointAddress.of("https://h/v1", EndpointApi.CHAT).api())
        .isEqualTo(EndpointApi.CHAT);
  }

  @Test
  void whatIsNoAddressOrMayHoldAKeyIsRefusedWithoutRepeatingIt() {
    for (String text :
        List.of(
            "h:8000",
            "ftp://h/",
            "file:///etc",
            "http://",
            "http://u:secret@h/",
            "http://h/?key=secret",
            "not an address secret")) {
      assertThatThrownBy(() -> EndpointAddress.of(text, null))
          .as(text)
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("http://localhost:8000/v1")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aKeyComesFromAVariableThatHasOne() {
    assertThat(ApiKey.from("K", Map.of("K", " abc\n")).header()).isEqualTo("Bearer abc");
    assertThatThrownBy(() -> ApiKey.from("K", Map.of()))
        .hasMessageContaining("variable K has no key");
    assertThatThrownBy(() -> ApiKey.from("K", Map.of("K", "two\nlines")))
        .hasMessageContaining("no key has")
        .hasMessageNotContaining("lines");
  }

  @Test
  void delaysDoubleUpToHalfAMinute() {
    RetryDelay delay = new RetryDelay(Duration.ofMillis(500));

    assertThat(delay.before(0)).isEqualTo(Duration.ofMillis(500));
    assertThat(delay.before(3)).isEqualTo(Duration.ofSeconds(4));
    assertThat(delay.before(1_000)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2024-03-01T12:00:00Z");

    assertThat(RetryDelay.retryAfter(" 17 ", now)).isEqualTo(Duration.ofSeconds(17));
    assertThat(RetryDelay.retryAfter("Fri, 01 Mar 2024 12:01:00 GMT", now))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryDelay.retryAfter("Fri, 01 Mar 2024 11:00:00 GMT", now)).isZero();
    for (String nothing : List.of("", "soon", "-1", "1.5", "99999999999")) {
      assertThat(RetryDelay.retryAfter(nothing, now)).as(nothing).isNull();
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new EndpointOptions(0, 1, second, 0, second))
        .hasMessageContaining("0 new tokens");
    assertThatThrownBy(() -> new EndpointOptions(1, 257, second, 0, second))
        .hasMessageContaining("257 requests");
    assertThatThrownBy(() -> new EndpointOptions(1, 1, Duration.ZERO, 0, second))
        .hasMessageContaining("needs time");
  }
}
