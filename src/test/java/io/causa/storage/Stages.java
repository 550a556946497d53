package io.causa.storage;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits for stages of storages that have threads of their own. */
final class Stages {

  private Stages() {}

  /** Returns what the stage completes with, within half a minute. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the storage did not complete", e);
    }
  }
}
