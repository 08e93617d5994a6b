package io.stretchc.plan;

import io.stretchc.diag.Quote;
import io.stretchc.plan.Refusal.Reason;
import io.stretchc.quorum.Quorum;
import io.stretchc.quorum.Technique;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A site is gone for good. The order is that of the version, as measured: up to 2.14 streams move, then the dead are
 * removed (removed first, streams with one copy of three were wedged for good in one run of three on 2.10.27); from 2.15 on
 * the dead are removed, then streams move (moved first, the update is never answered). With stand-ins nobody is removed:
 * they are the lost members to the group, until the site is rebuilt under other names.
 */
final class RecoverPlan {
    private final Facts facts;
    private final QuorumChoice choice;
    private final Homes homes;
    private final Steps steps;
    private final Hand hand;
    private final boolean removeFirst;
    private final boolean standIns;
    private final List<ServerName> silent;
    private final List<StreamFate> fates;
    private final Map<StreamFate, List<String>> moves = new java.util.LinkedHashMap<>();
    private final List<StreamFate> stays = new ArrayList<>();
    private final Map<StreamSpec, List<String>> recreated = new java.util.LinkedHashMap<>();
    private final Map<String, Action.RestoreStream> restored = new TreeMap<>();
    /** Streams that are gone, and that the removals would bring back empty. */
    private final Set<String> refilled = new TreeSet<>();

    private final List<LossEntry> losses = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    RecoverPlan(Facts facts, QuorumChoice choice) {
        this.facts = facts;
        this.choice = choice;
        homes = new Homes(facts);
        hand = new Hand(facts.cluster(), facts.version());
        steps = new Steps(hand);
        removeFirst = facts.version().atLeast(2, 15, 0);
        standIns = choice.uses(Technique.STAND_INS);
        silent = facts.namesOfSite();
        fates = facts.snapshot().streams().stream()
                .map(s -> StreamFate.of(s, facts))
                .toList();
    }

    PlanResult plan(Scenario scenario) {
        if (done()) {
            return new PlanResult.NothingToDo(
                    "The meta group has a leader, and neither it nor any stream counts a server of" + " the site "
                            + Quote.of(facts.site()) + ".");
        }
        // Those without a leader first.
        fates.stream().filter(StreamFate::minority).forEach(this::decide);
        fates.stream().filter(f -> !f.minority()).forEach(this::decide);
        unseen();
        membersLeft();
        if (!refusals.isEmpty()) {
            return new PlanResult.Refused(refusals);
        }
        Warnings.common(facts, warnings);
        if (facts.leader() == null && !standIns) {
            warnings.add(
                    "When there is a leader, `apply` looks for streams without a copy before it removes anybody. If there"
                            + " are any that the bill does not name, it stops: plan again then, and it goes on.");
        }
        facts.input()
                .unused()
                .forEach(u -> warnings.add("A backup is not used, and what only it holds does not come back: " + u));
        warnings.addAll(Takers.warnings(facts, restored.values()));
        alone();
        begin();
        quorum();
        if (standIns) {
            restore(s -> true);
            streamsOnStandIns();
        } else if (removeFirst) {
            restore(refilled::contains);
            recreate(refilled::contains);
            removals();
            move();
            stays();
            restore(s -> !refilled.contains(s));
            recreate(s -> !refilled.contains(s));
        } else {
            move();
            restore(s -> true);
            recreate(s -> true);
            removals();
            stays();
        }
        leaders();
        steps.verify(facts.site(), "What must be true of a cluster that goes on without the site.");
        return new PlanResult.Planned(steps.plan(facts, scenario, choice.strategy(), losses, warnings));
    }

    private boolean done() {
        return facts.leader() != null
                && facts.membersOfSite().isEmpty()
                && facts.guests().isEmpty()
                && fates.stream().noneMatch(f -> f.lost() && !f.gone())
                && fates.stream().noneMatch(StreamFate::gone);
    }

