/**
 * Stamp, commit, apply: what the store of one replica decides.
 *
 * <p>{@link io.causa.core.store.Store} takes requests in and answers them. {@link
 * io.causa.core.store.CommitPipeline} puts the commits together, one at a time, and {@link
 * io.causa.core.store.KeyStates} makes them readable once they are durable. Requests whose context
 * is not applied here wait in {@link io.causa.core.store.ParkedRequests}. Every limit of what is
 * kept here is a {@code Budget} or a {@link io.causa.core.DataLimit}.
 *
 * <p>Owner of everything here: the store's loop, unless a class says otherwise.
 */
package io.causa.core.store;
