/**
 * Scenarios: YAML files that tell a cluster what to do and what must then be seen, played over HTTP
 * like any client would.
 */
package io.causa.scenario;
