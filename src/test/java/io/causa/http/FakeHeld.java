package io.causa.http;

import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldPage;
import io.causa.engine.api.HeldWrite;
import io.causa.node.port.HeldPort;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Held writes that a test can set. */
final class FakeHeld implements HeldPort {

  final List<HeldWrite> writes = new CopyOnWriteArrayList<>();

  @Override
  public Future<HeldPage> list(Optional<HeldId> after, int limit) {
    long from = after.map(HeldId::ticket).orElse(0L);
    List<HeldWrite> behind = writes.stream().filter(write -> write.id().ticket() > from).toList();
    return Future.succeededFuture(
        new HeldPage(
            behind.stream().limit(limit).toList(),
            writes.size(),
            writes.stream().mapToLong(HeldWrite::bytes).sum(),
            behind.size() > limit));
  }

  @Override
  public Future<Optional<HeldWrite>> find(HeldId id) {
    return Future.succeededFuture(
        writes.stream().filter(write -> write.id().equals(id)).findFirst());
  }

  @Override
  public Future<Boolean> cancel(HeldId id) {
    return Future.succeededFuture(writes.removeIf(write -> write.id().equals(id)));
  }
}
