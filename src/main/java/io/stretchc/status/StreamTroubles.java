package io.stretchc.status;

import io.stretchc.diag.Quote;
import io.stretchc.quorum.Quorum;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.ServerModel;
import io.stretchc.snapshot.ClusterSnapshot;
import io.stretchc.snapshot.Member;
import io.stretchc.snapshot.ServerState;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.StreamTrouble.Reason;
import io.stretchc.topology.Placement;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamSpec;
import io.stretchc.topology.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds what is wrong with streams, one small question after the other. */
final class StreamTroubles {
    private final Attendance who;
    private final Declared declared;
    private final ClusterSnapshot snapshot;
    private final List<StreamTrouble> found = new ArrayList<>();

    StreamTroubles(ResolvedTopology topology, ClusterSnapshot snapshot, Attendance who) {
        this.snapshot = snapshot;
        this.who = who;
        this.declared = new Declared(topology);
    }

    List<StreamTrouble> find() {
        snapshot.streams().forEach(this::look);
        var there = new TreeSet<String>();
        snapshot.streams().forEach(s -> there.add(s.account() + " " + s.name()));
        declared.all().forEach(spec -> there(spec, there));
        return found.stream().sorted().toList();
    }

    private void look(StreamState stream) {
        List<Member> alive = stream.members().stream().filter(who::alive).toList();
        if (alive.isEmpty()) {
            String whose = stream.members().isEmpty()
                    ? "no server that answers has a copy."
                    : "none of its members answers: " + labels(stream.members()) + ".";
            add(stream, Reason.NO_COPY, "The meta group knows it, and " + whose, stream.members());
            return;
        }
        if (Boolean.FALSE.equals(stream.listed())) {
            add(stream, Reason.NOT_LISTED, "There are copies, and the meta leader does not list it.", alive);
        }
        led(stream, alive);
        whole(stream, alive);
        former(stream);
        declared.of(stream).ifPresentOrElse(spec -> asDeclared(stream, alive, spec), () -> placed(stream, alive));
    }

    private void led(StreamState stream, List<Member> alive) {
        if (stream.now().leader() != null) {
            return;
        }
        int members = stream.members().size();
        int needed = Quorum.of(members);
        String numbers = alive.size() + " of " + members
                + (alive.size() == 1 ? " replicas answers (" : " replicas answer (") + labels(alive) + ")";
        String text = alive.size() < needed
                ? numbers + ", " + needed + " are needed; " + held(stream) + "."
                : numbers + ", which is enough; an election takes up to 20 s.";
        add(stream, Reason.NO_LEADER, text, alive);
    }

    private static String held(StreamState stream) {
        long messages = stream.now().copies().stream()
                .mapToLong(StreamState.Copy::messages)
                .max()
                .orElse(0);
        return "the fullest copy has " + messages + (messages == 1 ? " message" : " messages");
    }

    private void whole(StreamState stream, List<Member> alive) {
        int wanted = stream.config().replicas();
        int has = stream.members().size();
        boolean led = stream.now().leader() != null;
        if (has < wanted) {
            String text = "It has " + has + " of " + wanted + " replicas: " + labels(stream.members()) + ".";
            add(stream, Reason.REPLICAS_MISSING, text, stream.members());
        } else if (has > wanted && led) {
            String text = "It is being moved: " + has + " members for " + wanted + " replicas.";
            add(stream, Reason.CATCHING_UP, text, stream.members());
        }
        List<Member> silent = stream.members().stream()
                .filter(m -> !who.alive(m) && who.known(m.peer()))
                .toList();
        if (!silent.isEmpty() && led) {
            int margin = Math.max(0, alive.size() - Quorum.of(has));
            String left = alive.size() < Quorum.of(has)
                    ? "too few to accept anything: " + Quorum.of(has) + " are needed."
                    : margin + " more may fail.";
            String text = labels(silent) + (silent.size() == 1 ? " does" : " do") + " not answer; " + alive.size()
                    + " of " + has + " replicas are left, " + left;
            add(stream, Reason.REPLICA_SILENT, text, silent);
        }
        List<Member> behind = led
                ? alive.stream().filter(m -> !m.healthy() || m.now().lag() > 0).toList()
                : List.of();
        if (!behind.isEmpty()) {
            add(stream, Reason.CATCHING_UP, behind(behind), behind);
        }
    }

    private static String behind(List<Member> members) {
        return String.join(
                        ", ",
                        members.stream()
                                .map(m -> Quote.of(m.label())
                                        + (m.now().lag() > 0 ? " is " + m.now().lag() + " behind" : " is not current"))
                                .toList())
                + ".";
    }

