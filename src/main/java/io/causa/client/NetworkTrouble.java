package io.causa.client;

import static java.util.Objects.requireNonNullElse;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Says in words for people why a request has got no answer. */
final class NetworkTrouble {
  private NetworkTrouble() {}

  static String words(Throwable cause) {
    String message = requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
    if (cause instanceof UnknownHostException) {
      return "there is no host of that name";
    }
    if (cause instanceof NoRouteToHostException || message.contains("no route to host")) {
      return "there is no route to that host";
    }
    if (cause instanceof ConnectException && message.contains("timed out")) {
      return "no connection in time";
    }
    if (cause instanceof ConnectException && message.contains("refused")) {
      return "connection refused, nothing listens there";
    }
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (message.contains("reset")
        || message.contains("closed")
        || message.contains("broken pipe")) {
      return "the connection was closed before the answer came";
    }
    if (cause instanceof IllegalArgumentException) { // Netty's reader of answers
      return "what listens there does not speak HTTP";
    }
    return message.isEmpty() ? "the request failed" : cause.getMessage();
  }
}
