package io.causa.identity;

/**
 * What is noted beside the write-ahead log of a directory when a part of the log is on the disk.
 *
 * @param change the number of the last change that is on the disk
 * @param generation whose data it is
 * @param standing the durable one by then
 */
public record LogMark(long change, long generation, Standing standing) {}
