package io.causa.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the idle timeout from a connection that has a request under way, however long the answer
 * takes. From the moment the answer is handed over, its client has the whole timeout to read on.
 *
 * <p>A guard stands between the timer of Netty, which knows the traffic and no requests, and the
 * connection, which closes itself when the timer says so. The request has limits of its own: its
 * body has to arrive in time, and a wait for a context ends.
 *
 * <p>Owner: the loop of the connection. One request of a connection is under way at a time.
 */
final class IdleGuard extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<IdleGuard> OF_CHANNEL =
      AttributeKey.valueOf(IdleGuard.class, "guard");

  private final LongSupplier nanoTime;
  private final long idleNanos;
  private boolean underWay;
  private boolean answered;
  private long answeredNanos;

  IdleGuard(LongSupplier nanoTime, long idleMillis) {
    this.nanoTime = nanoTime;
    this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
  }

  /** Puts this guard before a connection that has just been opened. */
  void protect(HttpConnection connection) {
    ChannelHandlerContext closing = ((HttpServerConnection) connection).channelHandlerContext();
    closing.channel().attr(OF_CHANNEL).set(this);
    closing.pipeline().addBefore(closing.name(), "idle guard", this);
  }

  /** Returns the guard of a connection, which has one from its first moment. */
  static IdleGuard of(HttpConnection connection) {
    Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
    return channel.attr(OF_CHANNEL).get();
  }

  /** A request has begun. {@link #answered} has to follow. */
  void begun() {
    underWay = true;
  }

  /** The request has its answer, which is about to be sent. */
  void answered() {
    answeredNanos = nanoTime.getAsLong();
    answered = true;
    underWay = false;
  }

  private boolean isIdle() {
    return !underWay && !(answered && nanoTime.getAsLong() - answeredNanos < idleNanos);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof IdleStateEvent) || isIdle()) {
      context.fireUserEventTriggered(event);
    }
  }
}
