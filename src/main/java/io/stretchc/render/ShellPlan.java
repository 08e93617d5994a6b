package io.stretchc.render;

import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.ShellWord;
import io.stretchc.plan.Step;
import io.stretchc.topology.ServerName;
import java.util.List;

/**
 * A plan as a runbook for a POSIX shell and the {@code nats} CLI. Waits are polls; what the CLI cannot do is asked of the
 * person who runs it, and the answer {@code done} is awaited. Every name in it is quoted, so that none is ever read as
 * something else.
 */
public final class ShellPlan implements Action.Visitor<Boolean> {
    /** The answers that are searched are those of nats CLI 0.1 and later: leader reports on one line, streams indented. */
    private static final String PRELUDE = """
            set -u

            fail() { printf 'stopped: %s\\n' "$1" >&2; exit 5; }
            say() { printf '\\n== %s\\n' "$1"; }
            # person TEXT: a person does it, and answers
            person() {
              printf '   %s\\n   Type done when it is: ' "$1"
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
              ! printf '%s' "$seen" | grep -qF "\\"name\\":\\"$1\\""
            }
            # silent NAME: servers answer, and that one does not
            silent() {
              seen=$(nats server request jetstream --timeout=2s "$SYSTEM" 2>/dev/null) || return 1
              printf '%s' "$seen" | grep -qF '"server":{' || return 1
              ! printf '%s' "$seen" | grep -qF "\\"server\\":{\\"name\\":\\"$1\\""
            }
            # among NAME...: one of them is the meta leader
            among() {
              seen=$(meta) || return 1
              for name in "$@"; do
                printf '%s' "$seen" | grep -qF "\\"leader\\":\\"$name\\"" && return 0
              done
              return 1
            }
            # joined NAME...: each of them leads the meta group, or is listed as current
            joined() {
              seen=$(meta) || return 1
              for name in "$@"; do
                printf '%s' "$seen" | grep -qF -e "\\"leader\\":\\"$name\\"" \\
                  -e "\\"name\\":\\"$name\\",\\"current\\":true,\\"active\\"" || return 1
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
              [ "$(printf '%s\\n' "$seen" | grep -c '"current": true')" -eq "$others" ] || return 1
              at=$(printf '%s\\n' "$seen" | sed -n 's/^ *"last_seq": *\\([0-9]*\\),*$/\\1/p' | head -n 1)
              [ "${at:-0}" -ge "$last" ]
            }
            # most MEMBERS LAST_SEQUENCE nats stream info ...: so many are current, and others are away
            most() {
              others=$(($1 - 1)); last=$2; shift 2
              seen=$(info "$@") || return 1
              printf '%s' "$seen" | grep -Eq '"leader": "[^"]' || return 1
              [ "$(printf '%s\\n' "$seen" | grep -c '"current": true')" -ge "$others" ] || return 1
              at=$(printf '%s\\n' "$seen" | sed -n 's/^ *"last_seq": *\\([0-9]*\\),*$/\\1/p' | head -n 1)
              [ "${at:-0}" -ge "$last" ]
            }
            # holds nats stream info ...: it has, or had, messages; who does not answer is asked again
            holds() {
              for try in 1 2 3; do
                seen=$(info "$@") && { printf '%s\\n' "$seen" | grep -Eq '"last_seq": *[1-9]'; return; }
                sleep "$try"
              done
              return 1
            }
            # off NAME_OR_ID nats stream info ...: the stream has no replica on that server
            off() {
              gone=$1; shift
              seen=$(info "$@") || return 1
              ! printf '%s' "$seen" | grep -qF -e "\\"name\\": \\"$gone\\"" -e "\\"leader\\": \\"$gone\\"" -e "(peerID: $gone)"
            }
            """;

    private final StringBuilder text = new StringBuilder();
    private final Plan plan;
    private Step step;

    private ShellPlan(Plan plan) {
        this.plan = plan;
        this.step = plan.steps().get(0);
    }

