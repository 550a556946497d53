package io.causa.http;

import io.causa.access.Grant;
import io.causa.access.Identity;
import io.causa.clock.VersionVector;
import io.causa.node.port.NodePort;
import io.causa.node.port.StorePort;
import io.causa.wire.ContextToken;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * One request on its way, with what its headers say.
 *
 * <p>Owner: the loop of the request.
 */
final class Exchange {

  /** Hears once how a request ends: with an answer, or with why there is none. */
  interface Ending {
    void ended(Exchange exchange, Answer answer, Throwable failure);
  }

  private final Edge edge;
  private final HttpServerRequest request;
  private final Ending ending;
  private boolean ended;
  private Identity identity;
  private boolean audited;
  private VersionVector context = VersionVector.EMPTY;
  private Preferences preferences;
  private BodyBudget.Lease lease;
  private BodyBudget.Lease answerLease;
  private Future<Void> abandoned;

  Exchange(Edge edge, HttpServerRequest request, Ending ending) {
    this.edge = edge;
    this.request = request;
    this.ending = ending;
  }

  /** The caller is known from here on. */
  void identify(Identity caller) {
    identity = caller;
  }

  /** Returns who asks; null for a stranger to a node that asks who calls. */
  Identity identity() {
    return identity;
  }

  /** Returns whether the caller is known, or nobody is asked. A stranger learns next to nothing. */
  boolean isKnown() {
    return identity != null;
  }

  /** Returns what the caller may do; only of a known one. */
  Grant grant() {
    return identity.grant();
  }

  /**
   * Returns the key, if the caller may see and change it.
   *
   * @throws ProblemException if the caller's prefixes do not cover it
   */
  String requireKey(String key) {
    if (!identity.grant().covers(key)) {
      throw AccessGate.outside(this, "key", key);
    }
    return key;
  }

  /**
   * Returns the prefix, if the caller may see all keys that begin with it.
   *
   * @throws ProblemException if the caller's prefixes do not cover it
   */
  String requirePrefix(String prefix) {
    if (!identity.grant().covers(prefix)) {
      throw AccessGate.outside(this, "prefix", prefix);
    }
    return prefix;
  }

  /** What becomes of the request is put on record. */
  void audit() {
    audited = true;
  }

  boolean isAudited() {
    return audited;
  }

  /** Ends the exchange with its answer. */
  void answer(Answer answer) {
    end(answer, null);
  }

  /** Ends the exchange without a regular answer; a {@link ProblemException} says what is wrong. */
  void fail(Throwable failure) {
    end(null, failure);
  }

  /** Ends the exchange with what has become of its answer. */
  void end(AsyncResult<Answer> result) {
    end(result.result(), result.cause());
  }

  /** Ends the exchange with an answer that also says which preferences were granted. */
  void answerPreferred(Answer answer) {
    answer(preferences().applyTo(answer));
  }

  private void end(Answer answer, Throwable failure) {
    if (ended) {
      throw new IllegalStateException("an exchange has one end, and comes to another: " + answer);
    }
    ended = true;
    ending.ended(this, answer, failure);
  }

  /** Takes a step towards the end of the exchange; what the step throws is the end. */
  void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failure) {
      if (ended) {
        throw failure;
      }
      fail(failure);
    }
  }

  Edge edge() {
    return edge;
  }

  NodePort node() {
    return edge.node();
  }

  StorePort store() {
    return edge.node().store();
  }

  KeptTexts texts() {
    return edge.texts();
  }

  HttpServerRequest request() {
    return request;
  }

  String header(CharSequence name) {
    return request.headers().get(name);
  }

  /**
   * Takes over {@code Causa-Context}; several contexts, as of sessions that meet, are joined. Where
   * nothing stands, nothing is waited for: an empty header, or an empty place in its list.
   *
   * @throws ProblemException if one is malformed or of another cluster
   */
  void readContext() {
    if (request.headers().contains(Headers.CONTEXT)) {
      for (String line : request.headers().getAll(Headers.CONTEXT)) {
        for (String token : line.split(",")) {
          if (!token.isBlank()) {
            addContext(decoded(token.strip()));
          }
        }
      }
    }
  }

  private VersionVector decoded(String token) {
    ContextToken.Decoded decoded = ContextToken.decode(token, node().clusterName());
    if (decoded instanceof ContextToken.Decoded.Valid valid) {
      return valid.context();
    }
    throw new ProblemException(
        ProblemType.BAD_CONTEXT,
        ((ContextToken.Decoded.Invalid) decoded).reason()
            + "; send the Causa-Context of an earlier answer, or none");
  }

  /** What the client has seen, as far as it said so; empty if it said nothing. */
  VersionVector context() {
    return context;
  }

  /** The client has seen this as well. */
  void addContext(VersionVector more) {
    context = context.join(more);
  }

  /**
   * @throws ProblemException if a preference that matters here is malformed
   */
  Preferences preferences() {
    if (preferences == null) {
      preferences = Preferences.of(request.headers(), edge.limits());
    }
    return preferences;
  }

  QueryParameters query() {
    return QueryParameters.of(request.query());
  }

  /**
   * Reads the body.
   *
   * @see BodyReader#read
   */
  Future<byte[]> body(long limitBytes, String limitName) {
    Promise<byte[]> body = Promise.promise();
    BodyReader.read(this, limitBytes, limitName, body::complete, body::fail);
    return body.future();
  }

  /**
   * Reads the body; if that fails, the exchange ends.
   *
   * @param next takes the body, and is a step as {@link #attempt} takes it
   * @see BodyReader#read
   */
  void withBody(long limitBytes, String limitName, Consumer<byte[]> next) {
    BodyReader.read(
        this, limitBytes, limitName, body -> attempt(() -> next.accept(body)), this::fail);
  }

  /** Returns the share of this request's body in all bodies under way. */
  BodyBudget.Lease lease() {
    if (lease == null) {
      lease = edge.load().bodies().lease();
    }
    return lease;
  }

  /** Returns the share of this request's answer in all answers under way. */
  BodyBudget.Lease answerLease() {
    if (answerLease == null) {
      answerLease = edge.load().answers().lease();
    }
    return answerLease;
  }

  /** Counts the answer no more: it is sent, or will not be. */
  void releaseAnswer() {
    if (answerLease != null) {
      answerLease.release();
    }
  }

  /** Counts the body no more: the request is answered, or the store counts it. */
  void releaseBody() {
    if (lease != null) {
      lease.release();
    }
  }

  /** Completes when the client goes away before its answer. */
  Future<Void> abandoned() {
    if (abandoned == null) {
      abandoned = watch();
    }
    return abandoned;
  }

  private Future<Void> watch() {
    Promise<Void> gone = Promise.promise();
    whenAbandoned(gone::tryComplete);
    return gone.future();
  }

  /**
   * Runs the task when the client goes away before its answer. The task of a later call replaces
   * that of an earlier one.
   */
  void whenAbandoned(Runnable task) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      task.run();
    } else {
      response.closeHandler(gone -> task.run());
    }
  }
}
