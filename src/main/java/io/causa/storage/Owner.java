package io.causa.storage;

import io.causa.clock.Replica;

/**
 * Whose data a directory holds.
 *
 * @param self the replica, its generation made together with the directory
 * @param clusterName the cluster that it is a member of
 */
record Owner(Replica self, String clusterName) {}
