package io.causa.node;

import io.causa.clock.Replica;
import io.causa.identity.StartMoment;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfig.StorageMode;
import io.causa.storage.DataTooLargeException;
import io.causa.storage.LogLimits;
import io.causa.storage.MemoryStorage;
import io.causa.storage.Recovered;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the storage that the configuration names. */
final class StorageOpener {

  private static final Logger LOG = LoggerFactory.getLogger(StorageOpener.class);

  private StorageOpener() {}

  /**
   * Blocks while data is read.
   *
   * @param least the least generation that a node without data may take
   * @throws io.causa.storage.StorageException if the directory cannot be used
   */
  static Storage open(NodeConfig config, long least) {
    long startMillis = MonotonicClock.millis();
    Storage storage = openQuietly(config, least);
    tell(config.storage(), storage.recovered(), MonotonicClock.millis() - startMillis);
    return storage;
  }

  /** Whoever starts a node sees whose data it is, and where. */
  private static void tell(NodeConfig.Storage settings, Recovered found, long tookMillis) {
    if (settings.mode() == StorageMode.MEMORY) {
      LOG.info("{} keeps its data in memory: nothing outlives the process", found.self());
    } else {
      LOG.info(
          "{} keeps its data in {} ({}): {} keys, {} own writes, opened in {} ms",
          found.self(),
          Path.of(settings.directory()).toAbsolutePath(),
          settings.mode().name().toLowerCase(Locale.ROOT),
          found.states().size(),
          found.applied().get(found.self()),
          tookMillis);
    }
  }

  private static Storage openQuietly(NodeConfig config, long least) {
    NodeConfig.Storage settings = config.storage();
    String name = config.node().id();
    if (settings.mode() == StorageMode.MEMORY) {
      return inMemory(name, least, new LogLimits(settings.logBytes(), settings.logAgeMillis()));
    }
    var options =
        new RocksStorage.Options(
            Path.of(settings.directory()).toAbsolutePath(),
            settings.mode() == StorageMode.FSYNC ? Durability.FSYNC : Durability.BUFFERED,
            new LogLimits(settings.logBytes(), settings.logAgeMillis()),
            name,
            config.cluster().name(),
            DataLimits.mostBytes(Runtime.getRuntime().maxMemory()));
    try {
      return RocksStorage.open(options, System::currentTimeMillis);
    } catch (DataTooLargeException tooLarge) {
      throw new StorageException(
          "%s; start it with a larger heap: -Xmx%dm at least"
              .formatted(tooLarge.getMessage(), DataLimits.heapMebibytes(tooLarge.dataBytes())));
    }
  }

  /** Each start without data is a new generation. */
  private static Storage inMemory(String name, long least, LogLimits log) {
    StartMoment now = new StartMoment(System.currentTimeMillis(), new SecureRandom().nextLong());
    try {
      Replica self = new Replica(name, now.generationAfter(Math.max(0, least - 1)));
      return new MemoryStorage(self, now.sessionAfter(0), log, MonotonicClock::millis);
    } catch (IllegalStateException clockIsWrong) {
      throw new StorageException(clockIsWrong.getMessage());
    }
  }
}
