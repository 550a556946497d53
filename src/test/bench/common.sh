# What the benchmarks share; to be sourced. A local cluster on free ports, its end, medians.
# shellcheck shell=bash

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)"
host=127.0.0.1
scratch="$(mktemp -d)"
cluster_pid=""
node_pid=""
cluster_nodes=3
ready_limit_seconds=60

die() {
  echo "bench: $1" >&2
  exit 1
}

# require_tool COMMAND DEBIAN-PACKAGE
require_tool() {
  command -v "$1" >/dev/null || die "no $1 found; it is in the Debian package $2 (apt-get install $2)"
}

positive_number() {
  case "$2" in
    '' | *[!0-9]* | 0*) die "$1 is \"$2\", expected is a whole number from 1" ;;
  esac
}

# Builds, and archives the classes, now, so that neither is measured.
ensure_built() {
  "$home/bin/causa" cluster --help >/dev/null
}

# Compiles the tests, where the benchmarks' own programs are, unless no source is newer.
ensure_tests_built() {
  local built="$home/target/bench.built"
  if [ -f "$built" ] && [ -f "$home/target/test.classpath" ] &&
    [ -z "$(find "$home/src/main" "$home/src/test/java" "$home/pom.xml" -newer "$built" -print -quit)" ]; then
    return
  fi
  echo "bench: building" >&2
  (cd "$home" && mvn -q -ntp -DskipTests test-compile) >&2
  "$home/bin/causa" cluster --help >/dev/null # what Maven touched may want an archive again
  touch "$built"
}

# The classes of the benchmarks, Causa, and all libraries of both.
test_classpath() {
  echo "$home/target/test-classes:$home/target/classes:$(cat "$home/target/test.classpath")"
}

# The first of as many ports in a row as asked for that nothing listens on. Below the range from which
# systems take the local ports of outgoing connections.
free_ports() {
  local count="$1" first i
  for _ in $(seq 100); do
    first=$((20000 + RANDOM % 12000))
    for ((i = 0; i < count; i++)); do
      is_used $((first + i)) && continue 2
    done
    echo "$first"
    return
  done
  die "found no $count free ports in a row on $host"
}

is_used() {
  (exec 3<>"/dev/tcp/$host/$1") 2>/dev/null
}

# start_cluster BASE-PORT [FLAGS]: $cluster_nodes nodes, in the background.
start_cluster() {
  "$home/bin/causa" cluster --nodes "$cluster_nodes" --base-port "$1" "${@:2}" >"$scratch/cluster.log" 2>&1 &
  cluster_pid=$!
}

# await_ready BASE-PORT: until all nodes serve.
await_ready() {
  local port deadline=$((SECONDS + ready_limit_seconds))
  for port in $(seq "$1" $(($1 + cluster_nodes - 1))); do
    until curl -fs -o /dev/null "http://$host:$port/health/ready"; do
      if ! kill -0 "$cluster_pid" 2>/dev/null || [ "$SECONDS" -gt "$deadline" ]; then
        cat "$scratch/cluster.log" >&2
        die "the node on port $port is not ready; what the cluster said is above"
      fi
      sleep 0.02
    done
  done
}

stop_cluster() {
  [ -n "$cluster_pid" ] || return 0
  kill "$cluster_pid" 2>/dev/null || true
  wait "$cluster_pid" 2>/dev/null || true
  cluster_pid=""
}

# start_node PORT [FLAGS]: one node without peers, in the background; its membership takes the port after it.
start_node() {
  "$home/bin/causa" node --port "$1" --cluster-port $(($1 + 1)) "${@:2}" >"$scratch/node.log" 2>&1 &
  node_pid=$!
}

# await_node PORT: until it serves.
await_node() {
  until curl -fs -o /dev/null "http://$host:$1/health/ready"; do
    kill -0 "$node_pid" 2>/dev/null || die "the node ended: $(cat "$scratch/node.log")"
    sleep 0.01
  done
}

kill_node() {
  if [ -n "$node_pid" ]; then
    kill -9 "$node_pid" 2>/dev/null || true
    wait "$node_pid" 2>/dev/null || true
  fi
  node_pid=""
}

now_millis() {
  local now="${EPOCHREALTIME/[.,]/}"
  echo $((now / 1000))
}

# The median of the numbers on standard input, one a line.
median() {
  sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

# What a figure means depends on it. No names of machines.
describe_machine() {
  local processor memory_gib
  processor="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  memory_gib="$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)"
  printf '%s · %s × %s · %s GiB · Linux %s · Java %s · load before: %s\n' "$(date +%F)" "$(nproc)" \
    "${processor:-unknown processor}" "$memory_gib" "$(uname -r | cut -d. -f1,2)" "$(java_version)" \
    "$(cut -d' ' -f1 /proc/loadavg)"
}

java_command() {
  echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"
}

java_version() {
  "$(java_command)" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p'
}
