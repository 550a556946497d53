/**
 * Who belongs to the cluster, and which generations belong to it no more: values, and the decisions
 * that need nothing but replicas and rosters.
 *
 * <pre>
 *   Roster:        for each name the generation that holds it; a lattice, so gossip spreads it
 *   Declaration:   when a new generation takes its name
 *   NameCollision: which of two live nodes with one name stops
 *   Endings:       where the histories of former generations end; a lattice, too
 *   Retirement:    what nothing waits for any more by that
 * </pre>
 */
package io.causa.membership;
