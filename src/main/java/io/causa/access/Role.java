package io.causa.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role includes the one before it. */
public enum Role {
  READ(Right.READ),
  WRITE(Right.WRITE),
  ADMIN(Right.ADMIN);

  private final Right most;

  Role(Right most) {
    this.most = most;
  }

  /** Returns whether the role includes the right. */
  public boolean grants(Right right) {
    return right.compareTo(most) <= 0;
  }

  /** Returns the role of that name, in lower case; empty if there is no such role. */
  public static Optional<Role> of(String name) {
    return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findFirst();
  }

  /** Returns the name as files and commands have it, such as {@code read}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
