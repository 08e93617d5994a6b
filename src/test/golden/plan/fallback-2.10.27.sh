#!/bin/sh
# Let streams fall back to where servers are alive
# plan sha256:9544dc6a1611ff732196a8bad93607cc606049815a560f4d55c866ee148df54a
# ! Lent tags stand in the configuration of `us_3` (`ha:1`), and not in the topology: until they are given back, `compile` would write them away, `verify` names them, and new streams with these tags may be placed there too.
# ! When `us_2` is back: `stretchc plan fallback --undo` brings everything home. If never: `stretchc plan replace`.
SYSTEM=--context=admin
set -u

fail() { printf 'stopped: %s\n' "$1" >&2; exit 5; }
say() { printf '\n== %s\n' "$1"; }
# person TEXT: a person does it, and answers
person() {
  printf '   %s\n   Type done when it is: ' "$1"
  read -r answer || fail 'no answer'
  [ "$answer" = done ] || fail 'the answer was not done'
}
# await SECONDS TEXT COMMAND...: until the command succeeds
await() {
  limit=$(($(date +%s) + $1)); what=$2; shift 2
  until "$@"; do
    [ "$(date +%s)" -lt "$limit" ] || fail "$what"
    sleep 1
  done
}
# What the meta leader says of itself; nothing when there is none.
meta() { nats server request jetstream --leader --timeout=2s "$SYSTEM" 1 2>/dev/null; }
led() { meta | grep -q '"meta_cluster"'; }
# without NAME: there is a meta leader, and it does not list that server
without() {
  seen=$(meta) || return 1
  printf '%s' "$seen" | grep -q '"meta_cluster"' || return 1
  ! printf '%s' "$seen" | grep -qF "\"name\":\"$1\""
}
# silent NAME: servers answer, and that one does not
silent() {
  seen=$(nats server request jetstream --timeout=2s "$SYSTEM" 2>/dev/null) || return 1
  printf '%s' "$seen" | grep -qF '"server":{' || return 1
  ! printf '%s' "$seen" | grep -qF "\"server\":{\"name\":\"$1\""
}
# among NAME...: one of them is the meta leader
among() {
  seen=$(meta) || return 1
  for name in "$@"; do
    printf '%s' "$seen" | grep -qF "\"leader\":\"$name\"" && return 0
  done
  return 1
}
# joined NAME...: each of them leads the meta group, or is listed as current
joined() {
  seen=$(meta) || return 1
  for name in "$@"; do
    printf '%s' "$seen" | grep -qF -e "\"leader\":\"$name\"" \
      -e "\"name\":\"$name\",\"current\":true,\"active\"" || return 1
  done
}
# natural: servers answer, and no quorum is lowered
natural() {
  seen=$(nats server request jetstream --timeout=2s "$SYSTEM" 2>/dev/null) || return 1
  printf '%s' "$seen" | grep -q '"meta_cluster"' || return 1
  ! printf '%s' "$seen" | grep -q '"rescue":true'
}
# rescued COMMAND...: there is a leader, or the command is given once more
rescued() { led && return 0; "$@"; sleep 1; led; }
# info COMMAND...: what `nats stream info` says, as JSON
info() { shift 3; nats stream info --json "$@" 2>/dev/null; }
# whole REPLICAS LAST_SEQUENCE nats stream info ...
whole() {
  others=$(($1 - 1)); last=$2; shift 2
  seen=$(info "$@") || return 1
  printf '%s' "$seen" | grep -Eq '"current": false|"offline": true' && return 1
  [ "$(printf '%s\n' "$seen" | grep -c '"current": true')" -eq "$others" ] || return 1
  at=$(printf '%s\n' "$seen" | sed -n 's/^ *"last_seq": *\([0-9]*\),*$/\1/p' | head -n 1)
  [ "${at:-0}" -ge "$last" ]
}
# most MEMBERS LAST_SEQUENCE nats stream info ...: so many are current, and others are away
most() {
  others=$(($1 - 1)); last=$2; shift 2
  seen=$(info "$@") || return 1
  printf '%s' "$seen" | grep -Eq '"leader": "[^"]' || return 1
  [ "$(printf '%s\n' "$seen" | grep -c '"current": true')" -ge "$others" ] || return 1
  at=$(printf '%s\n' "$seen" | sed -n 's/^ *"last_seq": *\([0-9]*\),*$/\1/p' | head -n 1)
  [ "${at:-0}" -ge "$last" ]
}
# holds nats stream info ...: it has, or had, messages; who does not answer is asked again
holds() {
  for try in 1 2 3; do
    seen=$(info "$@") && { printf '%s\n' "$seen" | grep -Eq '"last_seq": *[1-9]'; return; }
    sleep "$try"
  done
  return 1
}
# off NAME_OR_ID nats stream info ...: the stream has no replica on that server
off() {
  gone=$1; shift
  seen=$(info "$@") || return 1
  ! printf '%s' "$seen" | grep -qF -e "\"name\": \"$gone\"" -e "\"leader\": \"$gone\"" -e "(peerID: $gone)"
}

# census: Nothing may be done before it is clear who is there.
say 'Count who answers'
nats server list --context=admin
nats server report jetstream --sort=name --context=admin
person 'compare: every server that is left, once each'

# retag-us_3: It is lent `ha:1`, so that it can be given replicas. Its own tags stay, and nothing that it holds moves.
say 'Give the server us_3 the tags unique:us_3, dc:1, ha:2, ha:1, by a reload'
person 'in us, on the host of us_3: in OUT/STRETCH/servers/us_3.conf, or where the server has it, make it `server_tags: ["unique:us_3", "dc:1", "ha:2", "ha:1"]`, then `nats server config reload --force --context=admin ID`, ID being the one that `nats server list --context=admin` shows'

# remap-APP-foo: 2 of 3 replicas are alive. `us_2` is replaced by `us_3`, of the fallback `us`, which is lent its tags: 1 replica is copied, 50 bytes.
say 'Give the stream foo of APP another server instead of us_2'
off us_2 nats stream info --context=APP foo || await 60 'Give the stream foo of APP another server instead of us_2' nats stream cluster peer-remove -f --context=APP -- foo us_2
await 60 'Give the stream foo of APP another server instead of us_2' off us_2 nats stream info --context=APP foo

# await-APP-foo: One change per stream, each seen whole.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_2 nats stream info --context=APP foo

# verify: What must be true of the cluster as it is now. What is meant to be off is the silent servers, the lent tags and the placements that were changed; `stretchc verify` names them.
say 'Verify the cluster'
nats server report jetstream --sort=name --context=admin

say 'Done.'
