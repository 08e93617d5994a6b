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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Creates the streams that a topology declares, in its lab. Creating one that is there as declared changes nothing. */
final class DeclaredStreams {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * What passes by itself: a fresh leader has not heard of every server's tags and space yet (10005, seen on 2.10.27 in
     * the first second), or there is none for a moment (10008).
     */
    private static final Pattern PASSING = Pattern.compile("\\d+/(10005|10008) .*", Pattern.DOTALL);

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

    private Optional<String> create(LiveCluster live, StreamSpec stream) throws QueryFault, LabFault {
        Optional<ClusterQuery> account = live.account(stream.account().text());
        if (account.isEmpty()) {
            return Optional.of("there is no way into account " + stream.account() + ".");
        }
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<String> fault = ask(account.get(), stream);
            if (fault.isEmpty()
                    || !PASSING.matcher(fault.get()).matches()
                    || Instant.now().isAfter(deadline)) {
                return fault;
            }
            Readiness.pause();
        }
    }

    private Optional<String> ask(ClusterQuery account, StreamSpec stream) throws QueryFault {
        String subject = "$JS.API.STREAM.CREATE." + stream.name().text();
        ClusterQuery.Reply reply = account.ask(subject, StreamRequest.of(stream, tags(stream)), ANSWER);
        return reply instanceof ClusterQuery.Reply.Answer answer
                ? JetStreamError.in(answer.text())
                : Optional.of("503/10008 no server answers.");
    }

    private List<String> tags(StreamSpec stream) {
        return topology.source().placements().stream()
                .filter(p -> p.name().equals(stream.placement()))
                .findFirst()
                .map(Placement::tags)
                .orElse(List.of());
    }
}
