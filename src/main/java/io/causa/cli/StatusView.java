package io.causa.cli;

import io.causa.client.NodeStatus;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node's status as a page of text. */
final class StatusView {
  private static final int MOST_KEYS = 20;
  private static final int MOST_GENERATIONS = 10;
  private static final int MOST_BUFFERED = 10;
  private static final int MOST_VALUE_CHARACTERS = 60;

  private final StringBuilder page = new StringBuilder();
  private final NodeStatus status;

  private StatusView(NodeStatus status) {
    this.status = status;
  }

  static String of(String url, NodeStatus status) {
    StatusView view = new StatusView(status);
    view.addFacts(url);
    view.addMembers();
    view.addPeers();
    view.addGenerations();
    view.addBuffered();
    view.addHeld();
    view.addStore();
    return view.page.toString();
  }

  /** What is shown is all there is, unless the node has left keys out. */
  private String keys() {
    return status.storeTruncated()
        ? status.keys() + ", deleted ones included"
        : String.valueOf(status.store().size());
  }

  private void addFacts(String url) {
    String replica = status.replica() == null ? "" : " (" + status.replica() + ")";
    fact("node", status.id() + replica + " at " + url);
    fact("ready", status.ready() ? "yes" : "no");
    fact("clock", clock());
    fact("keys", keys());
    addData();
    fact("conflicts", conflicts());
    fact("buffered", status.bufferedWrites());
    fact("faults", status.faults().isEmpty() ? "none" : status.faults().size());
    addAgreement();
    addAccess();
  }

  /** Only what somebody should do something about. */
  private void addAccess() {
    NodeStatus.Access access = status.access();
    if (access != null && access.insecure()) {
      fact("access", "INSECURE: anybody who reaches the node may read and change everything");
    }
    if (access != null && access.trouble() != null) {
      fact("access", "the tokens are those of before: " + access.trouble());
    }
  }

  /** Only while it is less than the node knows: during an upgrade, or as a member is not heard. */
  private void addAgreement() {
    NodeStatus.Agreement agreement = status.agreement();
    if (agreement != null && !agreement.heldBackBy().isEmpty()) {
      fact(
          "agreement",
          "version %d of %d, until these say that they know more: %s"
              .formatted(
                  agreement.version(),
                  agreement.latest(),
                  String.join(", ", agreement.heldBackBy())));
    }
  }

  private String conflicts() {
    return "%d keys (%d seen since the start)"
        .formatted(status.conflicts(), status.conflictsSeen());
  }

  private void addData() {
    NodeStatus.Data data = status.data();
    if (data != null) {
      String stopped = data.takesIn() ? "" : ": nothing more is taken in";
      fact(
          "data",
          "%d %% (%d of %d bytes)%s"
              .formatted(data.percent(), data.bytes(), data.limitBytes(), stopped));
    }
  }

  private String clock() {
    return new TreeMap<>(status.vc())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private void fact(String name, Object value) {
    page.append("%-10s %s\n".formatted(name, value));
  }

  private void addMembers() {
    Columns table = new Columns("MEMBER", "STATE");
    status.members().forEach(member -> table.row(member.replica(), member.state()));
    section(table, status.members().size(), status.members().size());
  }

  private void addGenerations() {
    Columns table = new Columns("GENERATION", "STATE", "LAST", "EVERYWHERE");
    status.generations().stream()
        .limit(MOST_GENERATIONS)
        .forEach(one -> table.row(one.replica(), one.state(), one.last(), yes(one.stable())));
    section(table, MOST_GENERATIONS, status.generations().size());
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  private void addPeers() {
    Columns table = new Columns("PEER", "ADDRESS", "LAG", "HEARD");
    for (NodeStatus.Peer peer : status.peers()) {
      String name = peer.name() == null ? peer.replica() : peer.name();
      table.row(name, or(peer.http(), "?"), peer.lag(), peer.silent() ? "silent" : "yes");
    }
    section(table, status.peers().size(), status.peers().size());
  }

  private void addBuffered() {
    Columns table = new Columns("BUFFERED", "WAITS FOR");
    status.buffered().stream()
        .limit(MOST_BUFFERED)
        .forEach(write -> table.row(or(write.version(), "?"), or(write.waitsFor(), "?")));
    section(table, MOST_BUFFERED, status.bufferedWrites());
  }

  private void addHeld() {
    Columns table = new Columns("HELD", "KEYS", "BYTES", "WAITS FOR");
    status.held().stream()
        .limit(MOST_BUFFERED)
        .forEach(
            held ->
                table.row(
                    or(held.id(), "?"),
                    String.join(", ", held.keys()),
                    held.bytes(),
                    or(held.waitsFor(), "?")));
    section(table, MOST_BUFFERED, status.held().size());
  }

  private void addStore() {
    Columns table = new Columns("KEY", "VALUE");
    new TreeMap<>(status.store())
        .entrySet().stream()
            .limit(MOST_KEYS)
            .forEach(entry -> table.row(entry.getKey(), onOneLine(entry.getValue())));
    section(table, MOST_KEYS, status.store().size());
  }

  private void section(Columns table, long shown, long all) {
    if (!table.isEmpty()) {
      page.append('\n').append(table);
    }
    if (all > shown) {
      page.append("… and %d more\n".formatted(all - shown));
    }
  }

  private static String onOneLine(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "·");
    return text.length() <= MOST_VALUE_CHARACTERS
        ? text
        : text.substring(0, MOST_VALUE_CHARACTERS) + "…";
  }

  private static String or(String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
