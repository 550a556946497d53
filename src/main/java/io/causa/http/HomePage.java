package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;
import io.causa.core.KeyState;
import io.causa.core.Value;
import io.causa.engine.api.HeldWrite;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Snapshot;
import io.causa.node.port.NodePort;
import io.causa.wire.ClockHeader;
import io.causa.wire.ValueJson;
import io.causa.wire.VersionText;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The node at a glance, for a browser: one page without scripts and without outside resources. */
final class HomePage {

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s · Causa</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; table-layout: fixed; width: 100%%; margin-bottom: 2rem }
      th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top }
      th:nth-child(-n+2) { width: 36%% }
      td { overflow: hidden; text-overflow: ellipsis; overflow-wrap: anywhere }
      caption { text-align: left; font-weight: bold; padding: .3rem 0 }
      code { font-family: ui-monospace, monospace }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      <p>Cluster <b>%2$s</b>, %3$s. Clock: <code>%4$s</code></p>
      %5$s
      <p>All of it as JSON: <a href="/status">/status</a></p>
      </body>
      </html>
      """;

  /** The longest text in a cell, in Unicode code points. */
  private static final int CELL_CHARACTERS = 120;

  /** The longest text behind a cell, in Unicode code points. */
  private static final int TITLE_CHARACTERS = 1000;

  private final ReplicaNames names;
  private final StringBuilder tables = new StringBuilder();

  private HomePage(ReplicaNames names) {
    this.names = names;
  }

  static Buffer render(NodePort node, StatusRoutes.Picture picture) {
    HomePage page = new HomePage(node.names());
    page.addStore(picture.store());
    page.addPeers(picture.status().peers());
    page.addWaiting(picture);
    String state =
        node.isAvailable()
            ? "ready"
            : "not ready: " + escape(StatusJson.notReady(node, picture.status()));
    String clock = ClockHeader.print(picture.clock(), page.names);
    return Buffer.buffer(
        FRAME.formatted(
            escape(node.self().name()),
            escape(node.clusterName()),
            state,
            clock.isEmpty() ? "nothing applied yet" : escape(clock),
            page.tables));
  }

  private void addStore(Snapshot store) {
    open(store.more() ? "Store (the first keys)" : "Store", "Key", "Value", "Version", "Conflicts");
    for (Snapshot.KeyedState keyed : store.keys()) {
      keyed.state().ifPresent(state -> addKey(keyed.key(), state));
    }
    close();
  }

  private void addKey(String key, KeyState state) {
    row(
        key,
        state.visible().value().map(HomePage::text).orElse("deleted"),
        VersionText.print(state.visible().dot(), names),
        state.losers().size());
  }

  private static String text(Value value) {
    return ValueJson.encoding(value).isPresent()
            || value.bytes().length() > StatusJson.STORE_VALUE_BYTES
        ? value.bytes().length() + " bytes of " + value.contentType()
        : value.bytes().utf8();
  }

  private void addPeers(List<NodeStatus.Peer> peers) {
    open("Peers", "Node", "HTTP", "Heard", "Lag in writes");
    for (NodeStatus.Peer peer : peers) {
      String heard = peer.heardMillisAgo() + " ms ago" + (peer.silent() ? " (silent)" : "");
      row(names.print(peer.replica()), peer.http(), heard, peer.lag());
    }
    close();
  }

  private void addWaiting(StatusRoutes.Picture picture) {
    if (picture.buffered().isEmpty() && picture.held().isEmpty()) {
      return;
    }
    open("Writes that wait for their causes", "Write", "Keys", "Waits for");
    for (NodeStatus.Buffered write : picture.buffered()) {
      addWaiting(VersionText.print(write.version(), names), write.keys(), write.waitsFor());
    }
    for (HeldWrite write : picture.held()) {
      addWaiting("a client's, not stamped yet", write.keys(), write.waitsFor());
    }
    close();
  }

  private void addWaiting(String write, List<String> keys, Dot waitsFor) {
    row(write, String.join(", ", keys), VersionText.print(waitsFor, names));
  }

  private void open(String caption, String... heads) {
    tables.append("<table><caption>").append(caption).append("</caption><thead><tr>");
    for (String head : heads) {
      tables.append("<th scope=\"col\">").append(head).append("</th>");
    }
    tables.append("</tr></thead><tbody>\n");
  }

  private void row(Object... cells) {
    tables.append("<tr>");
    for (Object cell : cells) {
      addCell(String.valueOf(cell));
    }
    tables.append("</tr>\n");
  }

  /** A long text is cut, and shown somewhat longer when the pointer rests on it. */
  private void addCell(String text) {
    String shown = cut(text, CELL_CHARACTERS);
    tables.append(
        shown.equals(text) ? "<td>" : "<td title=\"" + escape(cut(text, TITLE_CHARACTERS)) + "\">");
    tables.append("<bdi>").append(escape(shown)).append("</bdi></td>");
  }

  /** Cuts between two characters, not within one that takes two units. */
  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
  }

  private void close() {
    tables.append("</tbody></table>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
