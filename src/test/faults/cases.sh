# What bin/faults does to a running cluster under load, one function for each case. To be sourced.
# shellcheck shell=bash

# name, what happens
all_cases=(partition one-way loss jitter kill stop rolling)

describe_case() {
  case "$1" in
    partition) echo "node1 and the others do not hear each other" ;;
    one-way) echo "node1 hears nobody, the others hear it" ;;
    loss) echo "30 % of all packets between nodes are lost" ;;
    jitter) echo "up to 200 ms jitter on every message between nodes" ;;
    kill) echo "node2 and node3 are killed (-9) at once and started again" ;;
    stop) echo "node3 stands still (SIGSTOP)" ;;
    rolling) echo "one node after the other is stopped (TERM) and started again" ;;
  esac
}

case_partition() {
  deaf_to 1 2
  deaf_to 1 3
  deaf_to 2 1
  deaf_to 3 1
  sleep "$seconds"
  heal_links
}

case_one-way() {
  deaf_to 1 2
  deaf_to 1 3
  sleep "$seconds"
  heal_links
}

case_loss() {
  local i j
  for i in 1 2 3; do
    for j in 1 2 3; do
      [ "$i" -eq "$j" ] || deaf_to "$i" "$j" -m statistic --mode random --probability 0.3
    done
  done
  sleep "$seconds"
  heal_links
}

# This kernel need not have netem: the nodes' own link faults delay.
case_jitter() {
  put_faults '{"rules":[{"jitterMillis":200}]}'
  sleep "$seconds"
  put_faults '{"rules":[]}'
}

put_faults() {
  local i
  for i in 1 2 3; do
    curl -fsS -m 5 -o /dev/null -X PUT -H 'Content-Type: application/json' -d "$1" "$(url "$i")/admin/faults" ||
      fail "node$i does not take the link faults"
  done
}

case_kill() {
  say away node2
  say away node3
  kill -KILL "${pids[2]}" "${pids[3]}"
  end_node KILL 2 2>/dev/null || true
  end_node KILL 3 2>/dev/null || true
  sleep $((seconds < 10 ? seconds : 10))
  start_node 2
  start_node 3
  await_ready 2 3
  say back node2
  say back node3
}

case_stop() {
  say away node3
  signal_node STOP 3
  sleep "$seconds"
  signal_node CONT 3
  say back node3
}

case_rolling() {
  local i
  for i in 1 2 3; do
    say away "node$i"
    end_node TERM "$i"
    start_node "$i"
    await_ready "$i"
    say back "node$i"
    sleep 3
  done
}
