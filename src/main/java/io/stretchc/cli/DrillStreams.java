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
    private static final String LOST = "DRILL_LOST";
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

    /**
     * Makes what is missing; the names of all.
     *
     * @param inTheSite whether with one that lives only in the site to be lost
     */
    List<String> create(boolean inTheSite) throws DrillFault {
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
            make(login, MOST, "drill.most.*", 3, stage.others());
            names.add(MOST);
        }
        if (inTheSite) {
            List<String> only = only();
            if (login == null || only.isEmpty()) {
                throw new DrillFault(
                        "No tag is that of the site's servers only, so that no stream can live there alone.");
            }
            make(login, LOST, "drill.lost.*", Math.min(3, stage.servers().size()), only);
            names.add(LOST);
        }
        return names;
    }

    /** A tag that all servers of the site have, and no other. */
    private List<String> only() {
        var voters = topology.backbone().voters();
        return voters.stream()
                .filter(v -> stage.servers().contains(v.name()))
                .flatMap(v -> v.tags().stream())
                .distinct()
                .filter(t -> !t.contains("\"") && !t.contains("\\"))
                .filter(t -> voters.stream()
                        .allMatch(v -> v.tags().contains(t) == stage.servers().contains(v.name())))
                .sorted()
                .limit(1)
                .toList();
    }

    private static void make(Login login, String stream, String subjects, int replicas, List<String> tags)
            throws DrillFault {
        String request = "{\"name\":\"" + stream + "\",\"subjects\":[\"" + subjects
                + "\"],\"retention\":\"limits\",\"storage\":\"file\",\"num_replicas\":" + replicas
                + ",\"placement\":{\"tags\":[\"" + String.join("\",\"", tags) + "\"]}}";
        String fault = "nobody answers";
        for (int i = 0; i < TRIES; i++) {
            try (ClusterQuery query = JnatsQuery.connect(login)) {
                ClusterQuery.Reply reply = query.ask("$JS.API.STREAM.CREATE." + stream, request, ANSWER);
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
        throw new DrillFault("The stream " + stream + " cannot be made: " + fault);
    }
}
