package io.stretchc.cli;

import io.stretchc.lab.LabState;
import io.stretchc.nats.JnatsQuery;
import io.stretchc.nats.Login;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.StreamSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The streams that a drill loads besides those of the load itself: the declared ones, and one of which most copies are in
 * the other sites, so that clients of both kinds are seen.
 */
final class DrillStreams {
    private static final String MOST = "DRILL_MOST";
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int TRIES = 20;

    private final LabState lab;
    private final ResolvedTopology topology;
    private final DrillStage stage;

    DrillStreams(LabState lab, ResolvedTopology topology, DrillStage stage) {
        this.lab = lab;
        this.topology = topology;
        this.stage = stage;
    }

    /** Makes what is missing; the names of all. */
    List<String> create() throws DrillFault {
        var names = new ArrayList<String>();
        for (StreamSpec spec : topology.source().streams()) {
            boolean takes = !spec.config().subjects().isEmpty() && spec.config().mirror() == null;
            if (takes && spec.account().text().equals(stage.account().orElse(""))) {
                names.add(spec.name().text());
            }
        }
        boolean plain = stage.others().stream().noneMatch(t -> t.contains("\"") || t.contains("\\"));
        Login login =
                Labs.logins(lab, lab.backbone()).accounts().get(stage.account().orElse(""));
        if (login != null && !stage.others().isEmpty() && plain) {
            most(login);
            names.add(MOST);
        }
        return names;
    }

    private void most(Login login) throws DrillFault {
        String request = "{\"name\":\"" + MOST + "\",\"subjects\":[\"drill.most.*\"],\"retention\":\"limits\","
                + "\"storage\":\"file\",\"num_replicas\":3,\"placement\":{\"tags\":[\""
                + String.join("\",\"", stage.others()) + "\"]}}";
        String fault = "nobody answers";
        for (int i = 0; i < TRIES; i++) {
            try (ClusterQuery query = JnatsQuery.connect(login)) {
                ClusterQuery.Reply reply = query.ask("$JS.API.STREAM.CREATE." + MOST, request, ANSWER);
                if (reply instanceof ClusterQuery.Reply.Answer answer) {
                    Optional<String> error = JetStreamError.in(answer.text());
                    if (error.isEmpty()) {
                        return;
                    }
                    fault = error.get();
                }
            } catch (QueryFault e) {
                fault = String.valueOf(e.getMessage());
            }
            DrillShell.pause(500);
        }
        throw new DrillFault("The stream " + MOST + " cannot be made: " + fault);
    }
}