    private void decide(StreamFate fate) {
        if (!fate.lost()) {
            return;
        }
        LossEntry entry = LossBill.entry(fate, comesBack(fate), false);
        if (fate.gone() && refills(fate)) {
            refilled.add(key(fate.account(), fate.name()));
        }
        if (fate.gone()
                && restored(
                        entry, fate.replicas(), homes.placement(fate.stream()).orElse(null))) {
            return;
        }
        losses.add(entry);
        Placement placement = homes.placement(fate.stream()).orElse(null);
        if (fate.gone()) {
            gone(fate, placement);
            return;
        }
        if (fate.fate() == LossEntry.Fate.SINGLE_ALIVE || (standIns && !fate.minority())) {
            return;
        }
        List<ServerName> awayElsewhere = elsewhere(fate);
        if (fate.minority() && !standIns && unanswered(fate, awayElsewhere)) {
            return;
        }
        // Removals refill a stream whose own placement has enough servers left.
        boolean refills = !fate.minority()
                && homes.candidates(fate.stream().config().placementTags()).size() >= fate.replicas();
        Optional<List<String>> refuge = refills ? Optional.empty() : homes.refuge(placement, fate.replicas());
        if (refills && !awayElsewhere.isEmpty()) {
            warnings.add("The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account())
                    + " takes writes, and is not whole before " + Quote.all(awayElsewhere) + " answers.");
        } else if (refills) {
            stays.add(fate);
        } else if (refuge.isPresent()) {
            moves.put(fate, refuge.get());
        } else if (standIns) {
            stays.add(fate);
            warnings.add("The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account())
                    + " has nowhere to go among the survivors and stays on the stand-ins.");
        } else if (fate.minority()) {
            refusals.add(new Refusal(
                    Reason.NOWHERE_TO_GO,
                    "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " has "
                            + fate.holders().size()
                            + " of " + fate.group()
                            + " copies left, and no fallback placement and no surviving site has "
                            + fate.replicas() + " live servers with distinct unique tags that no silent server shares.",
                    "Give its placement a fallback that has them, or start servers that fill one. A stream is never moved"
                            + " and scaled in one update."));
        } else {
            warnings.add("The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " keeps "
                    + fate.holders().size() + " of " + fate.replicas()
                    + " replicas: no fallback placement and no surviving site has enough servers.");
        }
    }

    /**
     * A removal gives the places of the removed to others, also in a stream of which no copy is left: with most of its places
     * they elect an empty leader (2.9.10, 2.10.27, 2.15.1). One that is made anew is so before.
     */
    private LossBill.Empty comesBack(StreamFate fate) {
        Optional<List<String>> refuge =
                homes.refuge(homes.placement(fate.stream()).orElse(null), fate.replicas());
        return comesBack(fate.gone() && refills(fate), remade(homes.declared(fate.account(), fate.name()), refuge));
    }

    private LossBill.Empty comesBack(boolean refills, boolean remade) {
        if (standIns) {
            return LossBill.Empty.BY_STAND_INS;
        }
        return refills && !remade ? LossBill.Empty.BY_REMOVALS : LossBill.Empty.NO;
    }

    /** Only when no server that may come back can have a copy of it. */
    private boolean remade(Optional<StreamSpec> spec, Optional<List<String>> refuge) {
        return spec.isPresent() && refuge.isPresent() && facts.silentElsewhere().isEmpty();
    }

    private boolean refills(StreamFate fate) {
        return refills(fate.stream().config().placementTags(), fate.replicas());
    }

    private boolean refills(List<String> tags, int replicas) {
        return homes.candidates(tags).size() >= Quorum.of(Math.max(1, replicas));
    }

    private static String key(String account, String stream) {
        return account + "\n" + stream;
    }

    /** Members of it outside the site that do not answer. */
    private List<ServerName> elsewhere(StreamFate fate) {
        return fate.stream().members().stream()
                .flatMap(m -> Optional.ofNullable(m.name()).stream())
                .filter(n -> !facts.answers(n) && !facts.ofSite(n))
                .toList();
    }

    /** From 2.15 on an update waits for dead members, and on 2.12.14 and 2.14.4 one without quorum was never seen answered. */
    private boolean unanswered(StreamFate fate, List<ServerName> awayElsewhere) {
        if (removeFirst && !awayElsewhere.isEmpty()) {
            refusals.add(new Refusal(
                    Reason.SURVIVORS_MISSING,
                    copiesLeft(fate) + "nats-server " + facts.version() + " answers no update of it before "
                            + Quote.all(awayElsewhere) + " is back or removed.",
                    "Start it first."));
            return true;
        }
        boolean never = !removeFirst
                && !Technique.ARBITER.worksOn(facts.version())
                && !Technique.NEW_SERVERS.worksOn(facts.version());
        if (never) {
            refusals.add(new Refusal(
                    Reason.TECHNIQUE,
                    copiesLeft(fate) + "nats-server " + facts.version()
                            + " was never seen to answer an update of a stream without"
                            + " quorum; the meta group has one, so that no stand-in is started.",
                    "Start servers that hold it, or their stand-ins while all its other holders are up."));
        }
        return never;
    }

