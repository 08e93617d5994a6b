#!/bin/sh
# Recover without us, which is gone for good
# plan sha256:71f6ee65d8c455b4d33ba76b018a9221d319b7f0f607ac09a165266647ba134d
# ! Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology does not declare are not in this plan.
# ! A stream has a single replica, on a survivor, and is not touched; nobody else has it: `APP/r1em`.
# ! The stand-ins stay until the site is rebuilt under other names (`stretchc plan restore`). Never start a lost server while its stand-in exists: both have one name.
# ! Streams whose every copy was in the lost site come back EMPTY and take writes, without any warning, also those that this plan cannot see. Compare counts, and restore from a backup.
# ! Do not stop or restart a survivor before its streams are complete on other survivors: two empty stand-ins can elect a leader without it, and its data is then discarded.
SYSTEM=--context=admin
CLUSTER=STRETCH
set -u

fail() { printf 'stopped: %s\n' "$1" >&2; exit 5; }
for tool in awk grep nats sed; do
  command -v "$tool" > /dev/null || fail "there is no $tool here"
done
say() { printf '\n== %s\n' "$1"; }
# person TEXT: a person does it, and answers
person() {
  printf '   %s\n   Type done when it is: ' "$1"
  read -r answer || fail 'no answer'
  [ "$answer" = done ] || fail 'the answer was not done'
}
# await SECONDS TEXT COMMAND...: until the command succeeds
await() {
  seconds=$1; what=$2; shift 2
  limit=$(($(date +%s) + seconds))
  until "$@"; do
    [ "$(date +%s)" -lt "$limit" ] || fail "not within $seconds s: $what. See why, mend it, and run this again"
    sleep 1
  done
}
# ours: what the servers of the cluster's JetStream domain say, each on a line
ours() {
  nats server request jetstream --timeout=2s "$SYSTEM" 2>/dev/null | CLUSTER=$CLUSTER awk '
    function text(key, at, rest) {
      if (!(at = index($0, key))) return ""
      rest = substr($0, at + length(key))
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    { line[NR] = $0; domain[NR] = text("\"domain\":\"") }
    text("\"cluster\":\"") == ENVIRON["CLUSTER"] { home[domain[NR]] = 1 }
    END { for (i = 1; i <= NR; i++) if (domain[i] in home) print line[i] }'
}
# meta: what the meta leader says, if one server names itself that and as many members answer as it takes to
# follow it; else 1, or 10 when nobody names a leader, or 11 when only others do
meta() {
  ours | awk '
    function text(from, key, at, rest) {
      if (!(at = index(from, key))) return ""
      rest = substr(from, at + length(key))
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    function number(from, key, at) { return (at = index(from, key)) ? substr(from, at + length(key)) + 0 : 0 }
    !(at = index($0, "\"meta_cluster\":{")) { next }
    {
      group = substr($0, at)
      name = text($0, "\"server\":{\"name\":\"")
      named = text(group, "\"leader\":\"")
      here[name] = 1
      if (named != "") believed++
      if (named == name) { leaders++; leader = name; report = $0; size = number(group, "\"cluster_size\":") }
      needed = number(group, "\"quorum_needed\":")
      if (index(group, "\"rescue\":true") && needed && (!lowered || needed < lowered)) lowered = needed
    }
    END {
      for (name in here) {
        answers++
        if (name == leader || index(report, "{\"name\":\"" name "\",\"current\":")) votes++
      }
      if (answers && !leaders) exit believed ? 11 : 10
      if (leaders != 1 || votes < (lowered ? lowered : int(size / 2) + 1)) exit 1
      print report
    }'
}
led() { meta > /dev/null; }
# unled: servers answer, and none names itself meta leader
unled() { meta > /dev/null; case $? in 10 | 11) return 0 ;; *) return 1 ;; esac; }
# without NAME: there is a meta leader, and it does not list that server
without() {
  seen=$(meta) || return 1
  ! printf '%s' "$seen" | grep -qF "\"name\":\"$1\""
}
# silent NAME...: servers answer, and none of these does; who is slow has two seconds
silent() {
  seen=$(nats server request jetstream --timeout=2s "$SYSTEM" 9999 2>/dev/null)
  printf '%s' "$seen" | grep -qF '"server":{' || fail 'no server answers'
  for name in "$@"; do
    printf '%s' "$seen" | grep -qF "\"server\":{\"name\":\"$name\"" && return 1
  done
  return 0
}
# gone NAME COMMAND...: the meta leader does not list that server; if it does, the command is given
gone() {
  leaving=$1; shift
  seen=$(meta) || return 1
  printf '%s' "$seen" | grep -qF "\"name\":\"$leaving\"" || return 0
  "$@"
  without "$leaving"
}
# quietly NAME COMMAND...: the command, unless that server answers
quietly() {
  silent "$1" || fail "$1 answers: who answers is not removed"
  shift
  "$@"
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
  seen=$(ours) || return 1
  printf '%s' "$seen" | grep -q '"meta_cluster"' || return 1
  ! printf '%s' "$seen" | grep -q '"rescue":true'
}
# rescued COMMAND...: there is a leader; when nobody names one, the command is given
rescued() {
  meta > /dev/null
  case $? in
    0) return 0 ;;
    10) "$@"; sleep 1; led ;;
    *) return 1 ;;
  esac
}
# info COMMAND...: what `nats stream info` says, as JSON
info() { shift 3; nats stream info --json "$@" 2>/dev/null; }
# last: of a stream's JSON, the last sequence
last() { sed -n 's/^ *"last_seq": *\([0-9]*\),*$/\1/p' | head -n 1; }
# whole REPLICAS LAST_SEQUENCE nats stream info ...
whole() {
  others=$(($1 - 1)); wanted=$2; shift 2
  seen=$(info "$@") || return 1
  printf '%s' "$seen" | grep -Eq '"current": false|"offline": true' && return 1
  [ "$(printf '%s\n' "$seen" | grep -c '"current": true')" -eq "$others" ] || return 1
  at=$(printf '%s\n' "$seen" | last)
  [ "${at:-0}" -ge "$wanted" ]
}
# most MEMBERS LAST_SEQUENCE nats stream info ...: so many are current, and others are away
most() {
  others=$(($1 - 1)); wanted=$2; shift 2
  seen=$(info "$@") || return 1
  printf '%s' "$seen" | grep -Eq '"leader": "[^"]' || return 1
  [ "$(printf '%s\n' "$seen" | grep -c '"current": true')" -ge "$others" ] || return 1
  at=$(printf '%s\n' "$seen" | last)
  [ "${at:-0}" -ge "$wanted" ]
}
# holds nats stream info ...: it has, or had, messages; who does not answer is asked again
holds() {
  for try in 1 2 3; do
    seen=$(info "$@") && { at=$(printf '%s\n' "$seen" | last); [ "${at:-0}" -gt 0 ]; return; }
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
if silent us_1; then
  await 600 'no server names itself meta leader' unled
fi
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
