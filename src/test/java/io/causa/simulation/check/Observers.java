package io.causa.simulation.check;

import java.util.function.Predicate;

/**
 * Judge nodes by what they do, at the moment when they do it; throw a {@link Verdict} as soon as a
 * promise is broken.
 *
 * <p>A directory is named by the replica whose data it holds: a lost directory takes its name with
 * it.
 */
public final class Observers {

  private final Evidence evidence = new Evidence();
  private final DiskObserver disks;
  private final PeerObserver peers;
  private final ClientObserver clients;
  private final ForgetObserver forgetting;
  private final EndObserver end = new EndObserver(evidence);
  private final boolean blind;

  /** Observers that judge. */
  public Observers() {
    disks = new DiskObserver(evidence);
    peers = new PeerObserver(evidence);
    clients = new ClientObserver(evidence);
    forgetting = new ForgetObserver(evidence);
    blind = false;
  }

  private Observers(Blind blind) {
    disks = blind.disks();
    peers = blind.peers();
    clients = blind.clients();
    forgetting = blind.forgetting();
    this.blind = true;
  }

  /**
   * Observers that judge nothing: for runs in which a name may mean another write for a while,
   * before anybody else can know it.
   */
  public static Observers none() {
    return new Observers(new Blind(new Evidence()));
  }

  /** Sets how it is known what the nodes have agreed to wait for no more. */
  public void giveUp(Predicate<Name> judge) {
    evidence.giveUp(judge);
  }

  /** A node has learnt what to wait for no more. */
  public void gaveUp() {
    evidence.markGivenUp();
  }

  /** Whether these judge nothing. */
  public boolean areBlind() {
    return blind;
  }

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
