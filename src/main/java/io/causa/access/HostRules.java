package io.causa.access;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names a client may call the node by, in the header {@code Host}.
 *
 * <p>This is against DNS rebinding: a page of {@code evil.example} makes that name mean 127.0.0.1,
 * and its browser takes the node for a part of the page. Such a request has the foreign name in
 * {@code Host}. An IP address is no name that could be rebound, so each address is allowed.
 */
public final class HostRules {

  private final boolean checked;
  private final Set<String> names;

  private HostRules(boolean checked, Collection<String> names) {
    this.checked = checked;
    this.names = names.stream().map(HostName::bare).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the rules that allow {@code localhost}, addresses, and these names. */
  public static HostRules names(Collection<String> names) {
    return new HostRules(true, names);
  }

  /** Returns the rules that allow every name: where a token or certificate is needed anyway. */
  public static HostRules any() {
    return new HostRules(false, Set.of());
  }

  /** Returns whether any name is refused at all. */
  public boolean isChecked() {
    return checked;
  }

  /** Returns whether the host, without its port, is allowed. */
  public boolean permits(String host) {
    if (!checked) {
      return true;
    }
    String bare = HostName.bare(host);
    return HostName.isLocalhost(bare) || HostName.isAddress(bare) || names.contains(bare);
  }
}
