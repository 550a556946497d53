package io.causa.client;

import io.vertx.core.Future;

/**
 * One client's requests, one after the other, to any nodes. Carries the context from each answer to
 * the next request, which is all it takes to read its own writes, never to read backwards, and to
 * have its writes follow what it wrote and read before.
 *
 * <p>Not for two requests at once: there is one context to carry, and a token cannot be merged with
 * another by its client.
 */
public final class CausaSession {
  private volatile String context;

  /** A session that has seen nothing. */
  public CausaSession() {}

  /** A session that goes on from another's context. */
  public CausaSession(String context) {
    this.context = context;
  }

  /** The token that covers all this session has seen; null before the first answer. */
  public String context() {
    return context;
  }

  public Future<Answer> get(CausaClient node, String key) {
    return get(node, key, Ask.PLAIN);
  }

  public Future<Answer> get(CausaClient node, String key, Ask ask) {
    return node.get(key, ask.withContext(context)).map(this::advance);
  }

  public Future<Answer> put(CausaClient node, String key, String value) {
    return put(node, key, value, Ask.PLAIN);
  }

  public Future<Answer> put(CausaClient node, String key, String value, Ask ask) {
    return node.put(key, value, ask.withContext(context)).map(this::advance);
  }

  public Future<Answer> delete(CausaClient node, String key) {
    return delete(node, key, Ask.PLAIN);
  }

  public Future<Answer> delete(CausaClient node, String key, Ask ask) {
    return node.delete(key, ask.withContext(context)).map(this::advance);
  }

  /**
   * Only an answer that met the context covers it; a refusal or a 202 may name less than what this
   * session has seen. A write that was applied has met it, also where too few peers have it.
   */
  private Answer advance(Answer answer) {
    boolean met =
        !(answer instanceof Answer.Refused refused && !refused.isApplied()
            || answer instanceof Answer.Buffered
            || answer instanceof Answer.Unreachable);
    if (met && answer.marks().context() != null) {
      context = answer.marks().context();
    }
    return answer;
  }
}
