package io.causa.storage;

class MemoryStorageTest extends StorageContract {

  @Override
  Storage open(long logBytes) {
    return new MemoryStorage(SELF, logBytes);
  }
}
