package io.causa.membership;

import io.causa.clock.Replica;

/**
 * A generation that is no member any more, but has writes here.
 *
 * @param replica the generation
 * @param last its last write that is applied here
 * @param forgotten whether it was forgotten, and not replaced by another generation of its name
 * @param stable whether that is its last write anywhere among the members, and all have applied it
 * @param retired whether nothing waits for later ones any more
 */
public record GenerationView(
    Replica replica, long last, boolean forgotten, boolean stable, boolean retired) {}
