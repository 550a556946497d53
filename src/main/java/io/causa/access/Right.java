package io.causa.access;

/** What a request needs: the route that answers it says so. */
public enum Right {
  /** Nothing: for probes, and for a first look. */
  OPEN,
  /** To read values, and the status of the node. */
  READ,
  /** To put and delete values. */
  WRITE,
  /** To change the node or the cluster, and to see what clients have under way. */
  ADMIN
}
