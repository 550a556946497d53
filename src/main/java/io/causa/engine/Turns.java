package io.causa.engine;

import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The turns of one loop. In a turn the loop takes what its mailboxes hold, and then acts once.
 *
 * <p>The first input wakes the loop. What arrives before the turn begins shares the turn, and so
 * shares its one act, for example one commit. An idle loop acts on its first input at once: no
 * timer delays it. Disks and networks know the idea as "smart batching".
 *
 * <p>Mailboxes are made before the loop opens; what they get before that waits.
 *
 * <p>An input or an act that throws ends the turns, timers included: a loop whose invariant broke
 * does nothing more.
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

  /**
   * Begins to take turns, with what waits already; to be called on the loop.
   *
   * @return false if the turns have ended before they began
   */
  boolean open(Loop opened) {
    if (closed) {
      return false;
    }
    loop = opened;
    if (hasInputs()) {
      wake();
    }
    return true;
  }

  /** Ends the turns, from any thread; what is in the mailboxes stays there. */
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
            orClose(
                () -> {
                  task.run();
                  act.run();
                });
            goOn();
          }
        });
  }

  private void turn() {
    if (closed) {
      return;
    }
    orClose(this::takeAndAct);
    due.set(false);
    if (hasInputs()) {
      wake();
    }
    goOn();
  }

  private void takeAndAct() {
    for (Mailbox mailbox : mailboxes) {
      mailbox.take(limits);
    }
    act.run();
  }

  private void orClose(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error broken) {
      close();
      throw broken;
    }
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
