/**
 * HTTP for clients: routes, statuses, headers and bodies. Everything it knows of the node comes
 * through {@code io.causa.node.port}.
 *
 * <pre>
 *   request ─▶ {@link io.causa.http.Dispatcher} ─▶ {@link io.causa.http.RouteTable} ─▶ a handler (…Routes) ─▶ end of the {@link io.causa.http.Exchange} with its {@link io.causa.http.Answer} ─▶ {@link io.causa.http.AnswerWriter}
 *                               any {@link io.causa.http.ProblemException} becomes a problem document (RFC 9457) ──┘
 * </pre>
 */
package io.causa.http;
