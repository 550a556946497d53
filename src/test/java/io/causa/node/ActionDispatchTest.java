package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.causa.replication.Action;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionDispatchTest {

  @Test
  void anActionGoesToTheHandlerOfItsKind() {
    List<String> done = new ArrayList<>();
    ActionDispatch dispatch =
        new ActionDispatch()
            .on(Action.Renew.class, renew -> done.add("renew: " + renew.reason()))
            .on(Action.Rejoin.class, rejoin -> done.add("rejoin: " + rejoin.reason()));

    dispatch.run(new Action.Rejoin("a"));
    dispatch.run(new Action.Renew("b"));

    assertThat(done).containsExactly("rejoin: a", "renew: b");
  }

  @Test
  void aKindOfActionWithoutAHandlerIsNoticedAtOnce() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new ActionDispatch().on(Action.Renew.class, renew -> {}).complete())
        .withMessageContaining("nothing carries out");
  }
}
