package io.stretchc.drive;

import io.stretchc.apply.Driver;
import io.stretchc.diag.Quote;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Processes;
import io.stretchc.plan.Action;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Servers as processes of this machine, started with the compiled configurations. A store that must be empty and is not is
 * never emptied: it may be the last copy of something.
 */
public final class ProcessDriver implements Driver {
    private final ClusterModel cluster;
    private final Path out;
    private final Path binary;
    private final ServerVersion version;
    private final Path copies;

    /**
     * A driver.
     *
     * @param out where the configurations are
     * @param binary the nats-server
     * @param copies where copies of stores go
     */
    public ProcessDriver(ClusterModel cluster, Path out, Path binary, ServerVersion version, Path copies) {
        this.cluster = cluster;
        this.out = out;
        this.binary = binary;
        this.version = version;
        this.copies = copies;
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public Outcome start(Action.StartServer action) {
        Optional<LabServer> server = server(action.server(), action.role());
        if (server.isEmpty()) {
            return none(action.server());
        }
        if (!Files.isRegularFile(server.get().configuration())) {
            return new Outcome.Failed(
                    "There is no configuration " + server.get().configuration()
                            + ": make it with `stretchc compile` or `stretchc arbiter`, or say with `--out` where it is.");
        }
        try {
            if (!Processes.of(List.of(server.get())).isEmpty()) {
                return new Outcome.Acted(Quote.of(action.server()) + " runs already.");
            }
            if (action.blank() && !empty(server.get().store())) {
                return new Outcome.Failed("The store of " + Quote.of(action.server()) + ", "
                        + server.get().store() + ", must be empty and is not. Move it away.");
            }
            Files.createDirectories(server.get().log().toAbsolutePath().getParent());
            Processes.startAndWait(server.get(), Path.of("").toAbsolutePath(), Map.of());
            return new Outcome.Acted("started " + Quote.of(action.server()) + "; its output goes to "
                    + server.get().log() + ".");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Failed("The store or the log of " + Quote.of(action.server()) + " cannot be used.");
        }
    }

    private static boolean empty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return true;
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.findAny().isEmpty();
        }
    }

    @Override
    public Outcome stop(Action.StopServer action) {
        Optional<LabServer> server = server(action.server(), action.role());
        if (server.isEmpty()) {
            return none(action.server());
        }
        try {
            return new Outcome.Acted(
                    Processes.end(server.get())
                            ? "ended " + Quote.of(action.server()) + "."
                            : Quote.of(action.server()) + " does not run here.");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public Outcome restart(Action.RestartServer action, boolean answers) {
        Optional<LabServer> server = server(action.server(), action.role());
        if (server.isEmpty()) {
            return none(action.server());
        }
        try {
            if (!Processes.endInOrder(server.get()) && answers) {
                return new Outcome.Failed(Quote.of(action.server()) + " does not run here with "
                        + server.get().configuration() + ", so that it cannot be restarted: restart it where it runs.");
            }
            Processes.startAndWait(server.get(), Path.of("").toAbsolutePath(), Map.of());
            return new Outcome.Acted("restarted " + Quote.of(action.server()) + ".");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public Outcome retag(Action.RetagServer action) {
        Optional<LabServer> server = running(action.server());
        return server.isEmpty()
                ? notHere(action.server())
                : ServerTags.write(server.get().configuration(), action.server(), action.tags());
    }

    @Override
    public Outcome reload(ServerName name) {
        Optional<LabServer> server = running(name);
        if (server.isEmpty()) {
            return notHere(name);
        }
        try {
            Processes.reload(server.get());
            return new Outcome.Acted("It is reloaded.");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    private Outcome notHere(ServerName name) {
        return new Outcome.Failed(
                Quote.of(name) + " does not run on this machine with a configuration below " + out + ".");
    }

    private Optional<LabServer> running(ServerName name) {
        return cluster.all()
                .filter(m -> m.name().equals(name))
                .map(this::process)
                .filter(s -> !Processes.of(List.of(s)).isEmpty())
                .findFirst();
    }

    @Override
    public Outcome copy(ServerName name) {
        Optional<LabServer> server = running(name);
        if (server.isEmpty()) {
            return new Outcome.Failed(Quote.of(name) + " does not run on this machine with a configuration below " + out
                    + "; copy its store where it runs, and apply with `--copies-made`.");
        }
        try {
            Path target = copies.resolve(name.text());
            long bytes = StoreCopy.copy(server.get().store(), target);
            return new Outcome.Acted(
                    "the store of " + Quote.of(name) + " is copied to " + target + ", " + bytes + " bytes.");
        } catch (IOException e) {
            return new Outcome.Failed("The store of " + Quote.of(name) + " cannot be copied below " + copies
                    + ": check that there is space and that it may be written to.");
        }
    }

    private Optional<LabServer> server(ServerName name, Role role) {
        return cluster.all()
                .filter(m -> m.name().equals(name) && m.role() == role)
                .map(this::process)
                .findFirst();
    }

    private LabServer process(ServerModel model) {
        Path root = out.resolve(cluster.directory()).toAbsolutePath().normalize();
        return new LabServer(
                model.name(),
                model.role(),
                cluster.name(),
                model.site(),
                version,
                binary,
                root.resolve(model.file()),
                Path.of(model.storeDir()).toAbsolutePath(),
                root.resolveSibling(root.getFileName() + ".logs").resolve(model.name() + ".log"),
                model.host(),
                0,
                List.of(),
                null);
    }

    private static Outcome none(ServerName name) {
        return new Outcome.Failed("The topology has no " + Quote.of(name) + " of this kind.");
    }
}
