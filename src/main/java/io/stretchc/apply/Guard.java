package io.stretchc.apply;

import io.stretchc.diag.Quote;
import io.stretchc.journal.Progress;
import io.stretchc.plan.Action;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Step;
import io.stretchc.plan.StepId;
import io.stretchc.resolve.ClusterModel;
import io.stretchc.resolve.Role;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold at every look, whatever step is next: one cluster, no two processes of one name, and nobody of a site
 * that is called lost. A site that is back while others decide without it is the one thing that loses acknowledged messages
 * silently (2.10.27, 2.15.1).
 */
final class Guard {
    private final String cluster;
    private final SortedSet<ServerName> lost;
    private final SortedMap<ServerName, StepId> started = new TreeMap<>();
    private final SortedSet<SiteName> sites = new TreeSet<>();

    private Guard(String cluster, SortedSet<ServerName> lost) {
        this.cluster = cluster;
        this.lost = lost;
    }

    static Guard of(Plan plan, ClusterModel model) {
        var guard = new Guard(plan.cluster(), new TreeSet<>());
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.TakeCensus census) {
                guard.sites.addAll(census.lost());
            }
            if (step.action() instanceof Action.StartServer start) {
                guard.started.put(start.server(), step.id());
            }
        }
        model.all()
                .filter(s -> s.role() != Role.STAND_IN && s.site() != null && guard.sites.contains(s.site()))
                .forEach(s -> guard.lost.add(s.name()));
        return guard;
    }

    void check(ClusterSnapshot seen, Progress progress) throws Halt {
        Census census = Census.of(seen, null);
        if (!seen.cluster().equals(cluster) || census.twoClusters()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "What answers is not, or not only, the cluster " + Quote.of(cluster)
                            + ". Nothing more is done. Look with `stretchc status`.");
        }
        if (!census.doubles().isEmpty()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "More than one process answers as " + Quote.all(census.doubles())
                            + ". Nothing more is done. Stop the one that should not run: if this plan started a stand-in, the"
                            + " other one, of the lost site, must not run beside it; then apply again.");
        }
        var back = new ArrayList<ServerName>();
        for (ServerState server : seen.servers()) {
            StepId start = started.get(server.name());
            if (lost.contains(server.name()) && (start == null || !progress.called(start))) {
                back.add(server.name());
            }
        }
        if (!back.isEmpty()) {
            throw new Halt(Halt.Kind.REFUSED, back(back, progress));
        }
    }

    private String back(List<ServerName> back, Progress progress) {
        String who = Quote.all(back) + " of the site " + Quote.all(sites) + ", which is called lost,"
                + (back.size() == 1 ? " answers." : " answer.");
        return progress.anyCalled()
                ? who
                        + " Nothing more is done. If the site is to stay out, stop these servers, and apply again: it goes on"
                        + " where it stopped. If it is back for good, look with `stretchc status` before anything else:"
                        + " members that were removed already do not come back by themselves."
                : who
                        + " Nothing was done. If the site is back, nothing needs to be forced: see `stretchc status`. If it is"
                        + " to be given up, stop its servers first.";
    }
}
