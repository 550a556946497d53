package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself at {@code GET /status}, as far as programs need it.
 *
 * @param replica the name with its generation, {@code node1.k3j9}
 * @param vc how many writes of each replica are applied here
 * @param store the first keys and their values
 * @param storeTruncated whether {@code store} leaves keys out: further ones, or large values
 * @param keys how many keys there are, deleted ones included that are not forgotten yet
 * @param bufferedWrites received, but waiting for a write they depend on
 * @param conflicts how many keys have concurrent versions that lost, now
 * @param conflictsSeen how many times a write met a concurrent version since the node started
 * @param data how full the node is; null if it does not say
 * @param agreement what all members understand; null if the node does not say
 * @param access whether the node asks who calls; null if it does not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeStatus(
    String id,
    String replica,
    boolean ready,
    Map<String, Long> vc,
    Map<String, Object> store,
    @JsonProperty("store_truncated") boolean storeTruncated,
    long keys,
    @JsonProperty("buffered_msgs") long bufferedWrites,
    List<Waiting> buffered,
    @JsonProperty("held_requests") long heldRequests,
    List<Held> held,
    long conflicts,
    @JsonProperty("conflicts_seen") long conflictsSeen,
    List<Peer> peers,
    List<Member> members,
    List<Generation> generations,
    List<LinkFault> faults,
    Data data,
    Agreement agreement,
    Access access) {

  public NodeStatus {
    vc = vc == null ? Map.of() : Map.copyOf(vc);
    store = store == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(store));
    buffered = orEmpty(buffered);
    held = orEmpty(held);
    peers = orEmpty(peers);
    members = orEmpty(members);
    generations = orEmpty(generations);
    faults = orEmpty(faults);
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /**
   * How full the node is.
   *
   * @param bytes what keys and values occupy there
   * @param limitBytes beyond which it refuses writes
   * @param reserveBytes what replicated writes may take beyond that
   * @param percent of the limit
   * @param takesIn false if replicated writes do not fit any more
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Data(
      long bytes,
      long limitBytes,
      long reserveBytes,
      int percent,
      @JsonProperty("takes_in") boolean takesIn) {}

  /**
   * Whether the node asks who calls.
   *
   * @param isProtected whether a caller has to prove who it is
   * @param insecure whether others than its machine reach it all the same
   * @param trouble why the file of tokens as it is now is not in force; null if it is
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Access(
      @JsonProperty("protected") boolean isProtected, boolean insecure, String trouble) {}

  /**
   * What all members understand, which shows how far a rolling upgrade has come.
   *
   * @param version the latest version of messages that all members are known to read
   * @param latest the latest one that the node reads
   * @param features what all members know, by name
   * @param heldBackBy the members that have not said that they know all that the node knows
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Agreement(
      int version,
      int latest,
      List<String> features,
      @JsonProperty("held_back_by") List<String> heldBackBy) {

    public Agreement {
      features = orEmpty(features);
      heldBackBy = orEmpty(heldBackBy);
    }
  }

  /** A buffered write and the one write that it waits for, both as {@code node1:17}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Waiting(String version, List<String> keys, String waitsFor) {}

  /** A client's request that is held until what it depends on arrives. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Held(String id, List<String> keys, long bytes, String waitsFor) {}

  /**
   * Another node as seen from here; {@code lag} counts the writes of it that are not applied here.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Peer(
      String name,
      String replica,
      String http,
      boolean silent,
      long received,
      long applied,
      long lag) {}

  /** A node of the cluster; {@code state} is {@code self}, {@code live} or {@code silent}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Member(String name, String replica, String state) {}

  /**
   * A generation that has writes here and is no member any more.
   *
   * @param state {@code superseded}, {@code forgotten} or {@code retired}
   * @param last its last write that is applied here
   * @param stable whether all members have applied it, and none knows of a later one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Generation(String replica, String state, long last, boolean stable) {}
}
