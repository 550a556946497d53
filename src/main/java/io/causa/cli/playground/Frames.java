package io.causa.cli.playground;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of JSON on the socket: one request goes in; a greeting, any number of lines of progress
 * and one reply come out.
 */
final class Frames {
  /** The longest line in bytes, either way: a cluster of 16 nodes takes some 5 KiB. */
  static final int MOST_BYTES = 64 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Frames() {}

  /** One line from the cluster; exactly one of the three is not null. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Frame(String hello, String progress, Control.Reply done) {
    static Frame hello(String cluster) {
      return new Frame(cluster, null, null);
    }

    static Frame progress(String line) {
      return new Frame(null, line, null);
    }

    static Frame done(Control.Reply reply) {
      return new Frame(null, null, reply);
    }
  }

  static void write(OutputStream out, Object frame) throws IOException {
    out.write((JSON.writeValueAsString(frame) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * @return null if the other side has closed instead
   * @throws IOException if the line is too long or not what was expected
   */
  static <T> T read(InputStream in, Class<T> type) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == MOST_BYTES) {
        throw new IOException("a line has more than %d bytes".formatted(MOST_BYTES));
      }
      line.write(next);
    }
    return parse(line.toByteArray(), type);
  }

  private static <T> T parse(byte[] line, Class<T> type) throws IOException {
    try {
      return JSON.readValue(line, type);
    } catch (JsonProcessingException wrong) {
      throw new IOException("a line cannot be understood: " + wrong.getOriginalMessage(), wrong);
    }
  }
}