    private static String copiesLeft(StreamFate fate) {
        return "The stream " + Quote.of(fate.name()) + " of " + Quote.of(fate.account()) + " has "
                + fate.holders().size() + " of " + fate.group() + " copies left, and ";
    }

    private void gone(StreamFate fate, @Nullable Placement placement) {
        Optional<StreamSpec> spec = homes.declared(fate.account(), fate.name());
        if (standIns) {
            return;
        }
        List<ServerName> holders = elsewhere(fate);
        if (!removeFirst && !holders.isEmpty() && refills(fate)) {
            refusals.add(new Refusal(
                    Reason.SURVIVORS_MISSING,
                    "No server that answers has a copy of the stream " + Quote.of(fate.name()) + " of "
                            + Quote.of(fate.account()) + ", and " + Quote.all(holders)
                            + (holders.size() == 1 ? " has" : " have")
                            + " one. The removal of the lost would give their places to empty servers, which elect without"
                            + " that copy.",
                    "Start " + Quote.all(holders) + " first."));
            return;
        }
        Optional<List<String>> refuge = homes.refuge(placement, fate.replicas());
        recreate(fate.account(), fate.name(), spec, refuge, comesBack(fate));
    }

    private void unseen() {
        var seen = new TreeSet<String>();
        fates.forEach(f -> seen.add(f.account() + "\n" + f.name()));
        for (StreamSpec spec : homes.declared()) {
            if (!seen.add(spec.account() + "\n" + spec.name())) {
                continue;
            }
            boolean refills = refills(homes.placement(spec).map(Placement::tags).orElse(List.of()), spec.replicas());
            if (refills) {
                refilled.add(key(spec.account().text(), spec.name().text()));
            }
            Optional<List<String>> refuge = homes.refuge(homes.placement(spec).orElse(null), spec.replicas());
            LossBill.Empty comesBack = comesBack(refills, remade(Optional.of(spec), refuge));
            LossEntry entry = LossBill.unseen(spec, comesBack, false);
            if (restored(entry, spec.replicas(), homes.placement(spec).orElse(null))) {
                continue;
            }
            losses.add(entry);
            if (standIns) {
                continue;
            }
            recreate(spec.account().text(), spec.name().text(), Optional.of(spec), refuge, comesBack);
        }
        kept(seen);
    }

    /**
     * Without a meta leader nobody lists streams, and those that only their backups tell of may be there. With one, those
     * that it does not list are gone, and stay so.
     */
    private void kept(Set<String> seen) {
        boolean asked = facts.snapshot().meta().now().leader() != null
                && facts.snapshot().gaps().stream().noneMatch(g -> g.subject().startsWith("account "));
        for (Backup.Kept kept : facts.input().backups()) {
            if (asked || !seen.add(kept.account() + "\n" + kept.stream())) {
                continue;
            }
            refilled.add(key(kept.account(), kept.stream())); // where it may go to nobody knows
            int replicas = kept.backup().replicas();
            var entry = new LossEntry(
                    kept.account(),
                    kept.stream(),
                    replicas == 1 ? LossEntry.Fate.SINGLE_LOST : LossEntry.Fate.NONE_ALIVE,
                    List.of(),
                    0,
                    0,
                    "");
            if (restored(entry, replicas, null)) {
                warnings.add("Only a backup tells of the stream " + Quote.of(kept.stream()) + " of "
                        + Quote.of(kept.account())
                        + ": nobody lists streams now. If it was deleted since, take the backup away, and plan again.");
            }
        }
    }

    /** Whether it comes back from a backup: only when no server that may come back can have a copy of it. */
    private boolean restored(LossEntry entry, int replicas, @Nullable Placement placement) {
        Optional<Backup> backup = facts.input().backups().stream()
                .filter(k -> k.account().equals(entry.account()) && k.stream().equals(entry.stream()))
                .map(Backup.Kept::backup)
                .findFirst();
        Optional<List<String>> refuge = backup.isEmpty() ? Optional.empty() : homes.refuge(placement, replicas);
        if (backup.isEmpty() || refuge.isEmpty() || !facts.silentElsewhere().isEmpty()) {
            return false;
        }
        losses.add(entry.from(backup.get()));
        restored.put(
                entry.account() + "\n" + entry.stream(),
                new Action.RestoreStream(entry.account(), entry.stream(), replicas, refuge.get(), backup.get()));
        return true;
    }

