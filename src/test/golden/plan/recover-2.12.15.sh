#!/bin/sh
# Recover without us, which is gone for good
# plan sha256:728ef596830ab9265af489c9a5cb74775f3f1b3314e854156a204140165fd053
# ! Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology does not declare are not in this plan. Plan again when it is done.
# ! The stand-ins stay until the site is rebuilt under other names (`stretchc plan restore`). Never start a lost server while its stand-in exists: both have one name.
# ! Streams whose every copy was in the lost site come back EMPTY and take writes, without any warning, also those that this plan cannot see. Compare counts, and restore from a backup.
# ! Do not stop or restart a survivor before its streams are complete on other survivors: two empty stand-ins can elect a leader without it, and its data is then discarded.
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

# start-us_1: It votes as the lost server, whose name and peer id it has. All survivors must be up first: empty members that elect without the holder of the data discard it.
say 'Start the stand-in us_1 in emea, with an empty store'
person 'first wait until no server names itself meta leader: up to 20 s, no star in the report of the servers'
person 'in emea, as us_1: start `nats-server -c OUT/STRETCH/stand-ins/us_1.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_1-stand-in'

# start-us_2: It votes as the lost server, whose name and peer id it has. All survivors must be up first: empty members that elect without the holder of the data discard it.
say 'Start the stand-in us_2 in emea, with an empty store'
person 'in emea, as us_2: start `nats-server -c OUT/STRETCH/stand-ins/us_2.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_2-stand-in'

# start-us_3: It votes as the lost server, whose name and peer id it has. All survivors must be up first: empty members that elect without the holder of the data discard it.
say 'Start the stand-in us_3 in emea, with an empty store'
person 'in emea, as us_3: start `nats-server -c OUT/STRETCH/stand-ins/us_3.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_3-stand-in'

# await-leader: The first answers after an election may still fail; what counts is a server that names itself.
say 'Wait for a meta leader'
await 60 'Wait for a meta leader' led

# await-APP-foo: With the stand-ins it elects by itself. Its sequence is compared: a healthy answer alone proves nothing, since empty members answer as well.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo

# await-APP-em2: The stand-in of its lost member is empty, and has its copies before anything moves.
say 'Wait until the stream em2 of APP is whole'
await 60 'Wait until the stream em2 of APP is whole' whole 3 5 nats stream info --context=APP em2

# move-APP-foo: From the stand-ins to servers that stay; it has a quorum, so this is an ordinary move.
say 'Move the stream foo of APP to dc:2'
await 60 'Move the stream foo of APP to dc:2' nats stream edit -f --tag=dc:2 --context=APP foo

# await-APP-foo~2: Its copies are safe on servers that stay.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_1 nats stream info --context=APP foo
await 60 'Wait until the stream foo of APP is whole' off us_2 nats stream info --context=APP foo

# lead-meta: Leaders move last, to the site that is preferred for them.
say 'Move the meta leader to emea_1 or emea_2 or emea_3'
tries=0
until among emea_1 emea_2 emea_3; do
  tries=$((tries + 1))
  [ "$tries" -le 20 ] || fail 'the meta leader did not move'
  nats server raft step-down -f --host=emea_1 --context=admin
  sleep 2
done

# verify: What must be true of a cluster that goes on without the site.
say 'Verify the cluster without us'
nats server report jetstream --sort=name --context=admin

say 'Done.'
