package io.causa.core.encoding;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What follows the body of an {@link Envelope}: each field has a number, a length and its bytes. A
 * reader passes over those that it does not know.
 *
 * <p>The numbers of fields are given out in the documentation of this package, and not twice.
 * Immutable; the arrays are not to be changed.
 */
public final class Fields {

  public static final Fields NONE = new Fields(Collections.emptySortedMap());

  /** The highest number of a field. */
  public static final int MAX_ID = 16_383;

  private final SortedMap<Integer, byte[]> fields;

  private Fields(SortedMap<Integer, byte[]> fields) {
    this.fields = fields;
  }

  /** Returns these fields and one more, or another content of it. */
  public Fields with(int id, byte[] content) {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("no field has the number " + id);
    }
    SortedMap<Integer, byte[]> more = new TreeMap<>(fields);
    more.put(id, content);
    return new Fields(more);
  }

  /** Returns a reader of the field's content; empty if the field is not there. */
  public Optional<ByteReader> find(int id) {
    return Optional.ofNullable(fields.get(id)).map(ByteReader::new);
  }

  /** Returns how many fields there are. */
  public int size() {
    return fields.size();
  }

  void write(ByteWriter out) {
    fields.forEach((id, content) -> out.writeVarint(id).writeBytes(content));
  }

  /** Reads fields up to the end of the bytes. */
  static Fields read(ByteReader in) throws MalformedException {
    if (in.remaining() == 0) {
      return NONE;
    }
    SortedMap<Integer, byte[]> read = new TreeMap<>();
    int before = 0;
    while (in.remaining() > 0) {
      before = (int) in.readBetween(before + 1L, MAX_ID, "the number of a field");
      read.put(before, in.readBytes("a field"));
    }
    return new Fields(read);
  }
}
