package io.causa.storage;

/**
 * One run of a replica, from opening its data to closing it.
 *
 * @param session larger than that of every earlier run on this data, also when the wall clock was
 *     set back
 * @param standing how far its own writes are to be believed
 * @param isNew whether the generation was made when the data was opened for this run
 */
public record Incarnation(long session, Standing standing, boolean isNew) {}
