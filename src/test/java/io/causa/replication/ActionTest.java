package io.causa.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionTest {

  @Test
  void eachKindIsCarriedOutByAMethodOfItsOwn() throws ReflectiveOperationException {
    List<String> called = new ArrayList<>();
    Actions host =
        (Actions)
            Proxy.newProxyInstance(
                Actions.class.getClassLoader(),
                new Class<?>[] {Actions.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  return null;
                });

    for (Class<?> kind : Action.class.getPermittedSubclasses()) {
      anyOf(kind).carryOut(host);
    }

    assertThat(called)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Actions.class.getMethods()).map(Method::getName).toList());
  }

  private static Action anyOf(Class<?> kind) throws ReflectiveOperationException {
    Constructor<?> constructor =
        Arrays.stream(kind.getDeclaredConstructors())
            .max(Comparator.comparing(Constructor::getParameterCount))
            .orElseThrow();
    Object[] nothing =
        Arrays.stream(constructor.getParameterTypes())
            .map(type -> Array.get(Array.newInstance(type, 1), 0))
            .toArray();
    return (Action) constructor.newInstance(nothing);
  }
}
