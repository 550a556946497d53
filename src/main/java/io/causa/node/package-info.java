/**
 * One node: verticles that own an event loop, an address and a queue, and nothing that decides.
 *
 * <pre>
 *  clients ─▶ HttpVerticle ×cores ─▶ StoreVerticle ─▶ ReplicationVerticle ─▶ peers
 *                                     ▲         └──▶ FeedVerticle ─▶ subscribers
 *    peers ─▶ DeliveryVerticle ───────┘
 * </pre>
 */
package io.causa.node;
