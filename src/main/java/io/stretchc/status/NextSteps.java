package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.status.StreamTrouble.Reason;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Advises what comes next. */
final class NextSteps {
    private final Situation at;
    private final String file;
    private final List<NextStep> steps = new ArrayList<>();

    NextSteps(Situation at, String file) {
        this.at = at;
        this.file = file;
    }

    List<NextStep> of(ClusterState state) {
        switch (state) {
            case HEALTHY -> add("The invariants, one by one:", "verify");
            case SPLIT -> split();
            case NO_META_QUORUM -> noQuorum();
            case RESCUED -> rescued();
            case RESTORING -> restoring();
            case DEGRADED -> lost();
        }
        if (state == ClusterState.DEGRADED || state == ClusterState.RESTORING) {
            members();
            streams();
        }
        if (at.has(Reason.LEADER_AWAY) && (state == ClusterState.HEALTHY || state == ClusterState.DEGRADED)) {
            add("Leaders are away from where they belong:", "plan home");
        }
        return steps.stream().distinct().toList();
    }

    private void split() {
        steps.add(new NextStep(
                "Change nothing. Look again in 20 s: an election caught in the act shows two leaders for a moment. If both"
                        + " stay, the sites do not reach each other: stop one side's servers, or cut its ports, before"
                        + " anything else.",
                null));
    }

    /** A site that is alive must not be called lost: forced apart, both sides would acknowledge what the other does not. */
    private void partition() {
        for (SiteStatus site : at.sitesApart()) {
            List<ServerName> alive = at.servers().stream()
                    .filter(s -> s.cutOff() && site.name().equals(s.site()))
                    .map(ServerStatus::name)
                    .toList();
            steps.add(new NextStep(
                    Quote.of(site.name()) + " is not lost: " + Quote.all(alive)
                            + (alive.size() == 1 ? " takes" : " take")
                            + " connections and cannot reach this side. Mend the link between the sites, and force"
                            + " nothing: with a quorum of its own each side would acknowledge messages that the other"
                            + " loses. If this side has to go on alone, stop those servers first.",
                    null));
        }
    }

    private void noQuorum() {
        MetaStatus meta = at.meta();
        List<SiteStatus> silent = at.lostSites();
        partition();
        if (meta.isolated()) {
            steps.add(new NextStep(
                    "Look at the links between the servers: they answer, and do not reach the meta leader.", null));
        }
        if (silent.isEmpty()) {
            if (!at.silent().isEmpty() && at.sitesApart().isEmpty()) {
                int missing = meta.needed() - meta.live();
                steps.add(new NextStep(
                        "Start " + Math.max(1, missing) + " or more of the servers that do not answer: "
                                + Quote.all(at.silent()) + ".",
                        null));
            }
            return;
        }
        for (SiteStatus site : silent) {
            String name = ShellWord.of(site.name().text());
            add("If " + Quote.of(site.name()) + " is expected back with its data:", "plan bridge --lost " + name);
            add("If " + Quote.of(site.name()) + " is gone for good:", "plan recover --lost " + name);
        }
        technique();
        steps.add(new NextStep(
                "Both force a quorum. From here a site that is cut off looks like one that is dead: make sure that its"
                        + " servers are stopped, or cut off for good.",
                null));
    }

    /** Says what will be done, so that servers can be made ready meanwhile. */
    private void technique() {
        ServerVersion version = at.version();
        MetaStatus meta = at.meta();
        Technique best = Technique.bestOn(version);
        int servers = best.serversNeeded(version, meta.size(), meta.live());
        String on = "On nats-server " + version + " ";
        steps.add(new NextStep(
                switch (best) {
                    case RESCUE -> on + "a rescue lowers the quorum for 5 minutes; no further server is needed.";
                    case ARBITER -> on + count(servers, "arbiter") + " will bring the quorum back" + arbiters() + ".";
                    case NEW_SERVERS ->
                        on + count(servers, "new server") + ", up together, will bring the quorum back.";
                    case STAND_INS ->
                        on + count(servers, "stand-in") + " with the names of the lost servers will bring the quorum"
                                + " back, every survivor with data up first.";
                },
                null));
    }

