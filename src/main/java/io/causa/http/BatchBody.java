package io.causa.http;

import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.node.config.NodeConfig;
import io.causa.wire.RawJson;
import io.causa.wire.ValueJson;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the body of {@code POST /kv}: {@code put} maps keys to JSON values, {@code putBytes} maps
 * keys to {@code {"base64", "contentType"?}}, {@code delete} lists keys.
 *
 * <p>Bytes have a member of their own, so that no JSON value can be mistaken for them.
 */
final class BatchBody {

  private static final Set<String> MEMBERS = Set.of("put", "putBytes", "delete");
  private static final Set<String> EXACT = Set.of("put.*");
  private static final Set<String> MEMBERS_OF_BYTES = Set.of("base64", "contentType");

  private final NodeConfig.Http limits;
  private final KeyText keys;

  BatchBody(NodeConfig.Http limits) {
    this.limits = limits;
    this.keys = new KeyText(limits.keyBytes());
  }

  /**
   * At least one mutation, no key twice.
   *
   * @throws ProblemException if the body is anything else
   */
  List<Mutation> parse(byte[] body) {
    JsonBody json = JsonBody.parse(body, MEMBERS, EXACT);
    Map<String, Mutation> mutations = new LinkedHashMap<>();
    for (Map.Entry<String, Object> put : json.optionalObject("put")) {
      Value value = ValueJson.fromJson((RawJson) put.getValue());
      add(mutations, put(put.getKey(), value));
    }
    for (Map.Entry<String, Object> put : json.optionalObject("putBytes")) {
      add(mutations, put(put.getKey(), bytes(put.getKey(), put.getValue())));
    }
    for (Object key : json.optionalArray("delete")) {
      add(mutations, delete(key));
    }
    return checkCount(mutations);
  }

  private Mutation put(String key, Value value) {
    return new Mutation.Put(keys.check(key), Writes.check(key, value, limits.valueBytes()));
  }

  private static Value bytes(String key, Object json) {
    if (!(json instanceof JsonObject members
        && MEMBERS_OF_BYTES.containsAll(members.fieldNames()))) {
      throw JsonBody.wrong(
          "putBytes of \"%s\" is {\"base64\": …, \"contentType\": …}, not %s"
              .formatted(Excerpt.of(key), Excerpt.of(json)));
    }
    Bytes bytes = decoded(key, members.getValue("base64"));
    Object type = members.getValue("contentType", "application/octet-stream");
    if (!(type instanceof String contentType)) {
      throw JsonBody.wrong(
          "the contentType of \"%s\" is a string, not %s"
              .formatted(Excerpt.of(key), Excerpt.of(type)));
    }
    return new Value(bytes, contentType);
  }

  private static Bytes decoded(String key, Object base64) {
    try {
      return ValueJson.fromBase64(base64).bytes();
    } catch (IllegalArgumentException malformed) {
      throw JsonBody.wrong(
          "putBytes of \"%s\": %s".formatted(Excerpt.of(key), Excerpt.of(malformed.getMessage())));
    }
  }

  private Mutation delete(Object key) {
    if (key instanceof String text) {
      return new Mutation.Delete(keys.check(text));
    }
    throw JsonBody.wrong("\"delete\" is a list of keys, not of " + Excerpt.of(key));
  }

  private static void add(Map<String, Mutation> mutations, Mutation mutation) {
    if (mutations.putIfAbsent(mutation.key(), mutation) != null) {
      throw JsonBody.wrong(
          "the key \"%s\" is named twice; one write changes a key once"
              .formatted(Excerpt.of(mutation.key())));
    }
  }

  private List<Mutation> checkCount(Map<String, Mutation> mutations) {
    if (mutations.isEmpty()) {
      throw JsonBody.wrong("there is nothing to write: give put, putBytes or delete");
    }
    if (mutations.size() > limits.mutationsPerWrite()) {
      throw new ProblemException(
          new Problem(
                  ProblemType.TOO_LARGE,
                  "the write has %d mutations, allowed are %d (http.mutationsPerWrite)"
                      .formatted(mutations.size(), limits.mutationsPerWrite()))
              .with("limit", "http.mutationsPerWrite"));
    }
    return List.copyOf(mutations.values());
  }
}
