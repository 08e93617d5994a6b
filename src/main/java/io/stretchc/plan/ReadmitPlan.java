package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Removed members become members again, under their own names. Every member remembers in its memory who was removed, for
 * good up to 2.10.27 and 2.11.1, for five minutes later, and only the leader's memory counts: a follower is restarted and
 * given the lead, and the names are admitted at once (2.10.27, 2.11.17, 2.12.15, 2.15.1). What is proved is that the leader
 * lists them: a server that is refused runs, shows the leader, and counts for nothing.
 */
final class ReadmitPlan {
    private final Facts facts;
    private final Readmission back;
    private final WayBack way;
    private final Steps steps;
    private final StreamsBack streams;

    ReadmitPlan(Facts facts, Readmission back) {
        this.facts = facts;
        this.back = back;
        way = new WayBack(facts, back.coming());
        steps = way.steps();
        streams = new StreamsBack(facts, way, true);
    }

    PlanResult plan(Scenario scenario) {
        var refusals = new ArrayList<>(new ReadmitChecks(facts, back).all());
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        refusals.addAll(streams.decide());
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        List<ServerName> counted = way.natives().keySet().stream()
                .filter(n -> facts.answers(n) && !back.out().contains(n))
                .toList();
        steps.census(List.of(), back.silent(), counted);
        swaps();
        if (!back.out().isEmpty()) {
            admission(counted);
        }
        steps.awaitMembers(
                List.copyOf(way.natives().keySet()),
                "Proof of the admission is the leader's own list. No stream moves before all that can hold one are current"
                        + " members.");
        streams.streams();
        way.farewell(streams::refilled);
        streams.leaders();
        way.metaHome();
        steps.verify(null, "What must be true of a cluster to which they belong again.");
        warnings();
        return way.plan(
                scenario,
                strategy(),
                Quote.all(back.servers())
                        + (back.servers().size() == 1 ? " is a current member" : " are current members")
                        + " of the meta group, and streams and leaders are home.");
    }

    /** A stand-in is the same member as the server that it stands in for: they change places, one after the other. */
    private void swaps() {
        for (ServerModel model : back.swapped()) {
            ServerName name = model.name();
            way.changes();
            steps.moveMetaLeader(
                    facts.preferred(back.others(name, way.natives().keySet())),
                    "lead-meta-off-" + name,
                    "A server that is stopped must not lead.");
            steps.swapOut(
                    name,
                    Role.STAND_IN,
                    back.others(name, way.natives().keySet()),
                    "It stands in for a server of the same name, and two processes of one name must not run. It stays a member.");
            steps.start(
                    model,
                    true,
                    List.of(new Condition.MetaLed(), new Condition.Silent(List.of(name))),
                    List.of(new Condition.Answering(List.of(name)), new Condition.MetaCurrent(List.of(name))),
                    Risk.SAFE,
                    "It was never removed, so that it is admitted at once. It comes empty, since the others went on without it,"
                            + " and is filled by them.");
            streams.swapped(name);
        }
    }

    private void admission(List<ServerName> counted) {
        way.changes();
        List<ServerName> running = back.out().stream().filter(back::stopped).toList();
        for (ServerName name : running) {
            steps.takeOff(
                    name,
                    Role.SERVER,
                    facts.members().orElse(new TreeSet<>()).contains(name),
                    "It was refused, or removed while it ran; what it started with is given up, and it starts anew.");
        }
        ServerName follower = back.follower();
        List<Condition> before = new ArrayList<>();
        before.add(new Condition.MetaLed());
        if (follower != null) {
            steps.restart(
                    follower,
                    back.run(follower),
                    facts.hasRole(follower, Role.ARBITER) ? Role.ARBITER : Role.SERVER,
                    counted.stream().filter(n -> !n.equals(follower)).toList(),
                    "Every member keeps in its memory who was removed"
                            + (back.expires() ? ", for five minutes" : ", until it is restarted")
                            + ", and a leader with that memory refuses the name. Of the followers it has the fewest"
                            + " streams; each of them keeps its majority meanwhile.");
            steps.moveMetaLeader(
                    List.of(follower),
                    "lead-meta-" + follower,
                    "Only the leader's memory counts, and this one has forgotten who was removed.");
            before.add(new Condition.MetaLeaderAmong(List.of(follower)));
        }
        for (ServerModel model : back.coming().starts()) {
            if (back.out().contains(model.name()) && !back.stays(model.name())) {
                admit(model, before);
            }
        }
    }

    private void admit(ServerModel model, List<Condition> before) {
        List<ServerName> name = List.of(model.name());
        boolean blank = !back.keepStores();
        steps.start(
                model,
                blank,
                before,
                List.of(new Condition.Answering(name), new Condition.MetaCurrent(name)),
                blank ? Risk.IRREVERSIBLE : Risk.SAFE,
                blank
                        ? "Its store is emptied: the others went on without it, so that what it holds would be reset anyway,"
                                + " and an old store votes for what is not so any more."
                        : "It keeps its store, as asked; what the others decided meanwhile replaces what it holds.");
    }

    private String strategy() {
        if (back.out().isEmpty() && back.swapped().isEmpty()) {
            return "All of these are current members already: nobody is stopped or emptied, and what is left to do is that"
                    + " streams and leaders come home.";
        }
        if (back.out().isEmpty()) {
            return "Stand-ins are members under the names of the servers that come back: they change places, one at a time,"
                    + " and nobody needs to be admitted.";
        }
        return "nats-server " + facts.version() + " remembers removed names "
                + (back.expires() ? "for five minutes" : "for good") + ", in the memory of each member: one follower, "
                + Quote.of(String.valueOf(back.follower()))
                + ", is restarted and leads, and admits them at once"
                + (back.expires() ? "; the only other way is to wait for five minutes from the removal." : ".");
    }

    private void warnings() {
        if (!back.well().isEmpty() && !back.out().isEmpty()) {
            way.warn(Quote.all(back.well()) + (back.well().size() == 1 ? " is a member" : " are members")
                    + " of the meta group, and " + (back.well().size() == 1 ? "answers" : "answer")
                    + ": nothing is done to " + (back.well().size() == 1 ? "it" : "them") + ".");
        }
        if (!back.out().isEmpty() && !back.keepStores()) {
            way.warn(
                    "The stores of " + Quote.all(back.out())
                            + " are emptied. What only they hold is gone then: copy them before, or plan with `--keep-stores`.");
        }
        if (!back.out().isEmpty() && back.keepStores()) {
            way.warn(
                    "With their old stores servers vote for what they knew before they were removed. Where others went on"
                            + " without them, as after a recovery, empty stores are the safe ones.");
        }
        if (!streams.gone().isEmpty() && !back.keepStores()) {
            way.warn("No server that answers has a copy of " + WayBack.some(streams.gone())
                    + ": the stores that are emptied may be the last that have one, and a stream that is still listed comes"
                    + " back EMPTY and takes writes.");
        }
        List<String> single = back.interrupted();
        if (!single.isEmpty()) {
            way.warn("While " + Quote.of(String.valueOf(back.follower())) + " is restarted, " + WayBack.some(single)
                    + (single.size() == 1 ? " has" : " have")
                    + " no copy elsewhere, and cannot be used for some seconds.");
        }
        streams.warnings();
    }
}