    private void former(StreamState stream) {
        List<Member> former = stream.members().stream()
                .filter(m -> !who.known(m.peer()) && !who.alive(m))
                .toList();
        if (!former.isEmpty()) {
            String text = "It counts on what the topology does not have: " + labels(former) + ".";
            add(stream, Reason.FORMER_MEMBER, text, former);
        }
    }

    private void asDeclared(StreamState stream, List<Member> alive, StreamSpec spec) {
        List<String> wanted = declared.tags(spec);
        List<String> has = Declared.folded(stream.config().placementTags());
        var differs = new ArrayList<String>();
        if (stream.config().replicas() != spec.replicas()) {
            differs.add("its replicas are " + stream.config().replicas() + ", declared are " + spec.replicas());
        }
        Optional<Placement> fallback = has.equals(wanted) ? Optional.empty() : declared.fallback(spec, has);
        if (fallback.isPresent()) {
            String text = "It is at " + Quote.all(has) + ", the fallback "
                    + Quote.of(fallback.get().name()) + " of its placement; its home is " + Quote.all(wanted) + ".";
            add(stream, Reason.ON_FALLBACK, text, List.of());
        } else if (!has.equals(wanted)) {
            differs.add("it is placed at " + Quote.all(has) + ", declared is " + Quote.all(wanted));
        }
        if (!differs.isEmpty()) {
            add(stream, Reason.CONFIG_DIFFERS, sentence(String.join("; ", differs)), List.of());
        } else {
            placed(stream, alive);
        }
        ServerName leader = stream.now().leader();
        declared.home(spec).ifPresent(home -> {
            Optional<SiteName> site = leader == null ? Optional.of(home) : site(leader);
            if (!site.equals(Optional.of(home)) && alive.stream().anyMatch(m -> at(home, m))) {
                String text = Quote.of(Objects.requireNonNull(leader)) + " leads it, and its leader belongs in "
                        + Quote.of(home) + ".";
                add(stream, Reason.LEADER_AWAY, text, List.of());
            }
        });
    }

    private boolean at(SiteName home, Member member) {
        return who.server(member).flatMap(who::model).map(ServerModel::site).equals(Optional.of(home));
    }

    private Optional<SiteName> site(ServerName server) {
        return who.server(server).flatMap(who::model).map(ServerModel::site);
    }

    private void placed(StreamState stream, List<Member> alive) {
        List<String> wanted = stream.config().placementTags();
        List<Member> wrong = alive.stream()
                .filter(m -> who.server(m)
                        .map(ServerState::tags)
                        .filter(t -> !Tag.matches(t, wanted))
                        .isPresent())
                .toList();
        if (!wrong.isEmpty() && !wanted.isEmpty()) {
            String text = "It is placed at " + Quote.all(wanted) + ", which " + labels(wrong)
                    + (wrong.size() == 1 ? " does" : " do") + " not have.";
            add(stream, Reason.WRONG_PLACEMENT, text, wrong);
        }
        List<Member> lent = alive.stream()
                .filter(m -> who.server(m).filter(s -> onLentTags(s, wanted)).isPresent())
                .toList();
        if (!lent.isEmpty()) {
            String text = labels(lent) + (lent.size() == 1 ? " has" : " have") + " it by tags that "
                    + (lent.size() == 1 ? "it was" : "they were") + " lent, of " + Quote.all(wanted)
                    + "; the topology does not give them these.";
            add(stream, Reason.ON_LENT_TAGS, text, lent);
        }
    }

    /** It matches as it runs, and would not with the tags of the topology. */
    private boolean onLentTags(ServerState server, List<String> wanted) {
        return !who.beyond(server).isEmpty()
                && Tag.matches(server.tags(), wanted)
                && who.model(server).filter(m -> !Tag.matches(m.tags(), wanted)).isPresent();
    }

    private void there(StreamSpec spec, SortedSet<String> there) {
        boolean seen = there.contains(spec.account() + " " + spec.name());
        if (seen) {
            return;
        }
        int silent = who.silent().size();
        boolean mayBeThere = silent > 0;
        String text = mayBeThere
                ? "It is declared, and no server that answers has a copy; " + silent
                        + (silent == 1 ? " server does" : " servers do") + " not answer."
                : "It is declared, and not there.";
        found.add(new StreamTrouble(
                spec.account().text(),
                spec.name().text(),
                mayBeThere ? Reason.NO_COPY : Reason.NOT_THERE,
                text,
                List.of()));
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String labels(List<Member> members) {
        return Quote.all(members.stream().map(Member::label).sorted().toList());
    }

    private void add(StreamState stream, Reason reason, String text, List<Member> members) {
        found.add(new StreamTrouble(
                stream.account(),
                stream.name(),
                reason,
                text,
                members.stream()
                        .map(Member::name)
                        .filter(Objects::nonNull)
                        .sorted()
                        .toList()));
    }
}
