#!/bin/sh
# Bridge the absence of us
# plan sha256:dc9efcf21a62e698df16e72fe7c331f92a3a88f84da0866cf270c0235c2327ea
# ! Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology does not declare are not in this plan. Plan again when it is done.
# ! Until the site is back, do not remove its servers, do not give its streams another placement, and start no stand-in.
# ! What was started stays up until the site is back: it is a member now, and `stretchc plan return --site us` takes it out.
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
person 'compare: every survivor, once each, and nobody of the lost site'

# attest-us: From here a site that is cut off looks like one that is dead, and what follows lets the survivors decide without it. A live other side would go on acknowledging messages that are lost in the end.
say 'Attest that us is dead or fenced'
person 'somebody who can see the site says that its servers are stopped, or cut off from clients and from the other site until they come back'

# start-emea_4: Its vote makes up for a lost one.
say 'Start the arbiter emea_4 in emea, with an empty store'
person 'in emea, as emea_4: start `nats-server -c OUT/STRETCH/arbiters/emea_4.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/emea_4'

# await-leader: The first answers after an election may still fail; what counts is a server that names itself.
say 'Wait for a meta leader'
await 60 'Wait for a meta leader' led

# verify: What must be true of a cluster that does without the site for a while.
say 'Verify the cluster without us'
nats server report jetstream --sort=name --context=admin

say 'Done.'
