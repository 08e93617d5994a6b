package io.stretchc.simulate;

import io.stretchc.simulate.Outcome.AlreadyDone;
import io.stretchc.simulate.Outcome.Done;
import io.stretchc.simulate.Outcome.Refused;
import io.stretchc.simulate.Outcome.Stuck;
import io.stretchc.simulate.StreamGroup.Change;
import io.stretchc.simulate.StreamGroup.Copy;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is done to one stream. */
final class Moving {
    private final World world;
    private final StreamGroup stream;
    private final SortedSet<ServerName> here;

    Moving(World world, StreamGroup stream) {
        this.world = world;
        this.stream = stream;
        this.here = world.here();
    }

    /**
     * {@code STREAM.UPDATE} with other tags. Without a quorum of the stream it is carried out up to 2.11 and on 2.14.0; on
     * 2.15.1 the tags are stored and no answer comes until the dead members are removed. Without any copy it never works.
     */
    Outcome to(List<String> wanted) {
        List<String> tags = wanted.stream().map(Tag::fold).toList();
        if (world.meta().leader() == null) {
            return refused("the meta group has no leader, so the update is not answered (503/10008)");
        }
        List<ServerName> target = Placing.choose(world, stream.copies().keySet(), tags, stream.replicas());
        boolean there = tags.equals(stream.tags())
                && target.size() == stream.replicas()
                && stream.copies().keySet().containsAll(target)
                && stream.change() != Change.STUCK;
        if (there && (stream.change() == Change.FILLING || stream.copies().size() == target.size())) {
            return new AlreadyDone(world);
        }
        boolean quorate = Elections.streamElects(stream, here);
        if (quorate && stream.change() != Change.STUCK && same(tags, stream.tags())) {
            return new AlreadyDone(world);
        }
        if (!quorate && !holds()) {
            return stuck(stream.id() + " has no copy left, and an update of it is never answered");
        }
        if (stream.change() == Change.STUCK) {
            return refused(stream.id() + " is still being reconfigured (400/10124, 400/10226)");
        }
        if (!quorate && !world.generation().movesWithoutQuorum()) {
            World stored = world.with(stream.tagged(tags).with(stream.copies(), null, Change.STUCK));
            return new Stuck(
                    stored,
                    stream.id() + " has no quorum, and " + world.version()
                            + " does not answer an update before the dead members are removed");
        }
        if (target.size() < stream.replicas()) {
            return refused("no suitable peers for the placement " + tags + " of " + stream.id() + ": it takes "
                    + stream.replicas() + ", and there are " + target + " (400/10005)");
        }
        var copies = new TreeMap<>(stream.copies());
        copies.keySet().removeIf(s -> !here.contains(s));
        target.forEach(s -> copies.putIfAbsent(s, Copy.BLANK));
        return new Done(world.with(stream.tagged(tags).with(copies, stream.leader(), Change.FILLING)));
    }

    /**
     * {@code STREAM.PEER.REMOVE}: the others stay, whatever their tags, and the meta leader adds a server with the stream's
     * tags and a unique tag of its own; with none the answer is 503/10075, and nothing changes (2.10.27, 2.11.17, 2.12.15,
     * 2.15.1); 2.9.10 takes the member away all the same.
     */
    Outcome without(ServerName server) {
        if (!stream.copies().containsKey(server)) {
            return new AlreadyDone(world);
        }
        if (world.meta().leader() == null) {
            return refused("the meta group has no leader, so the removal is not answered (503/10008)");
        }
        if (stream.change() == Change.STUCK) {
            return refused(stream.id() + " is still being reconfigured (400/10124, 400/10226)");
        }
        if (!Elections.streamElects(stream, here)) {
            return stuck(stream.id() + " has no quorum, and no member can leave it");
        }
        var stay = new TreeSet<>(stream.copies().keySet());
        stay.remove(server);
        Optional<ServerName> added = Placing.another(world, stay, server, stream.tags());
        if (added.isEmpty() && !world.version().atLeast(2, 10, 0)) {
            var fewer = new TreeMap<>(stream.copies());
            fewer.remove(server);
            return new Stuck(
                    world.with(stream.with(fewer, null, stream.change())),
                    "no other server has the tags " + stream.tags() + " of " + stream.id() + ": 503/10075, and "
                            + world.version() + " takes the member away all the same");
        }
        if (added.isEmpty()) {
            return refused("no other server has the tags " + stream.tags() + " of " + stream.id()
                    + " and a unique tag of its own (503/10075)");
        }
        var copies = new TreeMap<>(stream.copies());
        copies.remove(server);
        copies.put(added.get(), Copy.BLANK);
        ServerName leader = server.equals(stream.leader()) ? null : stream.leader();
        return new Done(world.with(stream.with(copies, leader, Change.REPLACING)));
    }

