#!/bin/sh
# Readmit us_1, empty
# plan sha256:b95a0afc043bb12b2bf58b35e97327bcc38824e85ae41cedc440271dac3ae78e
# ! The stores of `us_1` are emptied. What only they hold is gone then: copy them before, or plan with `--keep-stores`.
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
person 'compare: every server that is left, once each'

# restart-emea_2: Every member keeps in its memory who was removed, until it is restarted, and a leader with that memory refuses the name. Of the followers it has the fewest streams; each of them keeps its majority meanwhile.
say 'Restart the server emea_2, with its store'
person 'restart the nats-server process of emea_2 on its host, in order (SIGTERM, no lame duck), with its configuration and its store as they are'
await 600 'Restart the server emea_2, with its store' joined emea_2

# lead-meta-emea_2: Only the leader's memory counts, and this one has forgotten who was removed.
say 'Move the meta leader to emea_2'
tries=0
until among emea_2; do
  tries=$((tries + 1))
  [ "$tries" -le 20 ] || fail 'the meta leader did not move'
  nats server raft step-down -f --context=admin
  sleep 2
done

# start-us_1: Its store is emptied: the others went on without it, so that what it holds would be reset anyway, and an old store votes for what is not so any more.
say 'Start the server us_1 in us, with an empty store'
person 'in us, as us_1: start `nats-server -c OUT/STRETCH/servers/us_1.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_1, which must be empty: move away what is in it'
await 600 'Start the server us_1 in us, with an empty store' joined us_1

# await-members: Proof of the admission is the leader's own list. No stream moves before all that can hold one are current members.
say 'Wait until 6 servers are current members of the meta group'
await 60 'Wait until 6 servers are current members of the meta group' led
await 60 'Wait until 6 servers are current members of the meta group' joined emea_1 emea_2 emea_3 us_1 us_2 us_3

# await-APP-foo: It misses a replica, or one is behind. A server of its placement that joins gives it what it misses.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo

# lead-APP-foo: Its placement prefers this site. Leaders move last.
say 'Move the leader of the stream foo of APP to emea_1'
nats stream cluster step-down -f --context=APP foo
person 'repeat it until the leader is emea_1'

# lead-meta: The last of the leaders, to the site that is preferred for it.
say 'Move the meta leader to emea_1 or emea_2 or emea_3'
tries=0
until among emea_1 emea_2 emea_3; do
  tries=$((tries + 1))
  [ "$tries" -le 20 ] || fail 'the meta leader did not move'
  nats server raft step-down -f --context=admin
  sleep 2
done

# verify: What must be true of a cluster to which they belong again.
say 'Verify the cluster'
nats server report jetstream --sort=name --context=admin

say 'Done.'