    /** The plan as a script. */
    public static String render(PlanView view) {
        return view.plan().steps().isEmpty() ? "#!/bin/sh\n" : new ShellPlan(view.plan()).script(view.id());
    }

    private String script(String id) {
        text.append("#!/bin/sh\n# ").append(Shown.of(PlanWords.headline(plan))).append('\n');
        text.append("# plan ").append(Shown.of(id)).append('\n');
        plan.warnings().forEach(w -> text.append("# ! ").append(Shown.of(w)).append('\n'));
        text.append("SYSTEM=").append(systemContext()).append('\n').append(PRELUDE);
        if (plan.steps().stream().anyMatch(s -> s.action() instanceof Action.RestoreStream)) {
            text.append(": \"${BACKUPS:?say where the backups are: BACKUPS=DIRECTORY before the command}\"\n");
        }
        for (Step next : plan.steps()) {
            step = next;
            text.append("\n# ")
                    .append(step.id())
                    .append(": ")
                    .append(Shown.of(step.reason()))
                    .append('\n');
            call("say", PlanWords.title(step.action()));
            step.action().accept(this); // its result says nothing
        }
        return text.append("\nsay 'Done.'\n").toString();
    }

    /** The context option of the census's commands, a shell word already. */
    private String systemContext() {
        return plan.steps().get(0).byHand().commands().stream()
                .filter(c -> c.contains("--context="))
                .findFirst()
                .map(c -> c.substring(start(c)))
                .orElse("--context=SYS");
    }

    private static int start(String command) {
        int at = command.lastIndexOf("--context=");
        return at > 0 && command.charAt(at - 1) == '\'' ? at - 1 : at;
    }

    private void call(String... words) {
        text.append(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(' ').append(ShellWord.of(words[i]));
        }
        text.append('\n');
    }

    private void person() {
        call("person", Shown.of(step.byHand().expect()));
    }

    private void commands() {
        step.byHand().commands().forEach(c -> text.append(c).append('\n'));
    }

    /** Polls: the check is words of shell already. */
    private void await(String check) {
        text.append("await ")
                .append(step.within().toSeconds())
                .append(' ')
                .append(ShellWord.of(Shown.of(PlanWords.title(step.action()))))
                .append(' ')
                .append(check)
                .append('\n');
    }

    private void awaitCommands() {
        step.byHand().commands().forEach(this::await);
    }

    @Override
    public Boolean takeCensus(Action.TakeCensus a) {
        commands();
        call("person", "compare: " + Shown.of(step.byHand().expect()));
        return true;
    }

    @Override
    public Boolean attestLost(Action.AttestLost a) {
        person();
        return true;
    }

    @Override
    public Boolean copyStores(Action.CopyStores a) {
        call("person", Shown.of(step.byHand().expect() + ": " + PlanWords.names(a.servers())));
        return true;
    }

    @Override
    public Boolean startServer(Action.StartServer a) {
        for (Condition c : step.before()) {
            if (c instanceof Condition.NobodyLeads) {
                call(
                        "person",
                        "first wait until " + c.sentence() + ": up to 20 s, no star in the report of the servers");
            }
        }
        person();
        members();
        return true;
    }

    @Override
    public Boolean stopServer(Action.StopServer a) {
        person();
        return true;
    }

    @Override
    public Boolean awaitMetaLeader(Action.AwaitMetaLeader a) {
        await("led");
        return true;
    }

    private void members() {
        for (Condition c : step.after()) {
            if (c instanceof Condition.MetaCurrent current) {
                await("joined "
                        + ShellWord.line(
                                current.servers().stream().map(ServerName::text).toArray(String[]::new)));
            }
        }
    }

    @Override
    public Boolean awaitMembers(Action.AwaitMembers a) {
        await("led");
        members();
        return true;
    }

    @Override
    public Boolean awaitNaturalQuorum(Action.AwaitNaturalQuorum a) {
        await("natural");
        return true;
    }

    @Override
    public Boolean rescueQuorum(Action.RescueQuorum a) {
        step.byHand().commands().forEach(c -> await("rescued " + c));
        return true;
    }

