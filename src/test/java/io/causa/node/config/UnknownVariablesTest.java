package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownVariablesTest {
  @Test
  void aMisspeltSettingIsAWarningWithTheNearestName() {
    UnknownVariables unknown = UnknownVariables.in(Map.of("CAUSA_HTTP_PROT", "5001"));

    assertThat(unknown.warnings())
        .containsExactly(
            "there is no environment variable CAUSA_HTTP_PROT, it changes nothing; did you mean"
                + " CAUSA_HTTP_PORT?");
    assertThat(unknown.hint()).isEmpty();
  }

  @Test
  void settingsAndVariablesOfOtherProgramsAreNotUnknown() {
    Map<String, String> environment =
        Map.of("CAUSA_HTTP_PORT", "1", "CAUSA_JAVA_OPTS", "-Xmx1g", "CAUSA_NODE", "x", "PATH", "y");

    assertThat(UnknownVariables.in(environment).warnings()).isEmpty();
    assertThat(UnknownVariables.in(environment).hint()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CAUSA_SERVICE_HOST, 10.0.0.1",
    "CAUSA_SERVICE_PORT, 5001",
    "CAUSA_SERVICE_PORT_HTTP, 5001",
    "CAUSA_PORT, tcp://10.0.0.1:5001",
    "CAUSA_PORT_5001_TCP, tcp://10.0.0.1:5001",
    "CAUSA_PORT_5001_TCP_ADDR, 10.0.0.1",
    "CAUSA_PORT_5001_TCP_PORT, 5001",
    "CAUSA_PORT_5001_TCP_PROTO, tcp",
    "CAUSA_MAIN_PORT_53_UDP_ADDR, 10.0.0.1"
  })
  void variablesOfAServiceAreAHint(String name, String text) {
    UnknownVariables unknown = UnknownVariables.in(Map.of(name, text));

    assertThat(unknown.warnings()).isEmpty();
    assertThat(unknown.hint().orElseThrow())
        .startsWith(name + ": set by Kubernetes")
        .contains("enableServiceLinks: false");
  }

  @Test
  void allVariablesOfServicesAreOneHint() {
    Map<String, String> environment = new HashMap<>();
    environment.put("CAUSA_SERVICE_HOST", "10.0.0.1");
    environment.put("CAUSA_SERVICE_PORT", "5001");
    environment.put("CAUSA_PORT", "tcp://10.0.0.1:5001");

    assertThat(UnknownVariables.in(environment).hint().orElseThrow())
        .startsWith("CAUSA_PORT and 2 more: ");
  }

  @Test
  void aPlainPortIsAMisspeltSetting() {
    assertThat(UnknownVariables.in(Map.of("CAUSA_PORT", "5002")).warnings())
        .singleElement()
        .asString()
        .contains("CAUSA_PORT,")
        .endsWith("did you mean CAUSA_HTTP_PORT?");
  }
}
