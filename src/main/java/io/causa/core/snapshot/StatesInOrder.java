package io.causa.core.snapshot;

import io.causa.core.KeyState;

/** The states of all keys, in the order of the keys, to be walked over step by step. */
public interface StatesInOrder {

  /** Returns the state of the key; null if it has none. */
  KeyState get(String key);

  /** Returns the state of the first key; null if there is no key. */
  KeyState first();

  /** Returns the state of the first key behind this one; null if there is none. */
  KeyState after(String key);
}
