# The processes of one run of bin/faults: three nodes, and the load with its checkers. To be sourced.
# shellcheck shell=bash

pids=(0 0 0 0)
load_pid=""
ready_limit_seconds=60

url() {
  echo "http://$net.$1:5001"
}

# start_node I: with the directory it had before.
start_node() {
  # Not by in_node: the process must be the node itself, not a shell that waits for it.
  ip netns exec "$(namespace "$1")" "$home/bin/causa" node --id "node$1" --host "$net.$1" --data "$scratch/node$1" --faults \
    --cluster "faults-$run" --cluster-host "$net.$1" --join "$net.1:5701,$net.2:5701,$net.3:5701" \
    >>"$scratch/node$1.log" 2>&1 </dev/null &
  pids[$1]=$!
}

# signal_node SIGNAL I
signal_node() {
  kill "-$1" "${pids[$2]}"
}

# end_node SIGNAL I: and waits until it is gone.
end_node() {
  signal_node "$1" "$2"
  wait "${pids[$2]}" 2>/dev/null || true
  pids[$2]=0
}

is_running() {
  [ "${pids[$1]}" -ne 0 ] && kill -0 "${pids[$1]}" 2>/dev/null
}

await_ready() {
  local i deadline=$((SECONDS + ready_limit_seconds))
  for i in "$@"; do
    until curl -fs -m 1 -o /dev/null "$(url "$i")/health/ready"; do
      is_running "$i" || fail "node$i has ended; see $scratch/node$i.log"
      [ "$SECONDS" -le "$deadline" ] || fail "node$i is not ready after $ready_limit_seconds s; see $scratch/node$i.log"
      sleep 0.05
    done
  done
}

# Until every node hears both others.
await_met() {
  local i deadline=$((SECONDS + ready_limit_seconds))
  for i in 1 2 3; do
    until [ "$(curl -fs -m 1 "$(url "$i")/status" | grep -o '"silent" *: *false' | wc -l)" -eq 2 ]; do
      if [ "$SECONDS" -gt "$deadline" ]; then
        fail "node$i does not hear both others after $ready_limit_seconds s; see $scratch/node$i.log"
        return
      fi
      sleep 0.1
    done
  done
}

start_load() {
  mkfifo "$scratch/said"
  "$home/bin/causa" load --rate "$rate" --history "$scratch/history.jsonl" \
    "node1=$(url 1)" "node2=$(url 2)" "node3=$(url 3)" <"$scratch/said" >"$scratch/load.log" 2>&1 &
  load_pid=$!
  exec 9>"$scratch/said"
}

# say WORDS: to the load, which `causa load --help` explains.
say() {
  echo "$*" >&9
}

# Until all nodes have what any of them had when the fault ended, or the limit is over.
await_converged() {
  local deadline=$((SECONDS + converge_patience_seconds))
  until converged_millis="$(sed -n 's/^converged \([0-9]*\) ms$/\1/p' "$scratch/load.log" | tail -n 1)" && [ -n "$converged_millis" ]; do
    kill -0 "$load_pid" 2>/dev/null || fail "the load has ended; see $scratch/load.log"
    if [ "$SECONDS" -gt "$deadline" ]; then
      fail "the nodes have not converged after $converge_patience_seconds s"
      return
    fi
    sleep 0.1
  done
}

end_load() {
  say end
  exec 9>&-
  wait "$load_pid" || fail "the load's verdict is FAILED; see $scratch/load.log"
  load_pid=""
}

# Ends what this run has started, by its process number.
end_processes() {
  local pid
  exec 9>&- || true
  for pid in $load_pid "${pids[@]}"; do
    if [ "$pid" -ne 0 ]; then
      kill -KILL "$pid" 2>/dev/null || true
      wait "$pid" 2>/dev/null || true
    fi
  done
  load_pid=""
  pids=(0 0 0 0)
}
