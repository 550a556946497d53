package io.causa.node.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds nested records out of dotted paths: the components of the records are the known keys, and
 * the only ones.
 */
final class SettingBinder {
  private SettingBinder() {}

  /**
   * The dotted path of every component that is not itself a record, in the order of declaration.
   */
  static List<String> keys(Class<? extends Record> type) {
    List<String> keys = new ArrayList<>();
    collectKeys("", type, keys);
    return keys;
  }

  private static void collectKeys(String prefix, Class<?> type, List<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + component.getName();
      if (component.getType().isRecord()) {
        collectKeys(path + ".", component.getType(), keys);
      } else {
        keys.add(path);
      }
    }
  }

  /**
   * @param settings a value for every one of {@link #keys}
   * @throws ConfigException if a value has the wrong type or a record refuses it
   */
  static <T extends Record> T bind(Class<T> type, Map<String, Setting> settings) {
    return type.cast(bind("", type, settings));
  }

  private static Object bind(String prefix, Class<?> type, Map<String, Setting> settings) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String path = prefix + components[i].getName();
      Class<?> wanted = components[i].getType();
      values[i] =
          wanted.isRecord()
              ? bind(path + ".", wanted, settings)
              : convert(path, wanted, settings.get(path));
    }
    return construct(type, components, values, settings);
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, Object[] values, Map<String, Setting> settings) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException thrown) {
      throw located(thrown, settings);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot construct " + type, impossible);
    }
  }

  private static RuntimeException located(
      InvocationTargetException thrown, Map<String, Setting> settings) {
    if (thrown.getCause() instanceof ConfigException refused) {
      Setting culprit = settings.get(refused.key());
      return culprit == null ? refused : refused.from(culprit.source());
    }
    return new IllegalStateException("a configuration record failed", thrown.getCause());
  }

  private static Object convert(String path, Class<?> wanted, Setting setting) {
    String text = setting.text().strip();
    try {
      return parse(wanted, text);
    } catch (IllegalArgumentException wrongType) {
      String message = "%s is \"%s\", expected is %s".formatted(path, text, expected(wanted));
      throw new ConfigException(path, message).from(setting.source());
    }
  }

  private static Object parse(Class<?> wanted, String text) {
    if (wanted == String.class) {
      return text;
    }
    if (wanted == int.class) {
      return Integer.parseInt(text);
    }
    if (wanted == long.class) {
      return Long.parseLong(text);
    }
    if (wanted == boolean.class) {
      return parseBoolean(text);
    }
    return wanted.isEnum() ? parseConstant(wanted, text) : parseList(text);
  }

  private static boolean parseBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static Object parseConstant(Class<?> wanted, String text) {
    return Arrays.stream(wanted.getEnumConstants())
        .filter(constant -> inLowerCase(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static List<String> parseList(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static String expected(Class<?> wanted) {
    if (wanted == boolean.class) {
      return "true or false";
    }
    if (wanted.isEnum()) {
      return "one of "
          + Arrays.stream(wanted.getEnumConstants())
              .map(SettingBinder::inLowerCase)
              .collect(Collectors.joining(", "));
    }
    return "a whole number; conf/causa.yaml has its bounds";
  }

  private static String inLowerCase(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
