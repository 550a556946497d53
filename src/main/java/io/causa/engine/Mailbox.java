package io.causa.engine;

import io.causa.engine.port.Handoff;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What one neighbour has handed to a loop and the loop has not taken: first in, first out.
 *
 * <p>A mailbox never refuses. Store and delivery feed each other, so a mailbox with an end would
 * deadlock or lose; budgets of bytes admit work where it enters the node. State of which only the
 * latest counts has a {@link Slot} instead of a place for each value.
 *
 * <p>Any thread may offer; the loop takes.
 */
final class Mailbox {

  private record Input(Runnable task, long bytes) {}

  private final Handoff way;
  private final Turns turns;
  private final Queue<Input> inputs = new ConcurrentLinkedQueue<>();

  Mailbox(Handoff way, Turns turns) {
    this.way = way;
    this.turns = turns;
  }

  /** Hands over a task that holds next to nothing. */
  void offer(Runnable task) {
    offer(0, task);
  }

  /**
   * Hands over a task.
   *
   * @param bytes what the task holds, about
   */
  void offer(long bytes, Runnable task) {
    way.carry(() -> add(bytes, task));
  }

  /** Makes a place for state of which only the latest value counts. */
  <T> Slot<T> slot(Consumer<T> input) {
    return new Slot<>(this, input);
  }

  private void add(long bytes, Runnable task) {
    inputs.add(new Input(task, bytes));
    turns.wake();
  }

  boolean isEmpty() {
    return inputs.isEmpty();
  }

  /** Runs what has arrived, up to the limits; on the loop. */
  void take(TurnLimits most) {
    long bytes = 0;
    for (int taken = 0; taken < most.inputs() && bytes <= most.bytes(); taken++) {
      Input next = inputs.poll();
      if (next == null) {
        return;
      }
      bytes += next.bytes();
      next.task().run();
    }
  }

  /**
   * A place in a mailbox for one value: a value that was not taken yet is replaced by a later one.
   * The later value keeps the place of the earlier, so it overtakes what was offered between them.
   *
   * @param <T> the value, immutable
   */
  static final class Slot<T> {

    private final Mailbox mailbox;
    private final Consumer<T> input;
    private final AtomicReference<T> latest = new AtomicReference<>();

    private Slot(Mailbox mailbox, Consumer<T> input) {
      this.mailbox = mailbox;
      this.input = input;
    }

    void offer(T value) {
      mailbox.way.carry(() -> put(value));
    }

    private void put(T value) {
      if (latest.getAndSet(value) == null) {
        mailbox.add(0, this::take);
      }
    }

    private void take() {
      input.accept(latest.getAndSet(null));
    }
  }
}
