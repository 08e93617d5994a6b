package io.stretchc.cli;

import io.stretchc.codec.SnapshotCodec;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.Login;
import io.stretchc.observe.Expected;
import io.stretchc.observe.Observer;
import io.stretchc.observe.Patience;
import io.stretchc.observe.QueryFault;
import io.stretchc.snapshot.ClusterSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code stretchc observe}: the live cluster as a snapshot. */
@CommandLine.Command(
        name = "observe",
        description = "Look at a live cluster and write what is seen as a snapshot.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc observe topologies/stretch.yaml -o snapshot.json")
final class ObserveCommand extends Command {
    @Option(
            names = {"-s", "--server"},
            paramLabel = "URLS")
    private String servers = "nats://127.0.0.1:4222";

    @Option(names = "--user", paramLabel = "USER")
    private @Nullable String user;

    @Option(names = "--password", paramLabel = "PASSWORD")
    private @Nullable String password;

    @Override
    ExitCode run(Console console) {
        var login = new Login(List.of(servers.split(",")), user, password);
        try (JnatsQuery query = JnatsQuery.connect(login)) {
            var observer = new Observer(query, new TreeMap<>(), Patience.USUAL, InstantSource.system());
            ClusterSnapshot snapshot = observer.observe(Expected.NOTHING);
            var bytes = new ByteArrayOutputStream();
            new SnapshotCodec().write(snapshot, bytes);
            console.out().print(bytes.toString(StandardCharsets.UTF_8));
            return ExitCode.OK;
        } catch (QueryFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
