package io.stretchc.render;

import io.stretchc.plan.Action;
import io.stretchc.plan.Condition;
import io.stretchc.plan.Plan;
import io.stretchc.plan.ShellWord;
import io.stretchc.plan.Step;
import io.stretchc.topology.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a runbook for a POSIX shell and the {@code nats} CLI. Waits are polls; what the CLI cannot do is asked of the
 * person who runs it, and the answer {@code done} is awaited. Every name in it is quoted, so that none is ever read as
 * something else.
 */
public final class ShellPlan implements Action.Visitor<Boolean> {
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
        text.append("SYSTEM=").append(ShellWord.of(systemContext())).append('\n');
        text.append("CLUSTER=").append(ShellWord.of(json(plan.cluster()))).append('\n');
        text.append(ShellPrelude.TEXT);
        if (plan.steps().stream().anyMatch(s -> s.action() instanceof Action.RestoreStream)) {
            text.append(": \"${BACKUPS:?say where the backups are: BACKUPS=DIRECTORY before the command}\"\n");
        }
        for (Step next : plan.steps()) {
            step = next;
            text.append("\n# ")
                    .append(Shown.of(step.id().text()))
                    .append(": ")
                    .append(Shown.of(step.reason()))
                    .append('\n');
            call("say", Shown.of(PlanWords.title(step.action())));
            step.action().accept(this); // its result says nothing
        }
        return text.append("\nsay 'Done.'\n").toString();
    }

    /** The context option of the census's commands. */
    private String systemContext() {
        return plan.steps().get(0).byHand().commands().stream()
                .flatMap(c -> ShellWord.words(c).stream())
                .flatMap(List::stream)
                .filter(w -> w.startsWith("--context="))
                .findFirst()
                .orElse("--context=SYS");
    }

    /** A name as it stands between the quotes of JSON that is written in Go, as the {@code nats} CLI is. */
    private static String json(String name) {
        var json = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
                json.append("\\u%04x".formatted(c));
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.toString();
    }

    /** Servers as words for the functions that look for them. */
    private static String words(List<ServerName> servers) {
        return ShellWord.line(servers.stream().map(s -> json(s.text())).toArray(String[]::new));
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
        await(PlanWords.title(step.action()), check);
    }

    private void await(String what, String check) {
        text.append("await ")
                .append(step.within().toSeconds())
                .append(' ')
                .append(ShellWord.of(Shown.of(what)))
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

    /** Whoever is called lost must be silent when something is forced; not when it was, and the script is run again. */
    private void nobodyIsBack(@Nullable ServerName but) {
        for (Condition c : step.before()) {
            if (c instanceof Condition.Silent silent
                    && !silent.servers().isEmpty()
                    && (but == null || !silent.servers().contains(but))) {
                text.append("led || silent ").append(words(silent.servers())).append(" || ");
                call(
                        "fail",
                        Shown.of(PlanWords.names(silent.servers()))
                                + (silent.servers().size() == 1 ? ": it answers" : ": one of these answers")
                                + ", and nothing is forced while who is called lost is there");
            }
        }
    }

    @Override
    public Boolean startServer(Action.StartServer a) {
        nobodyIsBack(a.server());
        for (Condition c : step.before()) {
            if (c instanceof Condition.NobodyLeads) {
                text.append("if silent ").append(words(List.of(a.server()))).append("; then\n  ");
                await(c.sentence(), "unled");
                text.append("fi\n");
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
                await("joined " + words(current.servers()));
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
        nobodyIsBack(null);
        text.append("! ours | grep -v '\"quorum_needed\":' | grep -q '\"meta_cluster\":' || ");
        call("fail", "this nats CLI is too old to show a lowered quorum");
        step.byHand().commands().forEach(c -> await("rescued " + c));
        return true;
    }

    /** What goes before a command by which a server loses its place: it must be silent, unless it is known to run. */
    private String quietly(ServerName server) {
        boolean mustBeSilent = step.before().stream()
                .anyMatch(c ->
                        c instanceof Condition.Silent silent && silent.servers().contains(server));
        return mustBeSilent ? "quietly " + words(List.of(server)) + " " : "";
    }

    @Override
    public Boolean removePeer(Action.RemovePeer a) {
        String goes = "gone " + words(List.of(a.server())) + " " + quietly(a.server());
        step.byHand().commands().forEach(c -> await(goes + c));
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
                off.servers().forEach(n -> await("off " + words(List.of(n)) + " " + info));
            }
        }
        return true;
    }

    /** What has no message is deleted and made anew; run again, this leaves what the first time made. */
    @Override
    public Boolean recreateStream(Action.RecreateStream a) {
        List<String> commands = step.byHand().commands();
        text.append("if ! holds ").append(commands.get(0)).append("; then\n  ");
        delete();
        text.append("  ");
        call("person", Shown.of(step.byHand().expect() + ": " + String.join(", ", a.tags())));
        text.append("fi\n");
        whole();
        return true;
    }

    /** A restore would delete what is held: what is not the backup's, or only its beginning, a person looks at. */
    @Override
    public Boolean restoreStream(Action.RestoreStream a) {
        List<String> commands = step.byHand().commands();
        long last = a.backup().lastSequence();
        text.append("if holds ").append(commands.get(0)).append("; then\n  [ \"$at\" -ge ");
        text.append(last).append(" ] || ");
        call("fail", Shown.of(inTheWay(a, commands.get(1))));
        text.append("else\n  ");
        delete();
        text.append("  (cd \"$BACKUPS\" && ").append(commands.get(2)).append(")\nfi\n");
        whole();
        return true;
    }

    private static String inTheWay(Action.RestoreStream a, String delete) {
        return "it must hold before it that " + new Condition.NothingHeld(a.account(), a.stream()).sentence()
                + ", and it has some, up to a sequence before " + a.backup().lastSequence()
                + ", the last of the backup: somebody wrote to it, or a restore was cut off. To restore it deletes them."
                + " Look at them; when nobody needs them, delete the stream with `" + delete + "`, and run this again";
    }

    private void delete() {
        text.append(step.byHand().commands().get(1)).append(" || : # where no copy is left, nobody answers\n");
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
        text.append("tries=0\nuntil among ").append(words(a.preferred()));
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
        ServerName who = a.server() == null ? new ServerName(a.peer()) : a.server();
        String off = "off " + words(List.of(who)) + " " + commands.get(1);
        text.append(off).append(" || ");
        await(quietly(who) + commands.get(0));
        await(off);
        return true;
    }

    @Override
    public Boolean verifyCluster(Action.VerifyCluster a) {
        commands();
        return true;
    }
}
