package io.causa.node.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that exist, the environment variables that stand for them, and the nearest one to a
 * misspelt name.
 */
final class KnownKeys {
  private static final String ENVIRONMENT_PREFIX = "CAUSA_";

  /** Variables of the start script, the container image and the clients, not of the node. */
  private static final Set<String> RESERVED =
      Set.of(
          "CAUSA_HOME",
          "CAUSA_JAVA_OPTS",
          "CAUSA_NODE",
          "CAUSA_RUN_DIR",
          "CAUSA_TLS_CA",
          "CAUSA_TOKEN",
          "CAUSA_TOKEN_FILE");

  private static final List<String> KEYS = SettingBinder.keys(NodeConfig.class);
  private static final Map<String, String> KEY_BY_VARIABLE = keyByVariable();

  private KnownKeys() {}

  static List<String> all() {
    return KEYS;
  }

  /** Whether the path is the root or stands above known keys. */
  static boolean isSection(String path) {
    return path.isEmpty() || KEYS.stream().anyMatch(key -> key.startsWith(path + "."));
  }

  /** {@code http.maxWaitMillis} is {@code CAUSA_HTTP_MAX_WAIT_MILLIS}. */
  static String variable(String key) {
    String words = key.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2");
    return ENVIRONMENT_PREFIX + words.toUpperCase(Locale.ROOT);
  }

  /**
   * @throws ConfigException if there is no such key; the message proposes the nearest
   */
  static void require(String key, String source) {
    if (!KEYS.contains(key)) {
      throw new ConfigException(
              key,
              "there is no setting \"%s\", did you mean \"%s\"?".formatted(key, nearest(key, KEYS)))
          .from(source);
    }
  }

  /** Returns whether the variable may be meant for a node. */
  static boolean mayBeSetting(String variable) {
    return variable.startsWith(ENVIRONMENT_PREFIX) && !RESERVED.contains(variable);
  }

  /** Returns the key that an environment variable stands for; empty if it stands for none. */
  static Optional<String> keyOf(String variable) {
    return Optional.ofNullable(KEY_BY_VARIABLE.get(variable));
  }

  /** Returns the variable whose name is most like this one. */
  static String nearestVariable(String variable) {
    return nearest(variable, KEY_BY_VARIABLE.keySet());
  }

  private static String nearest(String name, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(key -> strangeness(name, key))).orElseThrow();
  }

  private static Map<String, String> keyByVariable() {
    Map<String, String> keyByVariable = new LinkedHashMap<>();
    KEYS.forEach(key -> keyByVariable.put(variable(key), key));
    return keyByVariable;
  }

  /** A forgotten section counts as one mistake, not as one for each of its letters. */
  private static int strangeness(String name, String key) {
    String lastWord = key.substring(key.lastIndexOf('.') + 1);
    return Math.min(distance(name, key), 1 + distance(name, lastWord));
  }

  /** The edit distance of Levenshtein, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
