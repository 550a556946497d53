package io.causa.storage;

import java.util.function.LongSupplier;

class MemoryStorageTest extends StorageContract {

  @Override
  Storage open(LogLimits limits, LongSupplier clockMillis) {
    return new MemoryStorage(SELF, limits, clockMillis);
  }
}
