package io.causa.membership;

import java.util.HashSet;
import java.util.Set;

/**
 * Decides when a generation that nobody knows yet names itself a member. That supersedes the
 * generation of its name before it, for good; so whoever was started under the name of a living
 * node must stop before it does.
 *
 * <p>Owner: the replication loop.
 */
public final class Declaration {

  /**
   * How long after the start, and after the first roster that was shown here, a living node with
   * the same name has surely spoken up, if it can be reached: it answers within a digest's
   * interval, and the first call may be lost. Only a roster tells whether it holds the name.
   */
  public static final long LOOK_MILLIS = 1500;

  private final String name;
  private final Set<String> heard = new HashSet<>();
  private boolean started;
  private int others;
  private long startMillis;
  private long shownMillis;

  /**
   * @param name the name that this replica takes
   */
  public Declaration(String name) {
    this.name = name;
  }

  /** The cluster is joined, with this many members besides this one. */
  public void start(int otherMembers, long nowMillis) {
    started = true;
    others = otherMembers;
    startMillis = nowMillis;
  }

  /** That peer has shown its roster. */
  public void heard(String peer, long nowMillis) {
    if (heard.isEmpty()) {
      shownMillis = nowMillis;
    }
    heard.add(peer);
  }

  /**
   * Whether this replica may name itself now: at once if all others were heard and none knows the
   * name.
   *
   * @param known what the others have shown
   * @param suspected whether another node with this name may live
   */
  public boolean isDue(Roster known, boolean suspected, long nowMillis) {
    if (!started || suspected) {
      return false;
    }
    boolean newName = heard.size() >= others && known.find(name).isEmpty();
    boolean heardAny = !heard.isEmpty() || others == 0;
    long sinceMillis = heard.isEmpty() ? startMillis : Math.max(startMillis, shownMillis);
    return newName || (heardAny && nowMillis - sinceMillis >= LOOK_MILLIS);
  }
}
