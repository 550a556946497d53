package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * Some of the writes that a node holds, in the order in which it accepted them.
 *
 * @param heldWrites how many it holds in all
 * @param heldBytes what all of them occupy there, about
 * @param next what to go on after; null if nothing follows
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HeldPage(List<HeldWrite> held, long heldWrites, long heldBytes, String next) {

  public HeldPage {
    held = held == null ? List.of() : List.copyOf(held);
  }
}
