/**
 * The byte-level forms that disk, network and tokens share: numbers, texts, vectors and mutations,
 * and the {@link io.causa.core.encoding.Envelope} that all of them stand in. Pure Java; what is
 * stored or sent is decided by the callers.
 *
 * <h2>What stands in an envelope</h2>
 *
 * <table>
 *   <caption>Versions of the envelopes, and what was there before them</caption>
 *   <tr><th>what</th><th>class</th><th>version</th><th>before</th></tr>
 *   <tr><td>a message</td><td>{@code wire.PeerFrame}</td><td>4</td><td>3</td></tr>
 *   <tr><td>a log entry, a key state</td><td>{@code storage.Records}</td><td>2, behind a zero
 *       byte</td><td>no version</td></tr>
 *   <tr><td>a record of the metadata; the format</td><td>{@code storage.Metadata}</td><td>2</td>
 *       <td>no version; 1</td></tr>
 *   <tr><td>a token</td><td>{@code wire.ContextToken}</td><td>2, if it needs a feature</td>
 *       <td>1</td></tr>
 * </table>
 *
 * <h2>The numbers of fields</h2>
 *
 * <p>A number is given out once for each kind of envelope, here:
 *
 * <table>
 *   <caption>Fields</caption>
 *   <tr><th>in</th><th>number</th><th>content</th></tr>
 *   <tr><td>presence, digest</td><td>1</td><td>what the sender understands: least and latest
 *       version, number and names of the features ({@code wire.SaidCapabilities})</td></tr>
 *   <tr><td>digest</td><td>2</td><td>the bounds of names, and the table of ended generations
 *       ({@link io.causa.core.encoding.EndingsRecord})</td></tr>
 *   <tr><td>the record {@code roster}</td><td>1</td><td>the same</td></tr>
 * </table>
 *
 * <h2>How a form is changed</h2>
 *
 * <ul>
 *   <li><b>A reader may do without it:</b> a new field. {@code PeerCodec.fields} writes those of a
 *       message and {@code PeerFrame.fields} reads them; {@code Metadata.put} and {@code
 *       Metadata.find} do so for a record of the metadata.
 *   <li><b>A reader must know it:</b> a {@link io.causa.membership.Feature}. All that reads it
 *       comes first, then its line in {@code Feature.KNOWN}. A node uses it once {@code
 *       Replicator.agrees} says that every member knows it. Bytes that need it name it: a message
 *       in its envelope (of the latest version, also for a peer that reads an earlier one: it then
 *       says why it refuses), a token in {@code ContextToken.encode}, and the directory, before the
 *       first record that needs it or in the same batch, with {@code Metadata.need}. Records inside
 *       of the directory need not name it again.
 *   <li><b>The body takes another form:</b> the next version. It is written for nodes that read it.
 *       The version before is read, and written for the others.
 * </ul>
 *
 * <p>A feature cannot be given up once something durable or another node's vector needs it. So a
 * node whose directory needs it goes on to use it. A newcomer that does not know it refuses the
 * messages by name.
 */
package io.causa.core.encoding;
