package io.causa.node;

import io.causa.clock.Replica;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfig.StorageMode;
import io.causa.storage.MemoryStorage;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.Storage;
import java.nio.file.Path;

/** Opens the storage that the configuration names. */
final class StorageOpener {

  private static final int HEAP_SHARE_OF_LOG = 8;

  private StorageOpener() {}

  /**
   * Blocks while data is read.
   *
   * @throws io.causa.storage.StorageException if the directory cannot be used
   */
  static Storage open(NodeConfig config) {
    NodeConfig.Storage settings = config.storage();
    String name = config.node().id();
    if (settings.mode() == StorageMode.MEMORY) {
      return new MemoryStorage(new Replica(name, newGeneration()), memoryLogBytes(settings));
    }
    var options =
        new RocksStorage.Options(
            Path.of(settings.directory()),
            settings.mode() == StorageMode.FSYNC ? Durability.FSYNC : Durability.BUFFERED,
            settings.logBytes(),
            name,
            config.cluster().name());
    return RocksStorage.open(options, StorageOpener::newGeneration);
  }

  /**
   * A log in memory shares the heap with everything else, and small writes occupy several times
   * their bytes.
   */
  private static long memoryLogBytes(NodeConfig.Storage settings) {
    return Math.min(settings.logBytes(), Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_LOG);
  }

  /** Time tells a later generation of a name from an earlier one; no rule depends on it. */
  private static long newGeneration() {
    return System.currentTimeMillis();
  }
}
