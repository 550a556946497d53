package io.causa.node;

import io.causa.replication.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Which handler carries out which kind of {@link Action}; none may be left without one. */
final class ActionDispatch {

  private final Map<Class<?>, Consumer<Action>> handlers = new HashMap<>();

  <A extends Action> ActionDispatch on(Class<A> kind, Consumer<A> handler) {
    handlers.put(kind, action -> handler.accept(kind.cast(action)));
    return this;
  }

  /**
   * All handlers are there.
   *
   * @throws IllegalStateException if a kind of action has none
   */
  ActionDispatch complete() {
    for (Class<?> kind : Action.class.getPermittedSubclasses()) {
      if (!handlers.containsKey(kind)) {
        throw new IllegalStateException(
            "nothing carries out " + kind + ", only " + handlers.keySet());
      }
    }
    return this;
  }

  void run(Action action) {
    handlers.get(action.getClass()).accept(action);
  }
}
