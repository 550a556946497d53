package io.causa.http;

import io.causa.clock.VersionVector;
import io.causa.wire.ContextToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An answer as a client got it. */
final class Reply {

  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private byte[] body = new byte[0];

  Reply(int status) {
    this.status = status;
  }

  void addHeader(String name, String value) {
    headers.merge(name, value, (first, second) -> first + ", " + second);
  }

  void setBody(byte[] body) {
    this.body = body;
  }

  int status() {
    return status;
  }

  /** Null if it is absent. */
  String header(String name) {
    return headers.get(name);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return body;
  }

  JsonObject json() {
    return new JsonObject(Buffer.buffer(body));
  }

  /** The last part of the type of the problem. */
  String problem() {
    String type = json().getString("type");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  String detail() {
    return json().getString("detail");
  }

  VersionVector context() {
    ContextToken.Decoded decoded = ContextToken.decode(header("Causa-Context"), FakeNode.CLUSTER);
    return ((ContextToken.Decoded.Valid) decoded).context();
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}
