package io.stretchc.drive;

import io.stretchc.apply.Driver;
import io.stretchc.diag.Quote;
import io.stretchc.plan.Action;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Lifecycle;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The topology's own commands, given to the operating system as argument lists, without a shell: a name can never become a
 * second command. What the topology has no command for, a person does.
 */
public final class CommandDriver implements Driver {
    private static final long MOST_MINUTES = 10;
    private static final int MOST_OUTPUT = 2000;

    private final Lifecycle lifecycle;
    private final ClusterModel cluster;
    private final Path out;
    private final Driver person;

    /**
     * A driver.
     *
     * @param out where the configurations are
     * @param person for what there is no command for
     */
    public CommandDriver(Lifecycle lifecycle, ClusterModel cluster, Path out, Driver person) {
        this.lifecycle = lifecycle;
        this.cluster = cluster;
        this.out = out;
        this.person = person;
    }

    @Override
    public boolean copies() {
        return !lifecycle.copy().isEmpty();
    }

    @Override
    public Outcome start(Action.StartServer action) {
        return lifecycle.start().isEmpty()
                ? person.start(action)
                : model(action.server(), action.role())
                        .map(m -> run(lifecycle.start(), m))
                        .orElseGet(() -> none(action.server()));
    }

    @Override
    public Outcome stop(Action.StopServer action) {
        return lifecycle.stop().isEmpty()
                ? person.stop(action)
                : model(action.server(), action.role())
                        .map(m -> run(lifecycle.stop(), m))
                        .orElseGet(() -> none(action.server()));
    }

    /** Into the file that was compiled; how that comes to the server, and how it is made to read it, the command says. */
    @Override
    public Outcome retag(Action.RetagServer action) {
        if (lifecycle.reload().isEmpty()) {
            return person.retag(action);
        }
        Optional<ServerModel> model = model(action.server(), Role.SERVER);
        if (model.isEmpty()) {
            return none(action.server());
        }
        Outcome written = ServerTags.write(
                out.resolve(cluster.directory()).resolve(model.get().file()), action.server(), action.tags());
        if (!(written instanceof Outcome.Acted acted)) {
            return written;
        }
        Outcome ran = run(lifecycle.reload(), model.get());
        return ran instanceof Outcome.Acted done ? new Outcome.Acted(acted.what() + " " + done.what() + ".") : ran;
    }

    /** The command has done that. */
    @Override
    public Outcome reload(ServerName server) {
        return new Outcome.Acted("It is reloaded.");
    }

    @Override
    public Outcome restart(Action.RestartServer action, boolean answers) {
        if (lifecycle.start().isEmpty() || lifecycle.stop().isEmpty()) {
            return person.restart(action, answers);
        }
        Optional<ServerModel> model = model(action.server(), action.role());
        if (model.isEmpty()) {
            return none(action.server());
        }
        Outcome stopped = run(lifecycle.stop(), model.get());
        return stopped instanceof Outcome.Failed ? stopped : run(lifecycle.start(), model.get());
    }

    @Override
    public Outcome copy(ServerName server) {
        return lifecycle.copy().isEmpty()
                ? person.copy(server)
                : model(server, Role.SERVER).map(m -> run(lifecycle.copy(), m)).orElseGet(() -> none(server));
    }

    private Optional<ServerModel> model(ServerName name, Role role) {
        Optional<ServerModel> exact = cluster.all()
                .filter(m -> m.name().equals(name) && m.role() == role)
                .findFirst();
        return exact.isPresent()
                ? exact
                : cluster.all().filter(m -> m.name().equals(name)).findFirst();
    }

    private static Outcome none(ServerName name) {
        return new Outcome.Failed("The topology has no " + Quote.of(name) + ".");
    }

    private Outcome run(List<String> template, ServerModel model) {
        Map<String, String> values = Map.of(
                "{server}", model.name().text(),
                "{site}", String.valueOf(model.site()),
                "{host}", model.host(),
                "{store}", model.storeDir(),
                "{config}",
                        out.resolve(cluster.directory()).resolve(model.file()).toString());
        List<String> words = template.stream().map(w -> filled(w, values)).toList();
        String shown = Quote.sentence(String.join(" ", words));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            var reader = new Tail(process);
            reader.start();
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Outcome.Failed(
                        "The command " + Quote.of(shown) + " did not end within " + MOST_MINUTES + " minutes.");
            }
            reader.join(TimeUnit.SECONDS.toMillis(2));
            return process.exitValue() == 0
                    ? new Outcome.Acted("ran: " + shown)
                    : new Outcome.Failed("The command " + Quote.of(shown) + " ended with " + process.exitValue() + ": "
                            + Quote.sentence(reader.text().strip()) + ".");
        } catch (IOException e) {
            return new Outcome.Failed(
                    "The command " + Quote.of(shown) + " cannot be run: is " + Quote.of(words.get(0)) + " there?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Interrupted while the command " + Quote.of(shown) + " ran.");
        }
    }

    /** Each placeholder once, in the words of the template only: what a value holds is never looked at again. */
    private static String filled(String word, Map<String, String> values) {
        var text = new StringBuilder();
        for (int i = 0; i < word.length(); ) {
            int at = i;
            Optional<String> key =
                    values.keySet().stream().filter(k -> word.startsWith(k, at)).findFirst();
            if (key.isPresent()) {
                text.append(values.get(key.get()));
                i += key.get().length();
            } else {
                text.append(word.charAt(i));
                i++;
            }
        }
        return text.toString();
    }

    /** The beginning of what a command says, read on, so that it is never kept waiting. */
    private static final class Tail extends Thread {
        private final Process process;
        private final StringBuilder text = new StringBuilder();

        Tail(Process process) {
            super("output");
            setDaemon(true);
            this.process = process;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[4096];
            try (var in = process.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (text) {
                        if (text.length() < MOST_OUTPUT) {
                            text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                        }
                    }
                }
            } catch (IOException e) {
                // the process is gone
            }
        }

        String text() {
            synchronized (text) {
                return text.toString();
            }
        }
    }
}
