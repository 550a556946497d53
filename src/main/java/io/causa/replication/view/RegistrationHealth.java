package io.causa.replication.view;

/**
 * Whether a replica is reachable by its peers, as it sees that itself.
 *
 * @param trouble what makes it doubt that; empty if nothing does
 * @param renewals how often it has registered anew with the cluster since its start
 * @param rejoins how often it has left the cluster and joined it again since its start
 */
public record RegistrationHealth(String trouble, long renewals, long rejoins) {

  /** Nothing is wrong and nothing ever was. */
  public static final RegistrationHealth FINE = new RegistrationHealth("", 0, 0);
}
