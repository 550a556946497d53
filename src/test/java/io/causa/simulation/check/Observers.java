package io.causa.simulation.check;

/**
 * Judge nodes by what they do, at the moment when they do it; throw a {@link Verdict} as soon as a
 * promise is broken.
 *
 * <p>A directory is named by the replica whose data it holds: a lost directory takes its name with
 * it.
 */
public final class Observers {

  private final Evidence evidence = new Evidence();
  private final DiskObserver disks = new DiskObserver(evidence);
  private final PeerObserver peers = new PeerObserver(evidence);
  private final ClientObserver clients = new ClientObserver(evidence);
  private final ForgetObserver forgetting = new ForgetObserver(evidence);
  private final EndObserver end = new EndObserver(evidence);

  public DiskObserver disks() {
    return disks;
  }

  public PeerObserver peers() {
    return peers;
  }

  public ClientObserver clients() {
    return clients;
  }

  public ForgetObserver forgetting() {
    return forgetting;
  }

  public EndObserver end() {
    return end;
  }
}
