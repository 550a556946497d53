/**
 * Who may do what over HTTP, decided: rights, roles, tokens, origins and host names. Nothing here
 * reads a file, a clock or the network; {@code io.causa.access.file} keeps the file of tokens.
 */
package io.causa.access;
