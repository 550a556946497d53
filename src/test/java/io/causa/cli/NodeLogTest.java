package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
  @TempDir Path directory;

  @Test
  void theTailOfARunHasNoLineOfAnEarlierOne() throws IOException {
    Path file = directory.resolve("logs/node1.log");
    NodeLog log = new NodeLog(file);
    long first = log.begin("node1");
    Files.writeString(file, "an old line\nhalf a li", StandardOpenOption.APPEND);
    long second = log.begin("node1");
    assertThat(log.tail(second, 15)).containsExactly("(this run wrote nothing)");
    Files.writeString(file, "a\nb\nc\n", StandardOpenOption.APPEND);
    assertThat(log.tail(second, 15)).containsExactly("a", "b", "c");
    assertThat(log.tail(second, 2)).containsExactly("b", "c");
    assertThat(log.tail(first, 99)).startsWith("an old line").endsWith("c");
    assertThat(Files.readString(file)).containsPattern("half a li\n=== node1 starts, 20\\d\\d-");
  }

  @Test
  void aLongLogIsSetAside() throws IOException {
    Path file = directory.resolve("node1.log");
    try (RandomAccessFile long1 = new RandomAccessFile(file.toFile(), "rw")) {
      long1.setLength(NodeLog.MOST_BYTES + 1);
    }
    new NodeLog(file).begin("node1");
    assertThat(Files.size(file)).isLessThan(100);
    assertThat(directory.resolve("node1.log.old")).exists();
  }

  @Test
  void aLogThatIsGoneIsSaid() {
    assertThat(new NodeLog(directory.resolve("none")).tail(0, 15))
        .singleElement()
        .asString()
        .startsWith("(cannot read " + directory.resolve("none"));
  }
}
