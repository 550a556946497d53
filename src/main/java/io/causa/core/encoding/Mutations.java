package io.causa.core.encoding;

import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mutations as bytes: the key, one number that says delete or put and the content type, the value.
 *
 * <p>Content types that clients commonly send take no bytes of their own.
 */
public final class Mutations {

  private static final int DELETE = 0;
  private static final int PUT_OTHER_TYPE = 1;
  private static final int PUT_COMMON_TYPE = 2;
  private static final int LEAST_BYTES = 2;

  /** A type's place is its code, on disks and in peers: append only. */
  private static final List<String> COMMON_TYPES =
      List.of(
          "text/plain;charset=UTF-8",
          "application/json",
          "application/octet-stream",
          "text/plain",
          "application/x-www-form-urlencoded",
          "text/plain; charset=utf-8",
          "text/plain;charset=utf-8",
          "application/json; charset=utf-8",
          "application/json;charset=utf-8",
          "application/json;charset=UTF-8",
          "text/html",
          "text/html; charset=utf-8",
          "application/xml",
          "text/xml",
          "application/yaml",
          "application/pdf",
          "image/png",
          "image/jpeg",
          "");

  private static final Map<String, Integer> CODES = codes();

  private Mutations() {}

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new HashMap<>();
    for (String type : COMMON_TYPES) {
      codes.put(type, PUT_COMMON_TYPE + codes.size());
    }
    return codes;
  }

  public static void write(ByteWriter out, Mutation mutation) {
    out.writeString(mutation.key());
    writeChange(out, mutation.value());
  }

  public static Mutation read(ByteReader in) throws MalformedException {
    return readChange(in, in.readString("a key"));
  }

  /** What a mutation makes of its key, for readers that know the key. */
  public static void writeChange(ByteWriter out, Optional<Value> value) {
    if (value.isEmpty()) {
      out.writeVarint(DELETE);
      return;
    }
    String type = value.get().contentType();
    int code = CODES.getOrDefault(type, PUT_OTHER_TYPE);
    out.writeVarint(code);
    if (code == PUT_OTHER_TYPE) {
      out.writeString(type);
    }
    out.writeBytes(value.get().bytes().unsafeArray());
  }

  public static Mutation readChange(ByteReader in, String key) throws MalformedException {
    long most = PUT_COMMON_TYPE + COMMON_TYPES.size() - 1;
    int code = (int) in.readBetween(DELETE, most, "the kind of a mutation");
    if (code == DELETE) {
      return new Mutation.Delete(key);
    }
    String type =
        code == PUT_OTHER_TYPE
            ? in.readString("a content type")
            : COMMON_TYPES.get(code - PUT_COMMON_TYPE);
    return new Mutation.Put(key, new Value(Bytes.wrap(in.readBytes("a value")), type));
  }

  /** At least one mutation, whose number the reader has to know. */
  public static void writeAll(ByteWriter out, List<Mutation> mutations) {
    mutations.forEach(mutation -> write(out, mutation));
  }

  public static List<Mutation> readAll(ByteReader in, long count) throws MalformedException {
    if (count < 1 || count > in.remaining() / LEAST_BYTES) {
      throw new MalformedException("a write has " + count + " mutations");
    }
    if (count == 1) {
      return List.of(read(in));
    }
    List<Mutation> mutations = new ArrayList<>((int) count);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Mutation mutation = read(in);
      if (!keys.add(mutation.key())) {
        throw new MalformedException("a write changes a key twice: \"" + mutation.key() + "\"");
      }
      mutations.add(mutation);
    }
    return mutations;
  }
}
