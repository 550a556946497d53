package io.causa.node.config;

/**
 * One value as it was given, before it has a type.
 *
 * @param text the value; the entries of a list are separated by commas
 * @param source where it was given, for messages: "flag --port", "environment variable
 *     CAUSA_HTTP_PORT", a file
 */
record Setting(String text, String source) {}
