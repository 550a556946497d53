package io.causa.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names the node answers to, and which pages may change what it holds. */
class BrowserRulesTest {

  private static final String OWN = "http://127.0.0.1:5001";

  private final HostRules hosts = HostRules.names(List.of("causa.example", "Node1"));
  private final OriginRules origins = new OriginRules(List.of("https://App.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "app.localhost",
        "127.0.0.1",
        "127.1.2.3",
        "[::1]",
        "::1",
        "10.1.2.3",
        "[2001:db8::1]",
        "causa.example",
        "CAUSA.example.",
        "node1"
      })
  void addressesAndOwnNamesAreAllowed(String host) {
    assertThat(hosts.permits(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "x.causa.example",
        "notlocalhost",
        "1.2.3",
        "",
        "node2",
        "127.0.0.1evil"
      })
  void otherNamesAreNot(String host) {
    assertThat(hosts.permits(host)).isFalse();
    assertThat(HostRules.any().permits(host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.9.9.9, true",
    "localhost, true",
    "::1, true",
    "[::1], true",
    "0:0:0:0:0:0:0:1, true",
    "0.0.0.0, false",
    "::, false",
    "10.0.0.1, false",
    "node1, false",
    "127.evil.example, false",
    "::ffff:10.0.0.1, false",
    "2001:db8::1, false"
  })
  void onlyTheLoopbackIsTheLoopback(String host, boolean loopback) {
    assertThat(HostName.isLoopback(host)).isEqualTo(loopback);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:5001,,, true",
    "https://app.example,,cross-site, true",
    ",,, true",
    ",,none, true",
    ",,same-origin, true",
    ",http://127.0.0.1:5001/status,, true",
    ",https://app.example/page,, true",
    "null,,, false",
    "https://evil.example,,, false",
    "https://evil.example,http://127.0.0.1:5001/,same-origin, false",
    "https://127.0.0.1:5001,,, false",
    "http://127.0.0.1:5002,,, false",
    "https://app.example.evil.example,,, false",
    ",,cross-site, false",
    ",,same-site, false",
    ",https://evil.example/x,, false",
    ",https://evil.example,, false",
    ",http://127.0.0.1:5001.evil.example/,, false",
    ",https://evil.example/http://127.0.0.1:5001/,, false",
  })
  void onlyOwnAndAllowedPagesMayChangeAnything(
      String origin, String referer, String site, boolean may) {
    assertThat(origins.mayChange(origin, referer, site, OWN)).isEqualTo(may);
  }

  @Test
  void anOriginHasNoPath() {
    assertThat(OriginRules.isOrigin("https://app.example:8443")).isTrue();
    assertThat(OriginRules.isOrigin("https://app.example/")).isFalse();
    assertThat(OriginRules.isOrigin("app.example")).isFalse();
    assertThat(OriginRules.isOrigin("*")).isFalse();
    assertThat(OriginRules.isOrigin("null")).isFalse();
  }
}
