#!/bin/sh
# Take us back with its data
# plan sha256:cfe77137e668093f54d84f16bae8e57475c9477333f0e574583f4cf76a38450e
# ! Start the servers of the site with the stores that they had. Empty ones can elect a leader without those that hold the data, which is discarded then.
# ! Until this plan is done, remove no server, give no stream another placement, and make no rescue.
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

# await-natural-quorum: With a lowered quorum two halves of the whole cluster could both elect a leader. It runs out by itself, five minutes after it was set; until a server of the site is up there is no meta leader then.
say 'Wait until the lowered quorum has run out'
await 360 'Wait until the lowered quorum has run out' natural

# start-us_1: It is a member still, and comes back with what it held. Its store is not to be emptied.
say 'Start the server us_1 in us'
person 'in us, as us_1: start `nats-server -c OUT/STRETCH/servers/us_1.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_1, as it was: not emptied, not moved'

# start-us_2: It is a member still, and comes back with what it held. Its store is not to be emptied.
say 'Start the server us_2 in us'
person 'in us, as us_2: start `nats-server -c OUT/STRETCH/servers/us_2.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_2, as it was: not emptied, not moved'

# start-us_3: It is a member still, and comes back with what it held. Its store is not to be emptied.
say 'Start the server us_3 in us'
person 'in us, as us_3: start `nats-server -c OUT/STRETCH/servers/us_3.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/us_3, as it was: not emptied, not moved'

# await-members: Nobody leaves before all servers of the site have what the group decided meanwhile.
say 'Wait until 6 servers are current members of the meta group'
await 60 'Wait until 6 servers are current members of the meta group' led
await 60 'Wait until 6 servers are current members of the meta group' joined emea_1 emea_2 emea_3 us_1 us_2 us_3

# await-APP-em2: What was acknowledged meanwhile is copied to the servers that were away.
say 'Wait until the stream em2 of APP is whole'
await 60 'Wait until the stream em2 of APP is whole' whole 3 5 nats stream info --context=APP em2

# await-APP-foo: What was acknowledged meanwhile is copied to the servers that were away.
say 'Wait until the stream foo of APP is whole'
await 60 'Wait until the stream foo of APP is whole' whole 3 5 nats stream info --context=APP foo

# await-APP-usr3: Its copies come back with the site.
say 'Wait until the stream usr3 of APP is whole'
await 60 'Wait until the stream usr3 of APP is whole' whole 3 0 nats stream info --context=APP usr3

# lead-APP-foo: Its placement prefers this site. Leaders move last.
say 'Move the leader of the stream foo of APP to emea_1'
nats stream cluster step-down -f --preferred=emea_1 --context=APP foo
person 'the leader is emea_1'

# lead-meta: The last of the leaders, to the site that is preferred for it.
say 'Move the meta leader to emea_1 or emea_2 or emea_3'
tries=0
until among emea_1 emea_2 emea_3; do
  tries=$((tries + 1))
  [ "$tries" -le 20 ] || fail 'the meta leader did not move'
  nats server raft step-down -f --host=emea_1 --context=admin
  sleep 2
done

# verify: What must be true of a whole cluster. A rescue lasts five minutes, also when everybody is back: this waits until it has run out.
say 'Verify the cluster'
nats server report jetstream --sort=name --context=admin

say 'Done.'