    /** Those that the topology keeps ready at sites that answer. */
    private String arbiters() {
        List<ServerName> ready = at.topology().backbone().reserves(Role.ARBITER).stream()
                .filter(a -> at.silentSites().stream().noneMatch(s -> s.name().equals(a.site())))
                .map(ServerModel::name)
                .sorted()
                .toList();
        return ready.isEmpty() ? "" : "; the topology keeps ready: " + Quote.all(ready);
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private void rescued() {
        steps.add(new NextStep(
                "A rescue ends by itself 5 minutes after the call. Until then two halves of the cluster could both"
                        + " elect a leader: let no lost server start unless the plan says so.",
                null));
        partition();
        for (SiteStatus site : at.lostSites()) {
            add(
                    "If " + Quote.of(site.name()) + " is gone for good:",
                    "plan recover --lost " + ShellWord.of(site.name().text()));
        }
    }

    private void restoring() {
        partition();
        for (SiteStatus site : at.lostSites()) {
            String name = ShellWord.of(site.name().text());
            if (!stoodIn(site)) {
                add(
                        "When the servers of " + Quote.of(site.name()) + " are back with their data:",
                        "plan return --site " + name);
            }
            add("When they come back empty, under new names:", "plan restore --site " + name);
        }
        List<ServerName> votersOnly = at.servers().stream()
                .filter(s -> s.answers() && (s.role() == Role.ARBITER || s.role() == Role.STAND_IN))
                .map(ServerStatus::name)
                .toList();
        if (at.silentSites().isEmpty() && !votersOnly.isEmpty()) {
            homes().forEach(site -> add(
                    "All sites answer; withdraw " + Quote.all(votersOnly) + ":",
                    "plan return --site " + ShellWord.of(site)));
        }
        replacing();
        if (at.catchingUp() > 0 || !at.meta().behind().isEmpty()) {
            add("Replicas catch up by themselves; watch them:", "status --watch");
        }
    }

    /** Whether a server answers under a name of the site's own: while it does, the one with the data cannot come back. */
    private boolean stoodIn(SiteStatus site) {
        return at.topology().backbone().servers().stream()
                .filter(s -> site.name().equals(s.site()))
                .anyMatch(s -> at.servers().stream()
                        .anyMatch(o -> o.answers()
                                && o.role() == Role.STAND_IN
                                && o.name().equals(s.name())));
    }

    /** The sites that arbiters stand in for: those that they are not at. */
    private Stream<String> homes() {
        var hosts = new TreeSet<String>();
        at.sites().stream()
                .filter(s -> s.reserves() > 0)
                .forEach(s -> hosts.add(s.name().text()));
        List<String> others = at.sites().stream()
                .map(s -> s.name().text())
                .filter(s -> !hosts.contains(s))
                .toList();
        return others.isEmpty() ? hosts.stream() : others.stream();
    }

    /** A replacement joins before the one that it replaces is removed; between the two somebody has to go on. */
    private void replacing() {
        at.servers().stream()
                .filter(s -> !s.answers() && Boolean.TRUE.equals(s.metaMember()) && !inSilentSite(s.name()))
                .filter(s -> !replacements(s.name()).isEmpty())
                .forEach(s -> add(
                        Quote.all(replacements(s.name())) + " is there for " + Quote.of(s.name())
                                + ", which is a member still. Apply the plan again, or plan the rest:",
                        "plan replace " + ShellWord.of(s.name().text())));
    }

    /** Replacements of a server that answer: `us_2.1` for `us_2`. */
    private List<ServerName> replacements(ServerName server) {
        return at.servers().stream()
                .filter(s -> s.answers() && s.role() == Role.REPLACEMENT)
                .map(ServerStatus::name)
                .filter(n -> n.text().startsWith(server.text() + "."))
                .toList();
    }

    private void lost() {
        partition();
        for (SiteStatus site : at.lostSites()) {
            String name = ShellWord.of(site.name().text());
            if (at.uncounted(site)) {
                add(
                        "The meta group does not count " + Quote.of(site.name())
                                + " any more. If it was given up, keep its servers off, above all with the stores that"
                                + " they had; it comes back empty, under new names:",
                        "plan restore --site " + name);
                continue;
            }
            add(
                    "The others go on without " + Quote.of(site.name())
                            + ". Start its servers; or, if it is gone for good:",
                    "plan recover --lost " + name);
        }
        List<ServerName> single =
                at.silent().stream().filter(n -> !inSilentSite(n)).toList();
        for (ServerName server : single.stream().limit(3).toList()) {
            add(
                    "Start " + Quote.of(server) + "; or, if it is gone for good:",
                    "plan replace " + ShellWord.of(server.text()));
        }
        if (!single.isEmpty() && at.lostSites().isEmpty() && at.has(Reason.REPLICA_SILENT)) {
            add("Meanwhile its streams can be given their replicas elsewhere:", "plan fallback");
        }
    }

    private boolean inSilentSite(ServerName server) {
        return at.topology().backbone().servers().stream()
                .filter(m -> m.name().equals(server))
                .map(ServerModel::site)
                .anyMatch(
                        site -> at.silentSites().stream().anyMatch(s -> s.name().equals(site)));
    }

    private void members() {
        var outside = new TreeSet<>(at.meta().left());
        outside.addAll(at.disabled());
        for (ServerName old : List.copyOf(outside)) {
            List<ServerName> by = replacements(old);
            if (!by.isEmpty()) {
                outside.remove(old);
                steps.add(new NextStep(
                        Quote.of(old) + " was replaced by " + Quote.all(by)
                                + ", and runs again: stop it, and keep it off. Make the topology say who runs: its"
                                + " `generation` one higher.",
                        null));
            }
        }
        if (!outside.isEmpty()) {
            String names = String.join(
                    " ", outside.stream().map(n -> ShellWord.of(n.text())).toList());
            add("Servers that run and are no members:", "plan readmit " + names);
        }
        if (!at.meta().unknown().isEmpty() || at.has(Reason.FORMER_MEMBER)) {
            add("Traces of servers that the topology does not have:", "plan purge");
        } else if (outside.isEmpty()
                && at.silent().isEmpty()
                && at.meta().live() < at.meta().size()) {
            add("Reserves that do not run are members of the meta group still:", "plan purge");
        }
    }

    private void streams() {
        if (at.has(Reason.NOT_THERE) || at.has(Reason.CONFIG_DIFFERS)) {
            steps.add(new NextStep(
                    "Streams that are not as declared: `nats stream add` and `nats stream edit` make them so, or declare"
                            + " what is.",
                    null));
        }
        if (at.has(Reason.WRONG_PLACEMENT)) {
            add("Streams that are not where they are declared to be:", "plan home");
        }
        boolean away = at.has(Reason.ON_FALLBACK) || at.has(Reason.ON_LENT_TAGS);
        if (away && at.silentSites().isEmpty()) { // the way back of a site brings its streams home
            add(
                    at.silent().isEmpty()
                            ? "Streams live away from home, on a fallback or on lent tags:"
                            : "Streams live away from home; when the servers that do not answer are back:",
                    "plan fallback --undo");
        }
        if (at.has(Reason.REPLICAS_MISSING)
                && at.meta().left().isEmpty()
                && at.disabled().isEmpty()) {
            add("Streams that no longer find enough servers with their tags:", "plan fallback");
        }
        if (at.has(Reason.NO_COPY) && at.silent().isEmpty()) {
            steps.add(new NextStep(
                    "A stream without a copy comes back from a backup only: `stretchc restore-stream`.", null));
        }
    }

    private void add(String text, String command) {
        steps.add(new NextStep(text, "stretchc " + command + " " + ShellWord.of(file)));
    }
}
