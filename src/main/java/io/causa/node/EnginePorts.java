package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.ReadView;
import io.causa.engine.Engine;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldPage;
import io.causa.engine.api.HeldWrite;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.node.port.AcksPort;
import io.causa.node.port.HeldPort;
import io.causa.node.port.MembersPort;
import io.causa.node.port.StorePort;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The engine as the edges of a node see it: each question is answered on the caller's context. */
final class EnginePorts implements StorePort, HeldPort, AcksPort, MembersPort {

  private final Engine engine;
  private final CallersLoop callers;

  EnginePorts(Engine engine, CallersLoop callers) {
    this.engine = engine;
    this.callers = callers;
  }

  @Override
  public ReadView view() {
    return engine.store().view();
  }

  @Override
  public Pending write(WriteRequest request, Consumer<Outcome<Dot>> reply) {
    return engine.store().write(request, callers.bringBack(reply));
  }

  @Override
  public Future<Outcome<Snapshot>> read(ReadRequest request, Future<Void> abandoned) {
    return askPending(abandoned, reply -> engine.store().read(request, reply));
  }

  @Override
  public Future<Outcome<Void>> await(
      VersionVector context, long waitMillis, Future<Void> abandoned) {
    return askPending(abandoned, reply -> engine.store().await(context, waitMillis, reply));
  }

  private <T> Future<T> askPending(
      Future<Void> abandoned, Function<Consumer<T>, Pending> question) {
    return callers.ask(
        reply -> {
          Pending pending = question.apply(reply);
          abandoned.onSuccess(gone -> pending.abandon());
        });
  }

  @Override
  public Future<HeldPage> list(Optional<HeldId> after, int limit) {
    return callers.ask(reply -> engine.store().held(held -> reply.accept(held.page(after, limit))));
  }

  @Override
  public Future<Optional<HeldWrite>> find(HeldId id) {
    return callers.ask(reply -> engine.store().held(held -> reply.accept(held.find(id))));
  }

  @Override
  public Future<Boolean> cancel(HeldId id) {
    return callers.ask(reply -> engine.store().held(held -> reply.accept(held.cancel(id))));
  }

  @Override
  public Future<Integer> await(Dot version, int peers, long waitMillis) {
    return callers.ask(
        reply -> engine.replication().await(version, peers, waitMillis, reply::accept));
  }

  @Override
  public Future<ForgetOutcome> forget(String name) {
    return callers.ask(reply -> engine.replication().forget(name, reply));
  }

  @Override
  public Future<RetireOutcome> retire(Replica former) {
    return callers.ask(reply -> engine.replication().retire(former, reply));
  }
}
