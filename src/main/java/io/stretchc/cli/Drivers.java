package io.stretchc.cli;

import io.stretchc.apply.Driver;
import io.stretchc.apply.Halt;
import io.stretchc.binary.BinaryFault;
import io.stretchc.binary.BinaryFinder;
import io.stretchc.binary.ServerBinary;
import io.stretchc.binary.WantedVersion;
import io.stretchc.drive.CommandDriver;
import io.stretchc.drive.LabDriver;
import io.stretchc.drive.PersonDriver;
import io.stretchc.drive.ProcessDriver;
import io.stretchc.lab.LabFault;
import io.stretchc.plan.Action;
import io.stretchc.plan.Plan;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.topology.Lifecycle;
import java.nio.file.Path;
import java.time.InstantSource;

/** The driver of a topology: a lab that runs it, or what its {@code lifecycle} says. */
final class Drivers {
    private Drivers() {}

    static Driver of(Console console, ApplyCommand options, Plan plan, LiveTopology topology) throws Halt {
        var person = new PersonDriver(plan);
        Path copies = Path.of(options.copies == null ? options.file + ".stores" : options.copies);
        ClusterModel cluster = topology.topology().backbone();
        try {
            if (topology.lab().isPresent()) {
                return new LabDriver(
                        Labs.of(console.environment()).home(),
                        topology.lab().get().name(),
                        cluster.name(),
                        console.environment(),
                        copies);
            }
            Lifecycle lifecycle = topology.topology().source().lifecycle();
            return switch (lifecycle.kind()) {
                case MANUAL -> person;
                case COMMAND -> new CommandDriver(lifecycle, cluster, Path.of(options.out), person);
                case PROCESS ->
                    needsProcesses(plan)
                            ? new ProcessDriver(
                                    cluster,
                                    Path.of(options.out),
                                    binary(console, plan).executable(),
                                    plan.version(),
                                    copies)
                            : person;
            };
        } catch (LabFault e) {
            throw new Halt(Halt.Kind.REFUSED, e.getMessage());
        } catch (BinaryFault e) {
            throw new Halt(Halt.Kind.REFUSED, String.join(" ", e.lines()));
        }
    }

    private static ServerBinary binary(Console console, Plan plan) throws BinaryFault, Halt {
        return new BinaryFinder(console.environment(), console.err()::println, InstantSource.system())
                .find(WantedVersion.exactly(plan.version()))
                .orElseThrow(() -> new Halt(
                        Halt.Kind.REFUSED,
                        "There is no nats-server " + plan.version() + " here to start: `stretchc lab fetch "
                                + plan.version() + "` gets it."));
    }

    private static boolean needsProcesses(Plan plan) {
        return plan.steps().stream()
                .anyMatch(s -> s.action() instanceof Action.StartServer
                        || s.action() instanceof Action.StopServer
                        || s.action() instanceof Action.RestartServer
                        || s.action() instanceof Action.RetagServer
                        || s.action() instanceof Action.CopyStores);
    }
}
