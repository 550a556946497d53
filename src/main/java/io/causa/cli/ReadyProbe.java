package io.causa.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a node how far its start is. */
final class ReadyProbe {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int OK = 200;

  private ReadyProbe() {}

  /** Blocks for at most about a second. */
  static LocalNode.State of(String url) {
    try {
      HttpURLConnection probe =
          (HttpURLConnection) URI.create(url + "/health/ready").toURL().openConnection();
      probe.setConnectTimeout(TIMEOUT_MILLIS);
      probe.setReadTimeout(TIMEOUT_MILLIS);
      int status = probe.getResponseCode();
      probe.disconnect();
      return status == OK ? LocalNode.State.READY : LocalNode.State.JOINED;
    } catch (IOException nobodyListensYet) {
      return LocalNode.State.STARTING;
    }
  }
}
