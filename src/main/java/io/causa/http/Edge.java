package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.causa.node.port.NodePort;

/**
 * What the handlers of one {@link HttpVerticle} share.
 *
 * @param node the node behind them
 * @param limits what clients may ask for
 * @param load what all instances carry together
 * @param deadlines ends the bodies of this instance that come too slowly
 * @param texts how this instance writes vectors and versions
 * @param access who may do what
 */
record Edge(
    NodePort node,
    NodeConfig.Http limits,
    HttpLoad load,
    BodyDeadlines deadlines,
    KeptTexts texts,
    Access access) {}
