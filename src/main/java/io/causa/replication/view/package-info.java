/**
 * What a replica shows of its replication to people: values of one instant. {@link
 * io.causa.replication.Replicator#view} makes them.
 */
package io.causa.replication.view;
