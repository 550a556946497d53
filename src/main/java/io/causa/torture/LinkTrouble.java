package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.LinkFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Draws faults of links and gives every node the rules in force. A node that cannot take them now
 * gets them when it serves again.
 *
 * <p>Owner: the thread of the nemesis.
 */
final class LinkTrouble {
  /** What can be wrong with links. */
  enum Kind {
    PARTITION,
    ONE_WAY,
    DELAY,
    DROP,
    DUPLICATE,
    REORDER,
    HOLD;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Fleet fleet;
  private final Random random;
  private final Set<Fleet.Node> outdated = new HashSet<>();
  private List<LinkFault> rules = List.of();
  private volatile String name = "none";

  LinkTrouble(Fleet fleet, Random random) {
    this.fleet = fleet;
    this.random = random;
  }

  /** What is in force, for people. */
  String name() {
    return name;
  }

  boolean inForce() {
    return !rules.isEmpty();
  }

  /** Draws a fault in place of what was there. */
  Kind draw() {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    set(rules(kind), kind.text());
    return kind;
  }

  void heal() {
    set(List.of(), "none");
  }

  private void set(List<LinkFault> wanted, String what) {
    rules = wanted;
    name = what;
    outdated.addAll(fleet.all());
  }

  /** A node that starts again knows no rules. */
  void isNew(Fleet.Node node) {
    outdated.add(node);
  }

  /** Gives the rules to every node that serves and does not have them; false if one lacks them. */
  boolean spread() throws InterruptedException {
    for (Fleet.Node node : List.copyOf(outdated)) {
      if (fleet.state(node) == Fleet.State.UP
          && Waiting.result(node.client().faults(rules)) instanceof Answer.Done) {
        outdated.remove(node);
      }
    }
    return outdated.isEmpty();
  }

  private List<LinkFault> rules(Kind kind) {
    return switch (kind) {
      case PARTITION -> partition();
      case ONE_WAY -> List.of(lossy(pick(), pick(), 1.0));
      case DELAY -> delays();
      case DROP -> List.of(lossy(null, null, 0.05 + 0.4 * random.nextDouble()));
      case DUPLICATE -> List.of(new LinkFault(null, null, null, null, null, null, 0.3, null, null));
      case REORDER -> List.of(new LinkFault(null, null, null, null, null, null, null, 0.3, null));
      case HOLD -> List.of(held());
    };
  }

  private static LinkFault lossy(String from, String to, double drop) {
    return new LinkFault(from, to, null, null, null, drop, null, null, null);
  }

  /** Two groups that do not hear each other. */
  private List<LinkFault> partition() {
    List<String> names = new ArrayList<>(fleet.all().stream().map(Fleet.Node::name).toList());
    Collections.shuffle(names, random);
    int cut = 1 + random.nextInt(Math.max(1, names.size() - 1));
    List<LinkFault> faults = new ArrayList<>();
    for (String one : names.subList(0, cut)) {
      for (String other : names.subList(cut, names.size())) {
        faults.add(lossy(one, other, 1.0));
        faults.add(lossy(other, one, 1.0));
      }
    }
    return faults;
  }

  /** Every sender at its own pace, so that effects overtake their causes. */
  private List<LinkFault> delays() {
    List<LinkFault> faults = new ArrayList<>();
    for (Fleet.Node from : fleet.all()) {
      long delay = random.nextInt(400);
      long jitter = random.nextInt(200);
      faults.add(new LinkFault(from.name(), pick(), null, delay, jitter, null, null, null, null));
    }
    return faults;
  }

  /** One replica's writes do not get to one node, while all that follows from them may. */
  private LinkFault held() {
    return new LinkFault(null, pick(), pick(), null, null, null, null, null, true);
  }

  private String pick() {
    return fleet.all().get(random.nextInt(fleet.all().size())).name();
  }
}
