package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A write that a node holds until what it depends on arrives.
 *
 * @param keys what it changes; in a list the first of them
 * @param moreKeys how many keys are left out
 * @param bytes what it occupies at the node, about
 * @param waitsFor the first write that is missing, as {@code node1:17}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HeldWrite(
    String id,
    List<String> keys,
    int moreKeys,
    long bytes,
    long heldMillis,
    long expiresInMillis,
    String waitsFor) {

  public HeldWrite {
    keys = keys == null ? List.of() : List.copyOf(keys);
  }
}
