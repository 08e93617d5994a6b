package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.StreamSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a restore and a return have in common: who is there, what bridged the loss goes, leaders come home. */
final class WayBack {
    private final Facts facts;
    private final Homecoming coming;
    private final SortedMap<ServerName, List<String>> natives;
    private final Homes homes;
    private final Steps steps;
    private final List<String> warnings = new ArrayList<>();
    private final List<LossEntry> losses = new ArrayList<>();
    private boolean changes;

    WayBack(Facts facts, Homecoming coming) {
        this(facts, coming, coming.natives(facts));
    }

    /** For servers with other tags than those that they run with. */
    WayBack(Facts facts, Homecoming coming, SortedMap<ServerName, List<String>> natives) {
        this.facts = facts;
        this.coming = coming;
        this.natives = natives;
        homes = new Homes(facts, natives);
        steps = new Steps(new Hand(facts.cluster(), facts.version()));
    }

    SortedMap<ServerName, List<String>> natives() {
        return natives;
    }

    Homes homes() {
        return homes;
    }

    Steps steps() {
        return steps;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void owe(LossEntry entry) {
        losses.add(entry);
    }

    /** Declared streams of which nothing is seen. */
    List<String> unseen(boolean bridged) {
        var seen = new TreeSet<String>();
        facts.snapshot().streams().forEach(s -> seen.add(s.account() + "\n" + s.name()));
        var unseen = new ArrayList<String>();
        for (StreamSpec spec : homes.declared()) {
            if (!seen.contains(spec.account() + "\n" + spec.name())) {
                unseen.add(spec.name().text());
                owe(LossBill.unseen(spec, LossBill.Empty.NO, bridged));
            }
        }
        return unseen;
    }

    /** A stream is touched, or a server leaves: it is not as it should be yet. */
    void changes() {
        changes = true;
    }

    /** Every member when all are back, before those that bridged the loss leave. */
    List<ServerName> members() {
        var all = new TreeSet<ServerName>(facts.aliveMembers());
        all.addAll(coming.names());
        return List.copyOf(all);
    }

    /** The servers of the site, one after the other. */
    void starts(boolean blank, List<Condition> before, boolean seenByLeader, String reason) {
        for (ServerModel model : coming.starts()) {
            var after = new ArrayList<Condition>();
            after.add(new Condition.Answering(List.of(model.name())));
            if (seenByLeader) {
                after.add(new Condition.MetaCurrent(List.of(model.name())));
            }
            steps.start(model, blank, before, after, Risk.SAFE, reason);
        }
    }

    /** Arbiters and stand-ins go, one at a time, each while it runs; then what is to be waited for. */
    void farewell(Consumer<ServerName> afterRemoval) {
        List<ServerName> leaving = coming.leaving();
        if (leaving.isEmpty()) {
            return;
        }
        changes();
        List<ServerName> stay = List.copyOf(natives.keySet());
        steps.moveMetaLeader(facts.preferred(stay), "lead-meta-away", "A server that leaves must not lead.");
        var members = facts.members().orElse(new TreeSet<>());
        for (ServerName guest : leaving) {
            Role role = coming.standIns().contains(guest) ? Role.STAND_IN : Role.ARBITER;
            if (members.contains(guest)) {
                steps.remove(
                        guest,
                        true,
                        List.of(
                                new Condition.MetaLeaderAmong(stay),
                                new Condition.Answering(stay),
                                new Condition.MetaCurrent(stay)),
                        (role == Role.STAND_IN
                                        ? "It was the lost server to the group, which is back under another name."
                                        : "It was needed while servers were away.")
                                + " One at a time, each seen in the leader's list. While it runs, its removal switches its"
                                + " JetStream off.");
            }
            afterRemoval.accept(guest);
            steps.stop(guest, role, "It is no member any more, only a server with routes.");
        }
    }

    /** The stream's leader, if its placement prefers a site and others could lead it too. */
    void streamHome(StreamFate fate, Collection<ServerName> members, boolean touched) {
        Placement p = homes.placement(fate.stream()).orElse(null);
        if (p == null || p.preferredSite() == null) {
            return;
        }
        String site = p.preferredSite().text();
        List<ServerName> home = members.stream()
                .filter(n -> facts.siteOf(n).equals(site))
                .sorted()
                .toList();
        ServerName leads = fate.stream().now().leader();
        boolean there = leads != null && home.contains(leads) && !touched;
        if (!home.isEmpty() && home.size() < members.size() && !there) {
            changes();
            steps.moveStreamLeader(
                    fate.account(), fate.name(), home, "Its placement prefers this site. Leaders move last.");
        }
    }

    /** The meta leader after all others. */
    void metaHome() {
        List<ServerName> home = facts.preferred(natives.keySet());
        if (home.size() < natives.size()) {
            steps.moveMetaLeader(home, "lead-meta", "The last of the leaders, to the site that is preferred for it.");
        }
    }

    /** The plan, or that all of it holds already. */
    PlanResult plan(Scenario scenario, String strategy, String why) {
        boolean holds = !changes
                && steps.all().stream().flatMap(s -> s.after().stream()).allMatch(c -> c.holds(facts.snapshot()));
        if (holds) {
            return new PlanResult.NothingToDo(why);
        }
        var known = new ArrayList<>(coming.names());
        known.addAll(coming.former());
        Warnings.common(facts, known, warnings);
        return new PlanResult.Planned(steps.plan(facts, scenario, new Strategy(null, strategy), losses, warnings));
    }

    /** A few of many names. */
    static String some(List<String> names) {
        int most = 5;
        return names.size() <= most
                ? Quote.all(names)
                : Quote.all(names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }
}
