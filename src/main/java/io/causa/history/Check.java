package io.causa.history;

import java.util.List;

/** One promise, held against a history. */
interface Check {
  List<Violation> check(Causality causality);
}
