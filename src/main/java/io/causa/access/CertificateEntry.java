package io.causa.access;

/**
 * What the bearer of a client certificate may do.
 *
 * @param subject the distinguished name as RFC 2253 writes it, such as {@code CN=reports,O=Example}
 * @param note what it is for, for people
 */
public record CertificateEntry(String subject, Grant grant, String note) {

  /**
   * @throws IllegalArgumentException if the subject is missing; the message is for people
   */
  public CertificateEntry {
    if (subject == null || subject.isBlank()) {
      throw new IllegalArgumentException(
          "a certificate has no subject, expected is for example \"CN=reports,O=Example\"");
    }
    subject = subject.strip();
    note = note == null ? "" : note;
  }
}
