package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * A copy of a node's data.
 *
 * @param name as it was asked for
 * @param directory its path on the node's machine
 * @param clock how many writes of each replica are in it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Backup(String name, String directory, Map<String, Long> clock) {}
