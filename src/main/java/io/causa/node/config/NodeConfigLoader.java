package io.causa.node.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the configuration together: flags over environment over the operator's file over the
 * defaults that the jar carries. A name that does not exist is an error in the file and in a flag.
 * In the environment, which others fill as well, it is left out: {@link UnknownVariables} tells it.
 */
public final class NodeConfigLoader {
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private NodeConfigLoader() {
    settings.putAll(YamlSettings.packaged());
  }

  /** The defaults alone. */
  public static NodeConfig defaults() {
    return load(Map.of(), Map.of(), Optional.empty());
  }

  /**
   * @param flags the settings given on the command line: dotted path to text, lists separated by
   *     commas
   * @param environment all variables of the process; only those that stand for a setting are looked
   *     at
   * @param file the operator's YAML file
   * @throws ConfigException if a key is unknown, a value has the wrong type or is out of bounds
   */
  public static NodeConfig load(
      Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
    NodeConfigLoader loader = new NodeConfigLoader();
    file.ifPresent(loader::addFile);
    new TreeMap<>(environment).forEach(loader::addVariable);
    flags.forEach(loader::addFlag);
    return SettingBinder.bind(NodeConfig.class, loader.settings);
  }

  private void addFile(Path file) {
    YamlSettings.of(file).forEach(this::add);
  }

  private void addVariable(String name, String text) {
    KnownKeys.keyOf(name)
        .ifPresent(key -> add(key, new Setting(text, ServiceVariables.source(name, text))));
  }

  private void addFlag(String key, String text) {
    add(key, new Setting(text, "the command line"));
  }

  private void add(String key, Setting setting) {
    KnownKeys.require(key, setting.source());
    settings.put(key, setting);
  }
}