    @Override
    public Boolean removePeer(Action.RemovePeer a) {
        String name = ShellWord.of(a.server().text());
        for (Condition c : step.before()) {
            if (c instanceof Condition.Silent silent && silent.servers().contains(a.server())) {
                text.append("without ")
                        .append(name)
                        .append(" || silent ")
                        .append(name)
                        .append(" || ");
                call("fail", Shown.of(a.server().text()) + " answers: who answers is not removed");
            }
        }
        text.append("without ").append(name).append(" || ");
        commands();
        await("without " + ShellWord.of(a.server().text()));
        return true;
    }

    @Override
    public Boolean moveStream(Action.MoveStream a) {
        awaitCommands();
        return true;
    }

    @Override
    public Boolean awaitStream(Action.AwaitStream a) {
        String info = step.byHand().commands().get(0);
        for (Condition c : step.after()) {
            if (c instanceof Condition.StreamWhole whole) {
                await("whole " + whole.replicas() + " " + whole.lastSequence() + " " + info);
            } else if (c instanceof Condition.StreamCurrent current) {
                await("most " + current.members() + " " + current.lastSequence() + " " + info);
            } else if (c instanceof Condition.StreamOff off) {
                off.servers().forEach(n -> await("off " + ShellWord.of(n.text()) + " " + info));
            }
        }
        return true;
    }

    @Override
    public Boolean recreateStream(Action.RecreateStream a) {
        unlessHeld();
        text.append("  ");
        call("person", Shown.of(step.byHand().expect() + ": " + String.join(", ", a.tags())));
        text.append("fi\n");
        whole();
        return true;
    }

    @Override
    public Boolean restoreStream(Action.RestoreStream a) {
        unlessHeld();
        text.append("  (cd \"$BACKUPS\" && ")
                .append(step.byHand().commands().get(2))
                .append(")\nfi\n");
        whole();
        return true;
    }

    /** Deletes what has no message; given twice, it leaves what the first time made. */
    private void unlessHeld() {
        List<String> commands = step.byHand().commands();
        text.append("if ! holds ").append(commands.get(0)).append("; then\n  ");
        text.append(commands.get(1)).append(" || : # where no copy is left, nobody answers\n");
    }

    private void whole() {
        for (Condition c : step.after()) {
            if (c instanceof Condition.StreamWhole whole) {
                await("whole " + whole.replicas() + " " + whole.lastSequence() + " "
                        + step.byHand().commands().get(0));
            }
        }
    }

    @Override
    public Boolean moveMetaLeader(Action.MoveMetaLeader a) {
        text.append("tries=0\nuntil among");
        a.preferred().forEach(n -> text.append(' ').append(ShellWord.of(n.text())));
        text.append("; do\n  tries=$((tries + 1))\n  [ \"$tries\" -le 20 ] || fail 'the meta leader did not move'\n");
        step.byHand().commands().forEach(c -> text.append("  ").append(c).append('\n'));
        text.append("  sleep 2\ndone\n");
        return true;
    }

    @Override
    public Boolean moveStreamLeader(Action.MoveStreamLeader a) {
        commands();
        person();
        return true;
    }

    @Override
    public Boolean restartServer(Action.RestartServer a) {
        person();
        members();
        return true;
    }

    @Override
    public Boolean retagServer(Action.RetagServer a) {
        person();
        return true;
    }

    @Override
    public Boolean removePeerId(Action.RemovePeerId a) {
        awaitCommands();
        return true;
    }

    @Override
    public Boolean removeStreamPeer(Action.RemoveStreamPeer a) {
        List<String> commands = step.byHand().commands();
        if (commands.size() < 2) {
            person();
            return true;
        }
        String who = a.server() == null ? a.peer() : a.server().text();
        String off = "off " + ShellWord.of(who) + " " + commands.get(1);
        text.append(off).append(" || ");
        await(commands.get(0));
        await(off);
        return true;
    }

    @Override
    public Boolean verifyCluster(Action.VerifyCluster a) {
        commands();
        return true;
    }
}
