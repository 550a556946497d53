package io.causa.engine.api;

import java.util.List;

/**
 * Some held writes, in the order in which they were accepted.
 *
 * @param held the writes of the page
 * @param writes how many are held in all
 * @param bytes what all of them occupy on the heap, about
 * @param more whether there are further ones behind the page
 */
public record HeldPage(List<HeldWrite> held, int writes, long bytes, boolean more) {}
