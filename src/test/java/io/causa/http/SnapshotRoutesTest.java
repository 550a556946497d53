package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void severalKeysAreOneAnswerInTheOrderAskedFor() throws Exception {
    http.put("/kv/b", "{\"n\":1}", "Content-Type: application/json");
    http.put("/kv/a%20b", "ÿ", "Content-Type: application/x-raw");
    http.send("DELETE", "/kv/gone", null);

    Reply reply = http.get("/kv?key=b&key=a+b&key=gone");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(
            new JsonObject(
                """
                {"values":[
                  {"key":"b","value":{"n":1},"contentType":"application/json","version":"node1:1"},
                  {"key":"a b","value":"w78=","encoding":"base64","contentType":"application/x-raw",
                   "version":"node1:2"},
                  {"key":"gone","absent":true,"version":"node1:3"}],
                 "clock":{"node1":3}}"""));
    assertThat(http.get("/kv?key=never").json().getJsonArray("values").getJsonObject(0))
        .isEqualTo(new JsonObject("{\"key\":\"never\",\"absent\":true}"));
  }

  @Test
  void aPageNamesTheNextOne() throws Exception {
    for (String key : new String[] {"a", "b1", "b2", "b3", "c"}) {
      http.put("/kv/" + key, "1");
    }

    Reply first = http.get("/kv?prefix=b&limit=2");
    Reply second = http.get("/kv?prefix=b&limit=2&after=" + first.json().getString("next"));

    assertThat(first.json().encode())
        .isEqualTo(
            "{\"keys\":[\"b1\",\"b2\"],\"more\":true,\"next\":\"b2\",\"clock\":{\"node1\":5}}");
    assertThat(second.json().encode())
        .isEqualTo("{\"keys\":[\"b3\"],\"more\":false,\"clock\":{\"node1\":5}}");
  }

  @Test
  void withoutParametersThePageHasAllKeys() throws Exception {
    http.put("/kv/a", "1");

    assertThat(http.get("/kv").json().getJsonArray("keys")).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "/kv?prefx=a, prefx",
    "/kv?prefix=a&prefix=b, prefix",
    "/kv?limit=0, limit",
    "/kv?limit=-1, limit",
    "/kv?limit=ten, limit",
    "/kv?limit=6, limit",
    "/kv?limit=99999999999, limit",
    "/kv?key=a&prefix=b, prefix",
    "/kv?key=a&key=b&key=c&key=d, key",
    "/kv?flag, flag",
    "/status?x=1, x",
    "/get, key",
    "/get?key=a&key=b, key",
    "/get?kye=a, kye",
    "/kv?=a, ''"
  })
  void aWrongParameterIsRefusedByItsName(String target, String parameter) throws Exception {
    Reply reply = http.get(target);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-parameter");
    assertThat(reply.json().getString("parameter")).isEqualTo(parameter);
  }

  @ParameterizedTest
  @CsvSource({"/kv?key=%zz, bad-encoding", "/kv?key=, bad-key", "/get?key=, bad-key"})
  void aKeyInAQueryIsCheckedLikeAnyOther(String target, String problem) throws Exception {
    assertThat(http.get(target).problem()).isEqualTo(problem);
  }

  @Test
  void aLongKeyInAQueryIsRefused() throws Exception {
    assertThat(http.get("/kv?key=" + "a".repeat(65)).problem()).isEqualTo("key-too-long");
  }
}
