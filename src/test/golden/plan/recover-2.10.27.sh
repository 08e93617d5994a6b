#!/bin/sh
# Recover without us, which is gone for good
# plan sha256:ccdbfb5ee84a5f70586e66a97e8faaa333023d0d1d1e8c5d6f820eb3665533a3
# ! The stream `usr3` of `APP` has no copy left and is not created anew: the topology does not declare it. Delete it, and restore it from a backup. Until then it answers nothing; or, where its placement allows other servers, it comes back EMPTY once the lost are removed (seen on 2.10.27), and takes writes. Compare counts.
# ! Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology does not declare are not in this plan. Plan again when it is done.
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
person 'somebody who can see the site says that its servers are gone for good, or cut off for good'

# copy-stores: They hold streams of which the majority is lost; until those are moved, these are the only copies.
say 'Copy the stores of emea_1'
person 'copy the store directory of each of these servers while it runs; do not stop it: emea_1'

# start-emea_4: Its vote makes up for a lost one.
say 'Start the arbiter emea_4 in emea, with an empty store'
person 'in emea, as emea_4: start `nats-server -c OUT/STRETCH/arbiters/emea_4.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/emea_4'

# await-leader: The first answers after an election may still fail; what counts is a server that names itself.
say 'Wait for a meta leader'
await 60 'Wait for a meta leader' led

# move-APP-foo: It has 1 of 3 copies left and no leader. Up to nats-server 2.14 streams move before the dead are removed: the other order wedged streams.
say 'Move the stream foo of APP to dc:2'
await 60 'Move the stream foo of APP to dc:2' nats stream edit -f --tag=dc:2 --context=APP foo

# move-APP-em2: It takes writes, and misses a replica that its placement cannot give it. Up to nats-server 2.14 streams move before the dead are removed: the other order wedged streams.
say 'Move the stream em2 of APP to dc:2'
await 60 'Move the stream em2 of APP to dc:2' nats stream edit -f --tag=dc:2 --context=APP em2

# await-APP-foo: Nobody is removed, nothing goes on, before its copies are safe and complete.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_1 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_2 nats stream info --context=APP foo

# await-APP-em2: Nobody is removed, nothing goes on, before its copies are safe and complete.
say 'Wait until the stream em2 of APP is whole'
await 60 'Wait until the stream em2 of APP is whole' whole 3 5 nats stream info --context=APP em2
await 60 'Wait until the stream em2 of APP is whole' off us_3 nats stream info --context=APP em2

# remove-us_1: A dead member counts for the quorum until it is removed. One at a time, each seen in the leader's list.
say 'Remove us_1 from the meta group'
without us_1 || silent us_1 || fail 'us_1 answers: who answers is not removed'
without us_1 || nats server raft peer-remove -f us_1 --context=admin
await 30 'Remove us_1 from the meta group' without us_1

# remove-us_2: A dead member counts for the quorum until it is removed. One at a time, each seen in the leader's list.
say 'Remove us_2 from the meta group'
without us_2 || silent us_2 || fail 'us_2 answers: who answers is not removed'
without us_2 || nats server raft peer-remove -f us_2 --context=admin
await 30 'Remove us_2 from the meta group' without us_2

# remove-us_3: A dead member counts for the quorum until it is removed. One at a time, each seen in the leader's list.
say 'Remove us_3 from the meta group'
without us_3 || silent us_3 || fail 'us_3 answers: who answers is not removed'
without us_3 || nats server raft peer-remove -f us_3 --context=admin
await 30 'Remove us_3 from the meta group' without us_3

# lead-meta: A server that leaves must not lead.
say 'Move the meta leader to emea_1 or emea_2 or emea_3'
tries=0
until among emea_1 emea_2 emea_3; do
  tries=$((tries + 1))
  [ "$tries" -le 20 ] || fail 'the meta leader did not move'
  nats server raft step-down -f --context=admin
  sleep 2
done

# remove-emea_4: It was needed while the dead were counted. While it runs, its removal switches its JetStream off.
say 'Remove emea_4 from the meta group'
without emea_4 || nats server raft peer-remove -f emea_4 --context=admin
await 30 'Remove emea_4 from the meta group' without emea_4

# stop-emea_4: It is no member any more, only a server with routes.
say 'Stop the arbiter emea_4 for good'
person 'stop the nats-server process of emea_4 on its host, and keep it from starting again'

# verify: What must be true of a cluster that goes on without the site.
say 'Verify the cluster without us'
nats server report jetstream --sort=name --context=admin

say 'Done.'
