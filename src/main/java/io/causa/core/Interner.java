package io.causa.core;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets equal values that very many versions name be one object, as long as there are few different
 * ones.
 *
 * <p>Any thread may ask. Bound: the first {@code most} values; a later one stays with those that
 * name it.
 *
 * @param <T> immutable
 */
final class Interner<T> {

  private final int most;
  private final ConcurrentMap<T, T> values = new ConcurrentHashMap<>();

  Interner(int most) {
    this.most = most;
  }

  /** Returns the object that stands for all equal values, or the value itself if there is none. */
  T intern(T value) {
    T known = values.get(value);
    if (known != null) {
      return known;
    }
    return values.size() < most ? intoMap(value) : value;
  }

  private T intoMap(T value) {
    T earlier = values.putIfAbsent(value, value);
    return earlier == null ? value : earlier;
  }

  /** Whether this very object stands for all equal ones, so that naming it costs no more memory. */
  boolean isInterned(T value) {
    return values.get(value) == value;
  }
}
