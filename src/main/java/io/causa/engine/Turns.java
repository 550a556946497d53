package io.causa.engine;

import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The turns of one loop: the loop takes what is in its mailboxes, works on it, and then acts once.
 *
 * <p>The first input wakes the loop; what arrives until its turn shares the turn. So whatever a
 * loop does once a turn, a commit for example, is done for all that came together, and an idle loop
 * acts on the first input at once. There is no timer in it. The idea is the "smart batching" of
 * disks and networks, and of Reactor-style event loops.
 *
 * <p>Mailboxes are made before the loop opens; what they get before that waits.
 */
final class Turns {

  private final Host host;
  private final LoopName name;
  private final TurnLimits limits;
  private final Runnable act;
  private final List<Mailbox> mailboxes = new ArrayList<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile Loop loop;
  private volatile boolean closed;
  private boolean again;

  /**
   * @param name which loop takes the turns
   * @param act what the loop does at the end of each turn
   */
  Turns(Host host, LoopName name, TurnLimits limits, Runnable act) {
    this.host = host;
    this.name = name;
    this.limits = limits;
    this.act = act;
  }

  /**
   * Makes a mailbox; before the loop is open.
   *
   * @param from who hands over: another loop, or one side of the node such as "disk"
   */
  Mailbox mailbox(String from) {
    Mailbox mailbox = new Mailbox(host.handoff(from, name), this);
    mailboxes.add(mailbox);
    return mailbox;
  }

  /** The loop runs from now on, and takes what waits already. To be called on the loop. */
  void open(Loop opened) {
    loop = opened;
    if (hasInputs()) {
      wake();
    }
  }

  /** No turn begins any more; what is in the mailboxes stays there. */
  void close() {
    closed = true;
  }

  long nowMillis() {
    return host.clock().nowMillis();
  }

  /** Lets a turn begin soon, unless one will anyway. */
  void wake() {
    Loop opened = loop;
    if (opened != null && due.compareAndSet(false, true)) {
      opened.run(this::turn);
    }
  }

  /** There is more to do than this turn did: another turn follows. To be called on the loop. */
  void again() {
    again = true;
  }

  /** Runs the task on the loop when the time has passed, as a turn of its own. */
  void after(long delayMillis, Runnable task) {
    loop.after(
        delayMillis,
        () -> {
          if (!closed) {
            task.run();
            act.run();
            goOn();
          }
        });
  }

  private void turn() {
    if (closed) {
      return;
    }
    for (Mailbox mailbox : mailboxes) {
      mailbox.take(limits);
    }
    act.run();
    due.set(false);
    if (hasInputs()) {
      wake();
    }
    goOn();
  }

  private void goOn() {
    if (again) {
      again = false;
      wake();
    }
  }

  private boolean hasInputs() {
    for (Mailbox mailbox : mailboxes) {
      if (!mailbox.isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