    /** Waits for a leader, and for enough members that have everything; those that the move left behind are let go. */
    Outcome await(int replicas) {
        if (stream.change() == Change.STUCK) {
            return stuck(stream.id() + " stays as it is: no update of it is answered any more");
        }
        if (!Elections.streamElects(stream, here)) {
            return stuck(stream.id() + " elects no leader: it takes " + stream.quorum() + " of "
                    + stream.copies().keySet());
        }
        var copies = new TreeMap<ServerName, Copy>(stream.copies());
        if (stream.change() == Change.FILLING) {
            var target = new TreeSet<>(Placing.choose(world, copies.keySet(), stream.tags(), stream.replicas()));
            if (target.size() == stream.replicas()) {
                copies.keySet().retainAll(target);
                target.forEach(s -> copies.putIfAbsent(s, Copy.BLANK));
            }
        }
        Copy most = stream.copies().entrySet().stream()
                .filter(e -> here.contains(e.getKey()))
                .map(e -> e.getValue())
                .filter(c -> !c.blank())
                .max(Comparator.naturalOrder())
                .orElse(new Copy(0));
        copies.replaceAll((s, c) -> here.contains(s) ? most : c);
        long full = copies.keySet().stream().filter(s -> here.contains(s)).count();
        if (full < replicas) {
            return stuck(stream.id() + " has " + full + " of " + replicas + " replicas, and no other server matches "
                    + stream.tags());
        }
        StreamGroup filled = stream.with(copies, stream.leader(), Change.NONE);
        return filled.equals(stream) ? new AlreadyDone(world) : new Done(world.with(filled));
    }

    /** Deletes and creates: works at once, also for a stream that answers nothing (2.11.17, 2.12.15, 2.15.1). */
    Outcome anew(List<String> wanted) {
        if (stream.recreated() && stream.leader() != null) {
            return new AlreadyDone(world);
        }
        if (world.meta().leader() == null) {
            return refused("the meta group has no leader, so nothing can be created (503/10008)");
        }
        List<String> tags = wanted.stream().map(Tag::fold).toList();
        List<ServerName> target = Placing.choose(world, List.of(), tags, stream.replicas());
        if (target.size() < stream.replicas()) {
            return refused("no suitable peers for the placement " + tags + " of " + stream.id() + " (400/10005)");
        }
        var copies = new TreeMap<ServerName, Copy>();
        target.forEach(s -> copies.put(s, new Copy(0)));
        return new Done(world.with(stream.anew(tags, copies, target.get(0))));
    }

    /** Deletes and restores: what a server that runs holds is never replaced by a backup. */
    Outcome restored(List<String> wanted, int replicas, long last) {
        if (stream.recreated() && stream.leader() != null) {
            return new AlreadyDone(world);
        }
        boolean held = stream.copies().entrySet().stream()
                .anyMatch(e -> here.contains(e.getKey()) && e.getValue().last() > 0);
        if (held) {
            return refused(stream.id() + " is held by a server that runs, and a backup must not replace it");
        }
        Outcome anew = new Moving(world, stream.replicated(replicas)).anew(wanted);
        if (!(anew instanceof Done done)) {
            return anew;
        }
        StreamGroup made =
                java.util.Objects.requireNonNull(done.world().streams().get(stream.id()));
        var copies = new TreeMap<ServerName, Copy>(made.copies());
        copies.replaceAll((s, c) -> new Copy(last));
        return new Done(world.with(made.with(copies, made.leader(), Change.NONE)));
    }

    /** Step down until one of these leads: 2.11 and later are told whom, before it is repeated. */
    Outcome lead(List<ServerName> preferred) {
        if (stream.leader() == null) {
            return refused(stream.id() + " has no leader that could step down");
        }
        if (preferred.contains(stream.leader())) {
            return new AlreadyDone(world);
        }
        Copy best = stream.copies().getOrDefault(stream.leader(), Copy.BLANK);
        return preferred.stream()
                .filter(s -> here.contains(s)
                        && stream.copies().getOrDefault(s, Copy.BLANK).compareTo(best) >= 0
                        && stream.copies().containsKey(s))
                .findFirst()
                .<Outcome>map(s -> new Done(world.with(stream.led(s))))
                .orElseGet(() -> refused("none of " + preferred + " is a current replica of " + stream.id()));
    }

    /** An update that changes no tag moves nothing (2.10.27: a peer of unknown name stayed). */
    private static boolean same(List<String> one, List<String> other) {
        return new TreeSet<>(one).equals(new TreeSet<>(other));
    }

    private boolean holds() {
        return stream.copies().entrySet().stream()
                .anyMatch(e -> here.contains(e.getKey()) && !e.getValue().blank());
    }

    private Outcome refused(String reason) {
        return new Refused(world, reason);
    }

    private Outcome stuck(String reason) {
        return new Stuck(world, reason);
    }
}