    /** With stand-ins such a stream comes back empty, and takes writes: it is restored before anything else. */
    private void restore(Predicate<String> which) {
        restored.values().stream()
                .filter(r -> which.test(key(r.account(), r.stream())))
                .forEach(r -> steps.restore(
                        r.account(),
                        r.stream(),
                        r.replicas(),
                        r.tags(),
                        r.backup(),
                        standIns
                                ? "No copy is left. With the stand-ins it comes back empty and takes writes, so that this"
                                        + " comes first; what was written into it by then stops it."
                                : "No copy is left, and no update ever brings it back: it comes from its backup."));
    }

    private void recreate(
            String account,
            String name,
            Optional<StreamSpec> spec,
            Optional<List<String>> refuge,
            LossBill.Empty comesBack) {
        if (remade(spec, refuge)) {
            recreated.put(spec.orElseThrow(), refuge.orElseThrow());
            return;
        }
        String why = spec.isEmpty()
                ? "the topology does not declare it. Delete it, and restore it from a backup."
                : refuge.isEmpty()
                        ? "too few servers are left for it."
                        : "servers outside the site do not answer, and may hold a copy.";
        warnings.add("The stream " + Quote.of(name) + " of " + Quote.of(account)
                + " has no copy left and is not created anew: " + why
                + (comesBack == LossBill.Empty.NO
                        ? " Until then it answers nothing."
                        : " Once the lost are removed it comes back EMPTY and takes writes. Stop its"
                                + " writers before that, if what it held is to be restored."));
    }

    /** Those that are left must be a majority of the members that are left, when all is done. */
    private void membersLeft() {
        if (standIns) {
            return;
        }
        List<ServerName> guests =
                facts.aliveMembers().stream().filter(facts.guests()::contains).toList();
        int left = facts.members().orElse(new TreeSet<>()).size()
                - facts.membersOfSite().size()
                - guests.size();
        int alive = facts.aliveMembers().size() - guests.size();
        if (alive < Quorum.of(left)) {
            refusals.add(new Refusal(
                    Reason.SURVIVORS_MISSING,
                    "Without the site " + left + " members are left, and " + alive + " of them answer: no majority.",
                    "Start the other surviving servers first."));
        }
    }

    /** Single replicas that are alive are no part of the loss, and are said all the same: nobody else has them. */
    private void alone() {
        List<String> names = fates.stream()
                .filter(f -> !f.lost() && f.fate() == LossEntry.Fate.SINGLE_ALIVE)
                .map(f -> f.account() + "/" + f.name())
                .sorted()
                .toList();
        if (!names.isEmpty()) {
            warnings.add((names.size() == 1 ? "A stream has" : names.size() + " streams have")
                    + " a single replica, on a survivor, and " + (names.size() == 1 ? "is" : "are")
                    + " not touched; nobody else has " + (names.size() == 1 ? "it: " : "them: ") + WayBack.some(names)
                    + ".");
        }
    }

    private void begin() {
        steps.census(List.of(facts.site()), silent, facts.survivors());
        steps.attest(facts.site(), silent, "gone for good, or cut off for good");
        var holders = new TreeSet<ServerName>();
        fates.stream().filter(StreamFate::minority).forEach(f -> holders.addAll(f.holders()));
        if (!holders.isEmpty()) {
            steps.copyStores(List.copyOf(holders));
        }
    }

    private void quorum() {
        new QuorumSteps(facts, choice, steps, silent).add(true);
    }

    private void move() {
        String order = removeFirst
                ? " From nats-server 2.15 on the dead are removed before: the update would not be answered."
                : " Up to nats-server 2.14 streams move before the dead are removed: the other order wedged streams.";
        moves.forEach((fate, tags) -> {
            boolean forced = fate.minority();
            steps.move(
                    fate,
                    tags,
                    forced ? Risk.IRREVERSIBLE : Risk.DISRUPTIVE,
                    forced ? null : "give it its old placement again",
                    (forced
                                    ? "It has " + fate.holders().size() + " of " + fate.group()
                                            + " copies left and no leader."
                                    : "It takes writes, and misses a replica that its placement cannot give it.")
                            + (forced || !removeFirst ? order : ""));
        });
        moves.keySet()
                .forEach(f -> steps.awaitStream(
                        f,
                        lostMembers(f),
                        "Nobody is removed, nothing goes on, before its copies are safe and complete."));
    }

