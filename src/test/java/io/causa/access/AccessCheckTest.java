package io.causa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {

  private final Token reader = token(1);
  private final Token writer = token(2);
  private final Token admin = token(3);
  private final AccessList list =
      new AccessList(
          List.of(
              entry(reader, new Grant(Role.READ, List.of("a/"))),
              entry(writer, new Grant(Role.WRITE, List.of())),
              entry(admin, Grant.ALL)),
          List.of(new CertificateEntry("CN=reports", new Grant(Role.READ, List.of()), "")));
  private final AccessCheck check = new AccessCheck();

  static Token token(int seed) {
    byte[] random = new byte[Token.RANDOM_BYTES];
    Arrays.fill(random, (byte) seed);
    return Token.of(random);
  }

  static TokenEntry entry(Token token, Grant grant) {
    return new TokenEntry(token.id(), new TokenHash().hex(token), grant, "", "");
  }

  private Verdict check(Right right, String authorization) {
    return check.check(list, right, authorization, null);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, OPEN READ",
    "WRITE, OPEN READ WRITE",
    "ADMIN, OPEN READ WRITE ADMIN",
  })
  void eachRoleIncludesTheOneBefore(Role role, String rights) {
    for (Right right : Right.values()) {
      assertThat(role.grants(right))
          .as("%s grants %s", role, right)
          .isEqualTo(List.of(rights.split(" ")).contains(right.name()));
    }
  }

  @Test
  void theBearerOfATokenMayWhatItGrants() {
    assertThat(check(Right.READ, "Bearer " + reader.text()))
        .isEqualTo(
            new Verdict.Allowed(
                new Identity("token " + reader.id(), new Grant(Role.READ, List.of("a/")))));
    assertThat(check(Right.WRITE, "bearer   " + writer.text())).isInstanceOf(Verdict.Allowed.class);
    assertThat(check(Right.WRITE, "Bearer " + reader.text())).isInstanceOf(Verdict.Lacking.class);
    assertThat(check(Right.ADMIN, "Bearer " + writer.text())).isInstanceOf(Verdict.Lacking.class);
    assertThat(check(Right.ADMIN, "Bearer " + admin.text())).isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void aKnownIdWithAnotherSecretIsWorthNothing() {
    Token stolenId = new Token(admin.id(), writer.secret());

    Verdict verdict = check(Right.READ, "Bearer " + stolenId.text());

    assertThat(verdict).isInstanceOf(Verdict.Wrong.class);
    assertThat(verdict.toString()).doesNotContain(writer.secret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer x", "Basic Y2F1c2E6Y2F1c2E=", "Token causa_"})
  void whatIsNoTokenIsWrongAndNotMissing(String authorization) {
    assertThat(check(Right.READ, authorization)).isInstanceOf(Verdict.Wrong.class);
  }

  @Test
  void everyCharacterOfTheSecretCounts() {
    String text = writer.text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'b' ? 'c' : 'b';
      String forged = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(check(Right.READ, "Bearer " + forged))
          .as(forged)
          .isInstanceOf(Verdict.Wrong.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Right.class)
  void withoutAnythingOnlyTheOpenIsAllowed(Right right) {
    assertThat(check(right, null))
        .isEqualTo(right == Right.OPEN ? new Verdict.Stranger() : new Verdict.Missing(right));
  }

  @Test
  void aCertificateCountsByItsSubject() {
    assertThat(check.check(list, Right.READ, null, "CN=reports"))
        .isInstanceOf(Verdict.Allowed.class);
    assertThat(check.check(list, Right.WRITE, null, "CN=reports"))
        .isInstanceOf(Verdict.Lacking.class);
    assertThat(check.check(list, Right.READ, null, "CN=reports,O=Other"))
        .isInstanceOf(Verdict.Wrong.class);
  }

  @Test
  void aTokenReadsBackAndShowsItsSecretOnlyWhenAsked() {
    assertThat(Token.parse(writer.text())).contains(writer);
    assertThat(writer.text()).hasSize(60).startsWith("causa_" + writer.id() + "_");
    assertThat(writer.toString()).doesNotContain(writer.secret());
    assertThat(Token.parse(" " + writer.text())).isEmpty();
  }

  @Test
  void aRevokedTokenIsUnknown() {
    AccessList fewer = list.without(writer.id()).orElseThrow();

    assertThat(check.check(fewer, Right.READ, "Bearer " + writer.text(), null))
        .isInstanceOf(Verdict.Wrong.class);
    assertThat(fewer.without(writer.id())).isEmpty();
  }

  @Test
  void aGrantCoversWhatBeginsWithItsPrefixes() {
    Grant limited = new Grant(Role.READ, List.of("a/", "b"));

    assertThat(limited.covers("a/1")).isTrue();
    assertThat(limited.covers("a/")).isTrue();
    assertThat(limited.covers("bc")).isTrue();
    assertThat(limited.covers("a")).isFalse();
    assertThat(limited.covers("")).isFalse();
    assertThat(limited.coversAll(List.of("a/1", "c"))).isFalse();
    assertThat(Grant.ALL.covers("")).isTrue();
  }

  @Test
  void whatCannotBeGrantedIsRefused() {
    assertThatThrownBy(() -> new Grant(Role.ADMIN, List.of("a/"))).hasMessageContaining("admin");
    assertThatThrownBy(() -> new Grant(Role.READ, List.of(""))).hasMessageContaining("empty");
    assertThatThrownBy(
            () -> new AccessList(list.tokens(), list.certificates()).with(list.tokens().get(0)))
        .hasMessageContaining("twice");
  }
}
