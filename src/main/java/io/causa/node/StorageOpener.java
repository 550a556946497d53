package io.causa.node;

import io.causa.clock.Replica;
import io.causa.node.config.NodeConfig;
import io.causa.storage.MemoryStorage;
import io.causa.storage.Storage;
import io.vertx.core.Future;

/** Opens the storage that the configuration names. */
final class StorageOpener {

  private StorageOpener() {}

  static Future<Storage> open(NodeConfig config) {
    Replica self = new Replica(config.node().id(), System.currentTimeMillis());
    return Future.succeededFuture(new MemoryStorage(self, config.storage().logBytes()));
  }
}
