package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Technique;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;

/** What must be clear before any plan, and what must be dead before one that goes on without a site. */
final class Checks {
    private final Facts facts;
    private final List<Refusal> found = new ArrayList<>();

    Checks(Facts facts) {
        this.facts = facts;
    }

    /** For every scenario. */
    List<Refusal> always() {
        if (facts.aboutSite() && facts.serversOfSite().isEmpty()) {
            refuse(
                    Reason.UNKNOWN_SITE,
                    "The topology has no site " + Quote.of(facts.site()) + " with servers.",
                    "Name one of "
                            + Quote.all(facts.input().topology().source().sites().stream()
                                    .map(s -> s.name())
                                    .toList()) + ".");
            return found;
        }
        Census census = facts.census();
        if (!facts.snapshot().cluster().equals(facts.cluster().name()) || census.twoClusters()) {
            refuse(
                    Reason.OTHER_CLUSTER,
                    "What answers is not, or not only, the cluster "
                            + Quote.of(facts.cluster().name()) + ".",
                    "Look with `stretchc status`, and ask servers of this cluster.");
            return found;
        }
        if (census.twoLeaders()) {
            refuse(
                    Reason.SPLIT,
                    "More than one server names itself meta leader: " + Quote.all(census.claims()) + ".",
                    "Look again in 20 s; if it stays, stop the servers of one side first.");
        }
        identities(census);
        versions(census);
        names();
        return found;
    }

    /** For scenarios in which the site is to be gone: nobody of it may answer, and enough of the others must. */
    List<Refusal> lost() {
        var silent = facts.namesOfSite();
        List<ServerName> answers = facts.snapshot().members().stream()
                .map(ServerState::name)
                .filter(silent::contains)
                .toList();
        if (!answers.isEmpty()) {
            refuse(
                    Reason.LOST_ANSWERS,
                    "The site " + Quote.of(facts.site()) + " is called lost, and " + Quote.all(answers)
                            + (answers.size() == 1 ? " answers." : " answer."),
                    "If it is back, nothing needs to be forced: see `stretchc status`. If it is to be given up, stop its"
                            + " servers first. If these are stand-ins of an unfinished plan, apply that plan again.");
        }
        Unclear.mute(
                        facts,
                        "what is left of the streams",
                        "Look again in some seconds; restart nothing that may hold the only copy.")
                .ifPresent(found::add);
        Unclear.survivors(facts).or(() -> Unclear.members(facts)).ifPresent(found::add);
        return found;
    }

    private void identities(Census census) {
        if (!census.doubles().isEmpty()) {
            refuse(
                    Reason.MEMBERS_UNCLEAR,
                    "More than one process answers as " + Quote.all(census.doubles()) + ".",
                    "Stop the one that should not run.");
        }
        if (!census.cutOff().isEmpty()) {
            refuse(
                    Reason.MEMBERS_UNCLEAR,
                    Quote.all(census.cutOff()) + " takes connections and is not reached through the cluster.",
                    "Mend its routes, or stop it.");
        }
        if (!census.strangers().isEmpty()) {
            refuse(
                    Reason.STRANGER,
                    "The topology does not have " + Quote.all(census.strangers()) + ", which answer in the cluster.",
                    "Add them to the topology, or stop them.");
        }
    }

    private void versions(Census census) {
        ServerVersion old = census.tooOld();
        if (old != null) {
            refuse(
                    Reason.VERSIONS,
                    "nats-server " + old + " answers; plans are made for " + Census.OLDEST + " and later.",
                    "Recover by hand, and upgrade then.");
        }
        if (census.mixedVersions() && old == null) {
            ServerVersion oldest = census.versions().get(0);
            List<ServerVersion> other = census.versions().stream()
                    .filter(v -> Technique.bestOn(v) != Technique.bestOn(oldest)
                            || Technique.NEW_SERVERS.worksOn(v) != Technique.NEW_SERVERS.worksOn(oldest))
                    .toList();
            if (!other.isEmpty()) {
                refuse(
                        Reason.VERSIONS,
                        "The servers run nats-server " + Quote.all(census.versions())
                                + ", which call for different procedures.",
                        "Start all servers that answer on one release first.");
            }
        }
    }

    /** No nats-server takes such names, and they could not be shown as they are. */
    private void names() {
        facts.snapshot().streams().stream()
                .filter(s -> odd(s.name()) || odd(s.account()))
                .findFirst()
                .ifPresent(s -> refuse(
                        Reason.NOT_BELIEVABLE,
                        "The snapshot has the stream " + Quote.of(s.name()) + " of the account " + Quote.of(s.account())
                                + "; no nats-server takes control characters in a name.",
                        "Make the snapshot anew with `stretchc observe -o FILE`."));
    }

    private static boolean odd(String name) {
        return name.isEmpty() || name.codePoints().anyMatch(Quote::acts);
    }

    private void refuse(Reason reason, String sentence, String wayOut) {
        found.add(new Refusal(reason, sentence, wayOut));
    }
}