    private void stays() {
        stays.forEach(f -> steps.awaitStream(
                f,
                lostMembers(f),
                "Its own placement has enough servers: the removals made the meta leader refill it."));
    }

    private void streamsOnStandIns() {
        fates.stream()
                .filter(f -> f.minority())
                .forEach(f -> steps.awaitStream(
                        f,
                        List.of(),
                        "With the stand-ins it elects by itself. Its sequence is compared: a healthy answer alone proves"
                                + " nothing, since empty members answer as well."));
        fates.stream()
                .filter(f -> f.lost() && !f.gone() && !f.minority() && f.replicas() > 1)
                .forEach(f -> steps.awaitStream(
                        f,
                        List.of(),
                        "The stand-in of its lost member is empty, and has its copies before anything moves."));
        moves.forEach((fate, tags) -> steps.move(
                fate,
                tags,
                Risk.DISRUPTIVE,
                "give it its old placement again",
                "From the stand-ins to servers that stay; it has a quorum, so this is an ordinary move."));
        moves.keySet().forEach(f -> steps.awaitStream(f, lostMembers(f), "Its copies are safe on servers that stay."));
        warnings.add(
                "The stand-ins stay until the site is rebuilt under other names (`stretchc plan restore`). Never start a"
                        + " lost server while its stand-in exists: both have one name.");
        warnings.add(
                "Streams whose every copy was in the lost site come back EMPTY and take writes, without any warning,"
                        + " also those that this plan cannot see. Compare counts, and restore from a backup.");
        warnings.add("Do not stop or restart a survivor before its streams are complete on other survivors: two empty"
                + " stand-ins can elect a leader without it, and its data is then discarded.");
    }

    private List<ServerName> lostMembers(StreamFate fate) {
        return fate.stream().members().stream()
                .flatMap(m -> Optional.ofNullable(m.name()).stream())
                .filter(facts::ofSite)
                .sorted()
                .toList();
    }

    private void removals() {
        for (ServerName dead : facts.membersOfSite()) {
            steps.remove(
                    dead,
                    false,
                    List.of(),
                    "A dead member counts for the quorum until it is removed. One at a time, each seen in the leader's list.");
        }
        var guests = new TreeSet<>(facts.guests());
        choice.starts().stream().map(ServerModel::name).forEach(guests::add);
        if (guests.isEmpty()) {
            return;
        }
        List<ServerName> home = facts.preferred(facts.survivors());
        steps.moveMetaLeader(home, "lead-meta", "A server that leaves must not lead.");
        for (ServerName guest : guests) {
            steps.remove(
                    guest,
                    true,
                    List.of(new Condition.MetaLeaderAmong(facts.survivors())),
                    "It was needed while the dead were counted. While it runs, its removal switches its JetStream off.");
            steps.stop(guest, io.stretchc.resolve.Role.ARBITER, "It is no member any more, only a server with routes.");
        }
    }

    private void recreate(Predicate<String> which) {
        var named = new TreeMap<String, Map.Entry<StreamSpec, List<String>>>();
        recreated
                .entrySet()
                .forEach(e -> named.put(
                        key(e.getKey().account().text(), e.getKey().name().text()), e));
        named.keySet().removeIf(k -> !which.test(k));
        named.values()
                .forEach(e -> steps.recreate(
                        e.getKey().account().text(),
                        e.getKey().name().text(),
                        e.getKey().replicas(),
                        e.getValue(),
                        "No copy is left, and no update ever brings it back: it starts anew, empty."));
    }

    private void leaders() {
        moves.forEach((fate, tags) -> {
            Placement p = homes.placement(fate.stream()).orElse(null);
            if (p == null || p.preferredSite() == null) {
                return;
            }
            List<ServerName> all = homes.candidates(tags);
            List<ServerName> home = all.stream()
                    .filter(n -> facts.siteOf(n).equals(p.preferredSite().text()))
                    .toList();
            if (!home.isEmpty() && home.size() < all.size()) {
                steps.moveStreamLeader(
                        fate.account(), fate.name(), home, "Its placement prefers this site. Leaders move last.");
            }
        });
        boolean moved = steps.all().stream().anyMatch(s -> s.id().text().equals("lead-meta"));
        List<ServerName> home = facts.preferred(facts.survivors());
        if (!moved && (standIns || home.size() < facts.survivors().size())) {
            steps.moveMetaLeader(home, "lead-meta", "Leaders move last, to the site that is preferred for them.");
        }
    }
}
