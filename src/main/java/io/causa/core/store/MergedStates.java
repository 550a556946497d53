package io.causa.core.store;

import io.causa.core.KeyState;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Joins two walks over states in the order of their keys, which have no key in common. */
final class MergedStates implements Iterator<KeyState> {

  private final Iterator<KeyState> left;
  private final Iterator<KeyState> right;
  private KeyState nextLeft;
  private KeyState nextRight;

  MergedStates(Iterator<KeyState> left, Iterator<KeyState> right) {
    this.left = left;
    this.right = right;
    nextLeft = next(left);
    nextRight = next(right);
  }

  /** Returns the state with the lower key; null stands for no state. */
  static KeyState lower(KeyState left, KeyState right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.key().compareTo(right.key()) < 0 ? left : right;
  }

  private static KeyState next(Iterator<KeyState> states) {
    return states.hasNext() ? states.next() : null;
  }

  @Override
  public boolean hasNext() {
    return nextLeft != null || nextRight != null;
  }

  @Override
  public KeyState next() {
    KeyState state = lower(nextLeft, nextRight);
    if (state == null) {
      throw new NoSuchElementException();
    }
    if (state == nextLeft) {
      nextLeft = next(left);
    } else {
      nextRight = next(right);
    }
    return state;
  }
}
