package io.stretchc.plan;

import io.stretchc.resolve.Role;
import io.stretchc.resolve.ServerModel;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.ServerSpec;
import io.stretchc.topology.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who comes back to a site, and who was there in its place.
 *
 * @param starts servers of the site that are to run: the originals, or those that replace them
 * @param unmade servers of the site for which there is none
 * @param former names of the site under which nobody may answer but a stand-in
 * @param standIns empty servers that answer under former names
 * @param guests arbiters that answer
 */
record Homecoming(
        List<ServerModel> starts,
        List<ServerName> unmade,
        List<ServerName> former,
        SortedSet<ServerName> standIns,
        List<ServerName> guests) {
    Homecoming {
        starts = List.copyOf(starts);
        unmade = List.copyOf(unmade);
        former = List.copyOf(former);
        standIns = Collections.unmodifiableSortedSet(new TreeSet<>(standIns));
        guests = List.copyOf(guests);
    }

    /** Under new names: a removed name is not admitted again, so each server takes the next one that was never a member. */
    static Homecoming replaced(Facts facts) {
        var starts = new ArrayList<ServerModel>();
        var unmade = new ArrayList<ServerName>();
        var former = new TreeSet<ServerName>();
        SortedSet<ServerName> standIns = facts.standIns();
        for (ServerSpec spec : specs(facts)) {
            ServerModel model = replacement(facts, spec, standIns);
            if (model == null) {
                unmade.add(spec.currentName());
                continue;
            }
            starts.add(model);
            for (int g = 0; !spec.nameIn(g).equals(model.name()); g++) {
                former.add(spec.nameIn(g));
            }
        }
        return new Homecoming(starts, unmade, List.copyOf(former), standIns, facts.runningGuests());
    }

    /** Under their own names, with their data. */
    static Homecoming originals(Facts facts) {
        List<ServerModel> starts = facts.serversOfSite().stream()
                .flatMap(n -> facts.model(n).stream())
                .toList();
        return new Homecoming(starts, List.of(), List.of(), facts.standIns(), facts.runningGuests());
    }

    private static List<ServerSpec> specs(Facts facts) {
        List<ServerName> voters = facts.serversOfSite();
        return facts.input().topology().source().sites().stream()
                .filter(s -> s.name().equals(facts.site()))
                .flatMap((Site s) -> s.servers().stream())
                .filter(s -> voters.contains(s.currentName()))
                .toList();
    }

    /** The one that is up already, else the first in reserve; what the topology calls current only if that is a new name. */
    private static @Nullable ServerModel replacement(Facts facts, ServerSpec spec, SortedSet<ServerName> standIns) {
        List<ServerModel> named = facts.cluster()
                .all()
                .filter(m -> m.role() == Role.SERVER || m.role() == Role.REPLACEMENT)
                .filter(m -> generation(m.name(), spec) >= Math.max(1, spec.generation()))
                .sorted(java.util.Comparator.comparing(m -> generation(m.name(), spec)))
                .toList();
        var members = facts.members().orElse(new TreeSet<>());
        return named.stream()
                .filter(m -> facts.answers(m.name()) && !standIns.contains(m.name()))
                .findFirst()
                .orElseGet(() -> named.stream()
                        .filter(m -> !members.contains(m.name()))
                        .min(java.util.Comparator.comparing((ServerModel m) -> m.role() != Role.REPLACEMENT)
                                .thenComparing(m -> generation(m.name(), spec)))
                        .orElse(null));
    }

    /** Which generation of the server the name is; -1 if it is none. */
    private static int generation(ServerName name, ServerSpec spec) {
        String prefix = spec.name().text() + ".";
        if (name.equals(spec.name())) {
            return 0;
        }
        if (!name.text().startsWith(prefix)) {
            return -1;
        }
        try {
            int g = Integer.parseInt(name.text().substring(prefix.length()));
            return spec.nameIn(g).equals(name) ? g : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    List<ServerName> names() {
        return starts.stream().map(ServerModel::name).toList();
    }

    /** Servers on which streams can live when all is done, with their tags. */
    SortedMap<ServerName, List<String>> natives(Facts facts) {
        var natives = new TreeMap<ServerName, List<String>>();
        facts.answering().forEach((name, state) -> {
            if (!guests.contains(name) && !standIns.contains(name) && !former.contains(name)) {
                natives.put(name, state.tags());
            }
        });
        starts.forEach(m -> natives.putIfAbsent(m.name(), m.tags()));
        return natives;
    }

    /** Members that are to go, arbiters and stand-ins. */
    List<ServerName> leaving() {
        var leaving = new TreeSet<ServerName>(standIns);
        leaving.addAll(guests);
        return List.copyOf(leaving);
    }
}
