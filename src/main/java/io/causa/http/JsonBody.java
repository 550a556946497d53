package io.causa.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON object of a request's body. A member given twice, a member that the path does not know
 * and text behind the end are refused; decimal numbers keep all their digits.
 */
final class JsonBody {

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** A hint which setting of the parser would take this, or which Java object it reads. */
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile("[:,;(][^:,;(]*`.*| \\(start marker.*");

  private final JsonObject members;

  private JsonBody(JsonObject members) {
    this.members = members;
  }

  /**
   * @param known the members that the path knows
   * @throws ProblemException if the body is no JSON object or has another member
   */
  static JsonBody parse(byte[] body, Set<String> known) {
    JsonObject members = object(value(body));
    for (String name : members.fieldNames()) {
      if (!known.contains(name)) {
        throw wrong(
            "there is no member \"%s\" here, only %s"
                .formatted(Excerpt.of(name), String.join(", ", known)));
      }
    }
    return new JsonBody(members);
  }

  private static Object value(byte[] body) {
    try {
      return STRICT.readValue(body, Object.class);
    } catch (JsonProcessingException malformed) {
      throw wrong("the body is no JSON: " + where(malformed));
    } catch (IOException impossible) {
      throw new IllegalStateException("cannot read from memory", impossible);
    }
  }

  private static String where(JsonProcessingException malformed) {
    String message = reason(malformed);
    return malformed.getLocation() == null
        ? message
        : "line %d, column %d: %s"
            .formatted(
                malformed.getLocation().getLineNr(),
                malformed.getLocation().getColumnNr(),
                message);
  }

  /** The parser's words where they are for people, not for those who program against it. */
  private static String reason(JsonProcessingException malformed) {
    if (malformed instanceof MismatchedInputException) {
      return "it is empty, or something follows its end";
    }
    if (malformed instanceof StreamConstraintsException) {
      return "it is nested too deeply, or a number or name in it is too long";
    }
    return Excerpt.of(FOR_PROGRAMMERS.matcher(malformed.getOriginalMessage()).replaceFirst(""));
  }

  private static JsonObject object(Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      throw wrong("the body is a JSON object, not " + Excerpt.of(value));
    }
    JsonObject object = new JsonObject();
    members.forEach((name, member) -> object.put((String) name, member));
    return object;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** The member as Vert.x represents JSON; null if it is null or absent. */
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
