/**
 * Proves the simulator and its checkers: deliberately broken variants of the real classes, each of
 * which must be caught within a bounded number of seeds.
 */
package io.causa.simulation.mutants;
