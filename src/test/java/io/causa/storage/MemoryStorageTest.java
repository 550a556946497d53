package io.causa.storage;

import io.causa.core.Write;
import java.util.function.LongSupplier;

class MemoryStorageTest extends StorageContract {

  @Override
  protected Storage open(LogLimits limits, LongSupplier clockMillis) {
    return new MemoryStorage(SELF, 1, limits, clockMillis);
  }

  @Override
  protected long logBytes(Write write) {
    return write.heapBytes();
  }
}
