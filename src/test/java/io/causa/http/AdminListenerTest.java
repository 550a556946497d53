package io.causa.http;

import static io.causa.http.AccessFixture.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.access.Right;
import io.causa.membership.ForgetOutcome;
import io.causa.node.config.NodeConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Administration at a listener of its own, and its record. */
class AdminListenerTest {

  private final AccessFixture tokens = new AccessFixture();

  @RegisterExtension
  final HttpFixture http =
      new HttpFixture(
          HttpFixture.LIMITS,
          Optional.of(new NodeConfig.Admin("127.0.0.1", 0)),
          HttpFixture.NO_TLS,
          tokens.access);

  private Reply askAdmin(String method, String target, String... headers) throws Exception {
    try (RawConnection connection = http.connectToAdmin()) {
      connection.write(HttpFixture.request(method, target, null, headers));
      return connection.read(!method.equals("HEAD"));
    }
  }

  @Test
  void eachRouteIsServedWhereItBelongs() throws Exception {
    Edge edge = new Edge(null, HttpFixture.LIMITS, null, null, null, null);
    for (Route route : Routes.of(edge).routes()) {
      String target = route.path().replaceAll("\\{[a-z]+}", "x");
      String method = route.method().name();
      boolean admin = route.right() == Right.ADMIN;

      Reply atData = http.send(method, target, null, bearer(tokens.admin));
      Reply atAdmin = askAdmin(method, target, bearer(tokens.admin));

      assertThat(atData.status() == 421).as("%s %s at data", method, target).isEqualTo(admin);
      assertThat(atAdmin.status() == 421)
          .as("%s %s at admin", method, target)
          .isEqualTo(route.data());
    }
  }

  @Test
  void theWrongListenerSaysWhichIsRight() throws Exception {
    Reply atData = http.get("/admin/held", bearer(tokens.admin));
    Reply atAdmin = askAdmin("GET", "/kv/a", bearer(tokens.admin));

    assertThat(atData.problem()).isEqualTo("wrong-listener");
    assertThat(atData.detail()).contains("admin.port");
    assertThat(atAdmin.detail()).contains("http.port");
  }

  @Test
  void theListenerOfAdministrationAsksWhoTheyAre() throws Exception {
    assertThat(askAdmin("GET", "/admin/held").status()).isEqualTo(401);
    assertThat(askAdmin("GET", "/admin/held", bearer(tokens.writer)).status()).isEqualTo(403);
    assertThat(askAdmin("GET", "/admin/held", bearer(tokens.admin)).status()).isEqualTo(200);
  }

  @Test
  void everyActIsOnRecord() throws Exception {
    ListAppender<ILoggingEvent> record = new ListAppender<>();
    record.start();
    Logger log = (Logger) LoggerFactory.getLogger("causa.audit");
    Level level = log.getLevel();
    log.setLevel(Level.INFO);
    log.addAppender(record);
    http.node.forgetting = name -> new ForgetOutcome.Forgotten(FakeNode.PEER);
    try {
      askAdmin("DELETE", "/admin/members/node2", bearer(tokens.admin));
      askAdmin("DELETE", "/admin/members/node2", bearer(tokens.reader));
      askAdmin("DELETE", "/admin/members/node2");
      askAdmin("GET", "/admin/held", bearer(tokens.admin));
    } finally {
      log.detachAppender(record);
      log.setLevel(level);
    }

    List<String> lines = record.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("who=\"token " + tokens.admin.substring(6, 16))
        .contains("what=\"DELETE /admin/members/node2\"")
        .contains("from=127.0.0.1:")
        .endsWith("result=200")
        .doesNotContain(tokens.admin.substring(17));
    assertThat(lines.get(1)).endsWith("result=403 forbidden");
  }
}
