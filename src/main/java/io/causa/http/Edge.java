package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.causa.node.port.NodePort;

/**
 * What the handlers of one {@link HttpVerticle} share.
 *
 * @param node the node behind them
 * @param limits what clients may ask for
 */
record Edge(NodePort node, NodeConfig.Http limits) {}
