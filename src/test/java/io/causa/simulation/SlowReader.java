package io.causa.simulation;

import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import java.util.List;
import java.util.Optional;

/**
 * The view as a thread sees it that is interrupted after its first look at a key or the vector:
 * whatever it asks first was so then, all else is so now.
 */
final class SlowReader implements ReadView {

  private final ReadView view;
  private final String key;
  private final VersionVector appliedThen;
  private final Optional<KeyState> stateThen;
  private boolean looked;

  SlowReader(ReadView view, String key) {
    this.view = view;
    this.key = key;
    this.appliedThen = view.applied();
    this.stateThen = view.get(key);
  }

  @Override
  public VersionVector applied() {
    return isFirstLook() ? appliedThen : view.applied();
  }

  @Override
  public Optional<KeyState> get(String wanted) {
    return isFirstLook() && wanted.equals(key) ? stateThen : view.get(wanted);
  }

  @Override
  public List<String> keys(String prefix, String after, int limit) {
    return view.keys(prefix, after, limit);
  }

  @Override
  public int size() {
    return view.size();
  }

  private boolean isFirstLook() {
    boolean first = !looked;
    looked = true;
    return first;
  }
}
