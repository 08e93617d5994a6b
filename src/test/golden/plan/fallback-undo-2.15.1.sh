#!/bin/sh
# Bring streams home from where they fell back to
# plan sha256:fb77b9d43df4b60a3c1c961e5f7900226693bebaeee68bb35262c321db957b1e
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

# remap-APP-foo: It is there on a lent tag. Its replica goes home to `us_2`: 50 bytes are copied.
say 'Give the stream foo of APP another server instead of us_3'
off us_3 nats stream info --context=APP foo || await 60 'Give the stream foo of APP another server instead of us_3' nats stream cluster peer-remove -f --context=APP -- foo us_3
await 60 'Give the stream foo of APP another server instead of us_3' off us_3 nats stream info --context=APP foo

# await-APP-foo: One change per stream, each seen whole.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_3 nats stream info --context=APP foo

# retag-us_3: It gives back `ha:1`, which it was lent: no stream needs that any more. Its configuration is the compiled one again.
say 'Give the server us_3 the tags unique:us_3, dc:1, ha:2, by a reload'
person 'in us, on the host of us_3: in OUT/STRETCH/servers/us_3.conf, or where the server has it, make it `server_tags: ["unique:us_3", "dc:1", "ha:2"]`, then `nats server config reload --force --context=admin ID`, ID being the one that `nats server list --context=admin` shows'

# lead-APP-foo: Its placement prefers this site. Leaders move last.
say 'Move the leader of the stream foo of APP to emea_1'
nats stream cluster step-down -f --preferred=emea_1 --context=APP foo
person 'the leader is emea_1'

# verify: What must be true of a cluster in which everything is at home.
say 'Verify the cluster'
nats server report jetstream --sort=name --context=admin

say 'Done.'
