package io.stretchc.drive;

import io.stretchc.apply.Driver;
import io.stretchc.diag.Quote;
import io.stretchc.lab.Lab;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabHome;
import io.stretchc.lab.LabName;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.Processes;
import io.stretchc.plan.Action;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers of a lab of this machine. */
public final class LabDriver implements Driver {
    private final LabHome home;
    private final LabName name;
    private final String cluster;
    private final Map<String, String> environment;
    private final Path copies;

    /**
     * A driver.
     *
     * @param cluster the backbone
     * @param copies where copies of stores go
     */
    public LabDriver(LabHome home, LabName name, String cluster, Map<String, String> environment, Path copies) {
        this.home = home;
        this.name = name;
        this.cluster = cluster;
        this.environment = environment;
        this.copies = copies;
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public synchronized Outcome start(Action.StartServer action) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> server = server(lab, action.server(), action.role());
            if (server.isEmpty()) {
                return none(action.server());
            }
            if (Processes.of(List.of(server.get())).isEmpty()) {
                if (action.blank()) {
                    lab.wipe(List.of(server.get()));
                }
                lab.start(List.of(server.get()));
            }
            return new Outcome.Acted(
                    "the lab runs " + Quote.of(action.server()) + (action.blank() ? " with an empty store." : "."));
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public synchronized Outcome stop(Action.StopServer action) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> server = server(lab, action.server(), action.role());
            if (server.isEmpty()) {
                return none(action.server());
            }
            lab.kill(List.of(server.get()));
            return new Outcome.Acted("the lab has ended " + Quote.of(action.server()) + ".");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public synchronized Outcome restart(Action.RestartServer action, boolean answers) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> server = server(lab, action.server(), action.role());
            if (server.isEmpty()) {
                return none(action.server());
            }
            lab.end(List.of(server.get()));
            lab.start(List.of(server.get()));
            return new Outcome.Acted("the lab has restarted " + Quote.of(action.server()) + ".");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public synchronized Outcome retag(Action.RetagServer action) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> running = running(lab, action.server());
            return running.isEmpty()
                    ? new Outcome.Failed("The lab does not run " + Quote.of(action.server()) + ".")
                    : ServerTags.write(running.get().configuration(), action.server(), action.tags());
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    @Override
    public synchronized Outcome reload(ServerName server) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> running = running(lab, server);
            if (running.isEmpty()) {
                return new Outcome.Failed("The lab does not run " + Quote.of(server) + ".");
            }
            Processes.reload(running.get());
            return new Outcome.Acted("It is reloaded.");
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    private Optional<LabServer> running(Lab lab, ServerName server) {
        return lab.running().keySet().stream()
                .filter(s -> s.cluster().equals(cluster) && s.name().equals(server))
                .findFirst();
    }

    /** Whatever runs under the name: its configuration says which store that is. */
    @Override
    public synchronized Outcome copy(ServerName server) {
        try (Lab lab = Lab.open(home, name, environment)) {
            Optional<LabServer> running = running(lab, server);
            if (running.isEmpty()) {
                return new Outcome.Failed("The lab does not run " + Quote.of(server) + ".");
            }
            Path target = copies.resolve(server.text());
            long bytes = StoreCopy.copy(running.get().store(), target);
            return new Outcome.Acted("the store of " + Quote.of(server) + " is copied to " + target
                    + (bytes == 0 ? "." : ", " + bytes + " bytes."));
        } catch (LabFault e) {
            return new Outcome.Failed(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Failed("The store of " + Quote.of(server) + " cannot be copied below " + copies
                    + ": check that there is space and that it may be written to.");
        }
    }

    private Optional<LabServer> server(Lab lab, ServerName server, Role role) {
        return lab.state().servers().stream()
                .filter(s -> s.cluster().equals(cluster) && s.name().equals(server) && s.role() == role)
                .findFirst();
    }

    private static Outcome none(ServerName server) {
        return new Outcome.Failed(
                "The lab has no " + Quote.of(server) + " of this kind; make it anew from the topology.");
    }
}
