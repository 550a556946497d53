package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One rule for the replication traffic from one node to another; null fields have no part in it.
 *
 * @param from the sending node's name; null or {@code *} for all
 * @param to the receiving node's name; null or {@code *} for all
 * @param origin the rule meets only transfers of this node's writes, by any road; null or {@code *}
 *     for all
 * @param drop probability from 0 to 1, and so are {@code duplicate} and {@code reorder}
 * @param hold keep everything back until the rule is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LinkFault(
    String from,
    String to,
    String origin,
    Long delayMillis,
    Long jitterMillis,
    Double drop,
    Double duplicate,
    Double reorder,
    Boolean hold) {

  /** The same effect on these links. */
  public LinkFault on(String sender, String receiver, String writer) {
    return new LinkFault(
        sender, receiver, writer, delayMillis, jitterMillis, drop, duplicate, reorder, hold);
  }
}
