# One network for each run of bin/faults: a namespace for each node, a switch between them in another (so that
# the rules of this machine's own firewall do not touch what crosses it), and what iptables does to the links.
# To be sourced; needs root. Node I has the address $net.I, this side $net.254.
# shellcheck shell=bash

run="$(printf '%04x' $((($$ * 7919 + RANDOM) % 65536)))"
net=""
namespaces=()

namespace() {
  echo "causa-$run-$1"
}

# in_node I COMMAND…
in_node() {
  ip netns exec "$(namespace "$1")" "${@:2}"
}

# An address range that no interface and no route of this machine has.
choose_net() {
  for _ in $(seq 100); do
    net="10.$((128 + RANDOM % 127)).$((RANDOM % 256))"
    if [ -z "$(ip -4 route show root "$net.0/24")$(ip -4 -o addr show | grep -F " $net.")" ]; then
      return
    fi
  done
  die "found no free range of addresses in 10.128.0.0/9"
}

network_up() {
  local i
  choose_net
  add_namespace switch
  in_node switch ip link add bridge type bridge
  in_node switch ip link set bridge up
  plug 0
  ip addr add "$net.254/24" dev "c$run-0"
  ip link set "c$run-0" up
  for i in 1 2 3; do
    add_namespace "$i"
    plug "$i"
    ip link set "c$run-$i" netns "$(namespace "$i")" name eth0
    in_node "$i" ip link set lo up
    in_node "$i" ip addr add "$net.$i/24" dev eth0
    in_node "$i" ip link set eth0 up
  done
}

add_namespace() {
  ip netns add "$(namespace "$1")"
  namespaces+=("$(namespace "$1")")
}

# A cable with one end here and the other in the switch.
plug() {
  ip link add "c$run-$1" type veth peer name "port$1" netns "$(namespace switch)"
  in_node switch ip link set "port$1" master bridge up
}

# Whatever network_up has made so far; the cables go with their namespaces.
network_down() {
  local name
  for name in "${namespaces[@]}"; do
    ip netns del "$name" 2>/dev/null || true
  done
  namespaces=()
  ip link del "c$run-0" 2>/dev/null || true
}

# deaf_to I J [MATCH…]: what node J sends does not get to node I, or only what does not match.
deaf_to() {
  in_node "$1" iptables -A INPUT -s "$net.$2" "${@:3}" -j DROP
}

heal_links() {
  local i
  for i in 1 2 3; do
    in_node "$i" iptables -F INPUT
  done
}
