#!/bin/sh
# Bridge the absence of us
# plan sha256:87eecfeb364ff833a55d8f2f264b4e88b59ac8c15a12334a43c76aaed8ab50c9
# ! Without a meta leader nobody lists streams of which no survivor has a copy: those that the topology does not declare are not in this plan.
# ! Until the site is back, do not remove its servers, do not give its streams another placement, and start no stand-in.
# ! What was started stays up until the site is back: it is a member now, and `stretchc plan return --site us` takes it out.
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
person 'somebody who can see the site says that its servers are stopped, or cut off from clients and from the other site until they come back'

# start-emea_4: Its vote makes up for a lost one.
say 'Start the arbiter emea_4 in emea, with an empty store'
led || silent us_1 us_1.1 us_2 us_2.1 us_3 us_3.1 us_4 || fail 'us_1, us_1.1, us_2, us_2.1, us_3, us_3.1, us_4: one of these answers, and nothing is forced while who is called lost is there'
person 'in emea, as emea_4: start `nats-server -c OUT/STRETCH/arbiters/emea_4.conf`, OUT being where `stretchc compile` or `stretchc arbiter` wrote it; its store is ./data/emea_4'

# await-leader: The first answers after an election may still fail; what counts is a server that names itself.
say 'Wait for a meta leader'
await 60 'Wait for a meta leader' led

# verify: What must be true of a cluster that does without the site for a while.
say 'Verify the cluster without us'
nats server report jetstream --sort=name --context=admin

say 'Done.'
