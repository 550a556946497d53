package io.causa.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON object of a request's body. A member given twice, a member that the path does not know
 * and text behind the end are refused; members that are values for keys are kept as their text.
 */
final class JsonBody {

  private final JsonObject members;

  private JsonBody(JsonObject members) {
    this.members = members;
  }

  /**
   * @param known the members that the path knows
   * @throws ProblemException if the body is no JSON object or has another member
   */
  static JsonBody parse(byte[] body, Set<String> known) {
    return parse(body, known, Set.of());
  }

  /**
   * @param known the members that the path knows
   * @param exact those of them that are {@code RawJson}; with {@code .*} behind the name, the
   *     members of the member are
   * @throws ProblemException if the body is no JSON object or has another member
   */
  static JsonBody parse(byte[] body, Set<String> known, Set<String> exact) {
    JsonObject members = new JsonReader(body, exact).read();
    for (String name : members.fieldNames()) {
      if (!known.contains(name)) {
        throw wrong(
            "there is no member \"%s\" here, only %s"
                .formatted(Excerpt.of(name), String.join(", ", known)));
      }
    }
    return new JsonBody(members);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** The member as Vert.x represents JSON, or as its text; null if it is null or absent. */
  Object get(String name) {
    return members.getValue(name);
  }

  /**
   * @throws ProblemException if the member is absent or no string
   */
  String requiredText(String name) {
    if (members.getValue(name) instanceof String text) {
      return text;
    }
    throw wrong(
        "\"%s\" is a string, not %s".formatted(name, has(name) ? Excerpt.of(get(name)) : "absent"));
  }

  /**
   * The members of the member; empty if it is absent.
   *
   * @throws ProblemException if the member is no object
   */
  JsonObject optionalObject(String name) {
    return optional(name, JsonObject.class, "an object").orElseGet(JsonObject::new);
  }

  /**
   * The elements of the member; empty if it is absent.
   *
   * @throws ProblemException if the member is no array
   */
  List<Object> optionalArray(String name) {
    return optional(name, JsonArray.class, "an array").orElseGet(JsonArray::new).stream().toList();
  }

  private <T> Optional<T> optional(String name, Class<T> type, String what) {
    if (has(name) && !type.isInstance(get(name))) {
      throw wrong("\"%s\" is %s, not %s".formatted(name, what, Excerpt.of(get(name))));
    }
    return Optional.ofNullable(get(name)).map(type::cast);
  }

  static ProblemException wrong(String detail) {
    return new ProblemException(ProblemType.BAD_BODY, detail);
  }
}
