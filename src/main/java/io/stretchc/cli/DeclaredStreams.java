package io.stretchc.cli;

import io.stretchc.codec.StreamRequest;
import io.stretchc.diag.Quote;
import io.stretchc.lab.LabFault;
import io.stretchc.lab.LabState;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Placement;
import io.stretchc.topology.StreamSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Creates the streams that a topology declares, in its lab. Creating one that is there as declared changes nothing. */
final class DeclaredStreams {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Console console;
    private final LabState lab;
    private final ResolvedTopology topology;

    DeclaredStreams(Console console, LabState lab, ResolvedTopology topology) {
        this.console = console;
        this.lab = lab;
        this.topology = topology;
    }

    /** Creates them; whether all are there now. What is not is said. */
    boolean create() throws LabFault {
        List<StreamSpec> streams = topology.source().streams();
        if (streams.isEmpty()) {
            return true;
        }
        boolean all = true;
        try (var live = LiveCluster.connect(Labs.logins(lab, lab.backbone()))) {
            for (StreamSpec stream : streams) {
                Optional<String> fault = create(live, stream);
                if (fault.isPresent()) {
                    console.err()
                            .println("  stream " + Quote.of(stream.name()) + " is not created: "
                                    + Quote.sentence(fault.get()));
                    all = false;
                }
            }
        } catch (QueryFault e) {
            throw new LabFault(LabFault.Reason.UNREACHABLE, String.valueOf(e.getMessage()));
        }
        return all;
    }

    private Optional<String> create(LiveCluster live, StreamSpec stream) throws QueryFault {
        Optional<ClusterQuery> account = live.account(stream.account().text());
        if (account.isEmpty()) {
            return Optional.of("there is no way into account " + stream.account() + ".");
        }
        ClusterQuery.Reply reply = account.get()
                .ask("$JS.API.STREAM.CREATE." + stream.name().text(), StreamRequest.of(stream, tags(stream)), ANSWER);
        if (reply instanceof ClusterQuery.Reply.Answer answer) {
            return JetStreamError.in(answer.text());
        }
        return Optional.of("no server answers.");
    }

    private List<String> tags(StreamSpec stream) {
        return topology.source().placements().stream()
                .filter(p -> p.name().equals(stream.placement()))
                .findFirst()
                .map(Placement::tags)
                .orElse(List.of());
    }
}
