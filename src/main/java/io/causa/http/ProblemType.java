package io.causa.http;

import java.util.Locale;

/** Every kind of error that a client can meet; {@code docs/http-api.md} explains each. */
enum ProblemType {
  MALFORMED_REQUEST(400, "This is not a well-formed HTTP request"),
  BAD_ENCODING(400, "The text is not percent-encoded UTF-8"),
  BAD_KEY(400, "The key cannot be a key"),
  KEY_TOO_LONG(400, "The key is too long"),
  BAD_PARAMETER(400, "A query parameter is wrong"),
  BAD_CONTEXT(400, "The context is not one of this cluster"),
  BAD_CLOCK(400, "The clock is not one of this cluster"),
  BAD_PREFERENCE(400, "A preference is wrong"),
  BAD_ACKS(400, "The number of acknowledgements is wrong"),
  BAD_CONTENT_TYPE(400, "The content type cannot be kept"),
  BAD_BODY(400, "The body is not what this request takes"),
  BAD_FAULT_RULE(400, "A fault rule is wrong"),
  UNAUTHENTICATED(401, "Nobody that is known here asks"),
  FORBIDDEN(403, "The caller lacks the right"),
  FOREIGN_ORIGIN(403, "A page of another site asks"),
  FAULTS_OFF(403, "This node does not take link faults"),
  BACKUP_OFF(403, "This node makes no backups"),
  UNKNOWN_PATH(404, "There is nothing under this path"),
  UNKNOWN_MEMBER(404, "Nobody of that name belongs to the cluster"),
  UNKNOWN_GENERATION(404, "No generation of that name has writes here"),
  UNKNOWN_HELD_WRITE(404, "No write of that id is held here"),
  KEY_NOT_FOUND(404, "The key has no value"),
  METHOD_NOT_ALLOWED(405, "The path does not take this method"),
  BODY_TOO_SLOW(408, "The body did not arrive in time"),
  MEMBER_LIVE(409, "The member has not left"),
  GENERATION_IN_USE(409, "The generation cannot be retired"),
  BACKUP_EXISTS(409, "There is a backup of that name"),
  TOO_LARGE(413, "The request is too large"),
  URI_TOO_LONG(414, "The request line is too long"),
  WRONG_LISTENER(421, "Another listener of the node answers this"),
  UNKNOWN_HOST(421, "The node has not this name"),
  TOO_MANY_FAILURES(429, "Too many wrong tokens came from this address"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL_ERROR(500, "The node failed to answer"),
  BACKUP_FAILED(500, "The backup could not be made"),
  NOT_SUPPORTED(501, "The request asks for something that is not offered"),
  NOT_READY(503, "The node is not ready yet"),
  DEPENDENCY_NOT_MET(503, "The node has not reached the context in time"),
  OVERLOADED(503, "The node is at a limit"),
  ACKS_NOT_MET(504, "The write is applied here, but not yet by as many peers as asked for"),
  CLOCK_EXHAUSTED(507, "There is no time left that a write could be given"),
  DATA_FULL(507, "The node has no memory left for more data");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The short name, as in {@code dependency-not-met}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What stands in the member {@code type}. */
  String uri() {
    return "urn:problem-type:causa:" + code();
  }

  /** Whether the same request may well succeed a little later. */
  boolean isPassing() {
    return status == 503;
  }
}
