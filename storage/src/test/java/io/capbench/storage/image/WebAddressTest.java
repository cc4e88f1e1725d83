package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.storage.image.ImageException.Reason;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://example.org/a.jpg, http://example.org/a.jpg",
    "HTTPS://Example.org:8443/a?b=c&d#part, https://Example.org:8443/a?b=c&d",
    "http://example.org, http://example.org",
    "http://example.org:/a, http://example.org/a",
    "http://example.org/a b|c[1].jpg, http://example.org/a%20b%7Cc%5B1%5D.jpg",
    "http://example.org/50%.jpg, http://example.org/50%25.jpg",
    "http://example.org/%41.jpg, http://example.org/%41.jpg",
    "http://example.org/猫.jpg, http://example.org/%E7%8C%AB.jpg",
    "http://bücher.example/a, http://xn--bcher-kva.example/a",
    "http://[2001:db8::1]:80/a, http://[2001:db8::1]:80/a"
  })
  void addressesAreReadAsBrowsersReadThem(String text, String expected) throws Exception {
    assertThat(WebAddress.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.org/a.jpg",
        "data:image/png;base64,AAAA",
        "jar:http://example.org/a.jar!/b",
        "http://user@example.org/a.jpg",
        "http://user:secret@example.org/a.jpg",
        "http://example.org/a\nHost: other",
        "http://example.org/\u0000"
      })
  void otherSchemesUsersAndControlCharactersAreRefused(String text) {
    WebTrouble trouble = trouble(text);
    assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
    assertThat(trouble.getMessage()).doesNotContain("\n", "\u0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.jpg",
        "//example.org/a",
        "http:",
        "http://",
        "http:///a.jpg",
        "http://:80/a",
        "http://example.org:99999/a",
        "http://example.org:0/a",
        "http://exa mple.org/a",
        "http://example.org\\@other.org/a",
        "http://[::1/a",
        "http://127.1/a"
      })
  void whatIsNoAddressIsNotFound(String text) {
    assertThat(trouble(text).reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.org/b, https://other.org/b",
    "//other.org/b, http://other.org/b",
    "/b c, http://example.org:81/b%20c",
    "b, http://example.org:81/x/b",
    "?q, http://example.org:81/x/?q"
  })
  void redirectsAreReadFromWhereTheyStand(String location, String expected) throws Exception {
    assertThat(WebAddress.parse("http://example.org:81/x/a").redirect(location))
        .hasToString(expected);
  }

  @Test
  void aRedirectToAnotherSchemeIsRefused() throws Exception {
    WebAddress from = WebAddress.parse("http://example.org/a");
    WebTrouble trouble =
        catchThrowableOfType(WebTrouble.class, () -> from.redirect("file:///etc/passwd"));
    assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:a00:1::",
        "2001::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void addressesOfThisMachineAndItsNetworkAreNotPublic(String address) throws Exception {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::",
        "2606:4700::1111",
        "2a00::1"
      })
  void theirNeighboursArePublic(String address) throws Exception {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
  }

  private static WebTrouble trouble(String text) {
    WebTrouble trouble = catchThrowableOfType(WebTrouble.class, () -> WebAddress.parse(text));
    assertThat(trouble).isNotNull();
    return trouble;
  }
}
