package io.causa.http;

/** What one listener of a node serves. Probes and the status are served by each. */
enum Listener {
  /** Data and administration. */
  BOTH,
  /** Data: administration has a listener of its own. */
  DATA,
  /** Administration. */
  ADMIN;

  /** Returns whether the route is served here. */
  boolean serves(Route route) {
    return switch (this) {
      case BOTH -> true;
      case DATA -> !route.isAdministration();
      case ADMIN -> !route.data();
    };
  }

  /** Returns what a client that came to the wrong one is told. */
  String elsewhere() {
    return this == DATA
        ? "administration has a listener of its own (admin.host, admin.port); ask there"
        : "this listener serves administration alone; keys are served at http.host and http.port";
  }
}
