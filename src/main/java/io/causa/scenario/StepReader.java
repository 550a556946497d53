package io.causa.scenario;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads steps: each is a list item with one field, the verb. */
final class StepReader {
  private static final int MAX_REPEATS = 10_000;
  private static final int MAX_OPERATIONS = 100_000;
  private static final int MAX_KEYS = 1_000;
  private static final int MAX_SESSIONS = 64;
  private static final int MAX_WAIT_SECONDS = 60;
  private static final int MAX_WITHIN_MILLIS = 600_000;
  private static final int OK = 200;

  private final Path file;
  private final NodeNames nodes;
  private final Map<String, Function<Yaml, Step>> verbs = new LinkedHashMap<>();

  StepReader(Path file, int nodes) {
    this.file = file;
    this.nodes = new NodeNames(file, nodes);
    with("put", this::put);
    with("get", this::get);
    with("delete", this::delete);
    with("expect", this::expect);
    with("wait-until", this::waitUntil);
    verbs.put("concurrently", this::concurrently);
    with("repeat", this::repeat);
    with("random-session", this::randomSession);
    new FaultReader(file, this.nodes).addVerbs(verbs);
    verbs.put("stop", yaml -> control(yaml, Step.Action.STOP));
    verbs.put("start", yaml -> control(yaml, Step.Action.START));
    verbs.put("kill", yaml -> control(yaml, Step.Action.KILL));
    verbs.put("say", this::say);
  }

  List<Step> steps(Yaml yaml) {
    if (yaml instanceof Yaml.Items items) {
      return items.items().stream().map(this::step).toList();
    }
    throw error(yaml, "steps are a list, each beginning with a dash");
  }

  private void with(String verb, Function<Section, Step> reading) {
    verbs.put(
        verb,
        yaml -> {
          Section section = new Section(file, verb, yaml);
          Step step = reading.apply(section);
          section.end();
          return step;
        });
  }

  private Step step(Yaml yaml) {
    Yaml.Fields fields = yaml instanceof Yaml.Text word ? bare(word) : fields(yaml);
    String verb = fields.fields().keySet().iterator().next();
    Function<Yaml, Step> reading = verbs.get(verb);
    if (reading == null) {
      String all = String.join(", ", verbs.keySet());
      throw error(yaml, "there is no step \"%s\"; there are %s".formatted(verb, all));
    }
    return reading.apply(fields.fields().get(verb));
  }

  /** {@code - heal} is short for {@code - heal:}. */
  private static Yaml.Fields bare(Yaml.Text word) {
    return new Yaml.Fields(word.line(), Map.of(word.text(), new Yaml.Text(word.line(), "")));
  }

  private Yaml.Fields fields(Yaml yaml) {
    if (yaml instanceof Yaml.Fields fields && fields.fields().size() == 1) {
      return fields;
    }
    throw error(
        yaml, "a step is one verb with its fields, as in - put: {node: node1, key: x, value: 5}");
  }

  private Step put(Section s) {
    Map<String, Long> vc = s.optional("vc").isPresent() ? counts(s, "vc") : null;
    Step.Manner manner = manner(s);
    if (vc != null && manner.client() != null) {
      throw s.error("\"vc\" is for clients that know no context; leave out \"as\"");
    }
    return new Step.Put(s.line(), nodes.one(s, "node"), manner, s.text("key"), s.text("value"), vc);
  }

  private Step get(Section s) {
    String key = s.text("key");
    Condition expected = ConditionReader.ofOneKey(s, key);
    return new Step.Get(s.line(), nodes.one(s, "node"), manner(s), key, expected);
  }

  private Step delete(Section s) {
    return new Step.Delete(s.line(), nodes.one(s, "node"), manner(s), s.text("key"));
  }

  private Step.Manner manner(Section s) {
    String client = s.text("as", null);
    String contextFrom = s.text("context", null);
    if (contextFrom != null && client == null) {
      throw s.error("\"context\" needs \"as\": who goes on with it?");
    }
    boolean waits = s.optional("waitSeconds").isPresent();
    return new Step.Manner(
        client,
        contextFrom,
        waits ? s.count("waitSeconds", 0, 0, MAX_WAIT_SECONDS) : null,
        Boolean.TRUE.equals(s.flag("respondAsync")),
        s.count("answers", OK, 100, 599));
  }

  private Step expect(Section s) {
    return new Step.Expect(s.line(), someNodes(s), ConditionReader.read(s, this::counts));
  }

  private Step waitUntil(Section s) {
    return new Step.WaitUntil(
        s.line(),
        someNodes(s),
        ConditionReader.read(s, this::counts),
        s.count("withinMillis", 10_000, 1, MAX_WITHIN_MILLIS),
        s.number("afterAtLeastMillis", null));
  }

  private Map<String, Long> counts(Section s, String field) {
    Map<String, Long> counts = s.counts(field);
    counts.keySet().forEach(node -> nodes.one(new Yaml.Text(s.line(), node)));
    return counts;
  }

  private List<String> someNodes(Section s) {
    return s.optional("node").map(yaml -> s.list(yaml, nodes::one)).orElse(List.of());
  }

  private Step concurrently(Yaml yaml) {
    if (yaml instanceof Yaml.Items branches) {
      return new Step.Concurrently(
          yaml.line(), branches.items().stream().map(this::branch).toList());
    }
    throw error(yaml, "concurrently needs a list of steps, or of lists of steps");
  }

  private List<Step> branch(Yaml yaml) {
    return yaml instanceof Yaml.Items ? steps(yaml) : List.of(step(yaml));
  }

  private Step repeat(Section s) {
    return new Step.Repeat(
        s.line(), s.count("times", 2, 1, MAX_REPEATS), steps(s.required("steps")));
  }

  private Step randomSession(Section s) {
    String prefix = s.text("prefix", "key");
    int keys = s.count("keys", 10, 1, MAX_KEYS);
    return new Step.RandomSession(
        s.line(),
        s.text("as", "wanderer"),
        s.count("operations", 1_000, 1, MAX_OPERATIONS),
        s.count("sessions", 1, 1, MAX_SESSIONS),
        IntStream.range(0, keys).mapToObj(i -> prefix + "-" + i).toList(),
        s.number("seed", null));
  }

  private Step control(Yaml yaml, Step.Action action) {
    return new Step.Control(yaml.line(), action, nodes.one(yaml));
  }

  private Step say(Yaml yaml) {
    if (yaml instanceof Yaml.Text text) {
      return new Step.Say(yaml.line(), text.text().strip());
    }
    throw error(yaml, "say needs one text");
  }

  private ScenarioFormatException error(Yaml yaml, String problem) {
    return new ScenarioFormatException(file, yaml.line(), problem);
  }
}
