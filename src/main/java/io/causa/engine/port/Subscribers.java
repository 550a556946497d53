package io.causa.engine.port;

import io.causa.core.StagedWrite;

/** Who listens to the writes that this node applies. */
public interface Subscribers {

  /** Nobody ever listens. */
  Subscribers NOBODY =
      new Subscribers() {
        @Override
        public boolean present() {
          return false;
        }

        @Override
        public void publish(StagedWrite applied, Runnable sent) {
          sent.run();
        }
      };

  /** Returns whether anybody listens now; any thread may ask. */
  boolean present();

  /**
   * Publishes a write. Never blocks; a write may be lost on its way.
   *
   * @param sent is run, on any thread, when the write occupies nothing here any more
   */
  void publish(StagedWrite applied, Runnable sent);
}
