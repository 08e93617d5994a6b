package io.stretchc.render;

import io.stretchc.diag.Quote;
import io.stretchc.resolve.Role;
import io.stretchc.snapshot.ServerState.JetStream;
import io.stretchc.status.ClusterState;
import io.stretchc.status.ClusterStatus;
import io.stretchc.status.MetaStatus;
import io.stretchc.status.NextStep;
import io.stretchc.status.ServerStatus;
import io.stretchc.status.SiteStatus;
import io.stretchc.status.StreamTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A status for a person at a terminal: the state first, then sites, servers and streams in trouble, then what to do. */
public final class TextStatus {
    private static final int MOST_TROUBLES = 20;
    private static final int MOST_WARNINGS = 12;

    private final boolean colour;

    public TextStatus(boolean colour) {
        this.colour = colour;
    }

    /** The whole text. */
    public String render(ClusterStatus status) {
        var text = new StringBuilder();
        String headline = Paragraph.of("", "  ", Quote.plain(status.cluster()) + "  " + status.headline() + ".");
        text.append(painted(headline, status.state())).append('\n');
        meta(status.meta(), text);
        text.append('\n').append(sites(status.sites()));
        text.append('\n').append(servers(status.servers()));
        troubles(status, text);
        warnings(status.warnings(), text);
        next(status.next(), text);
        return text.toString();
    }

    private String painted(String headline, ClusterState state) {
        if (!colour) {
            return headline;
        }
        String code = switch (state) {
            case HEALTHY -> "32";
            case DEGRADED, RESTORING -> "33";
            case RESCUED, NO_META_QUORUM, SPLIT -> "31";
        };
        int at = headline.indexOf(state.title());
        return headline.substring(0, at)
                + "\u001b[1;" + code + "m" + state.title() + "\u001b[0m"
                + headline.substring(at + state.title().length());
    }

    private static void meta(MetaStatus meta, StringBuilder text) {
        if (meta.size() == 0) {
            text.append("META GROUP  none: no server tells of one\n");
            return;
        }
        String leader = meta.leader() == null ? "no leader" : "leader " + Quote.plain(String.valueOf(meta.leader()));
        String margin = meta.quorate()
                ? meta.margin() + " more may fail"
                : Math.max(1, meta.needed() - meta.live()) + " too few";
        text.append("META GROUP  ")
                .append(leader)
                .append(", ")
                .append(meta.live())
                .append(" of ")
                .append(meta.size())
                .append(" members answer, ")
                .append(meta.needed())
                .append(" needed")
                .append(meta.rescue() ? " (rescue; " + meta.natural() + " by nature)" : "")
                .append(", ")
                .append(margin)
                .append('\n');
    }

    private static String sites(List<SiteStatus> sites) {
        var table = new Columns().add("SITE", "ANSWER", "");
        for (SiteStatus site : sites) {
            var notes = new ArrayList<String>();
            if (site.preferred()) {
                notes.add("preferred for the meta leader");
            }
            if (site.reserves() > 0) {
                notes.add(site.reserves() + (site.reserves() == 1 ? " reserve is up" : " reserves are up"));
            }
            if (site.silent()) {
                notes.add(site.apart() ? "alive, and cut off from here" : "nobody answers");
            }
            table.add(
                    Quote.plain(site.name().text()),
                    site.answering() + " of " + site.expected(),
                    String.join(", ", notes));
        }
        return table.text("");
    }

    private static String servers(List<ServerStatus> servers) {
        var table = new Columns().add("SERVER", "SITE", "VERSION", "JETSTREAM", "COPIES", "LEADS", "");
        for (ServerStatus s : servers) {
            table.add(
                    Quote.plain(s.name().text()),
                    s.site() == null ? "-" : Quote.plain(s.site().text()),
                    s.version() == null ? "-" : s.version().toString(),
                    jetstream(s.jetstream()),
                    s.answers() ? Integer.toString(s.copies()) : "-",
                    s.answers() ? Integer.toString(s.leads()) : "-",
                    String.join(", ", notes(s)));
        }
        return table.text("");
    }

    private static String jetstream(@org.jspecify.annotations.Nullable JetStream jetstream) {
        return jetstream == null ? "-" : jetstream.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> notes(ServerStatus s) {
        var notes = new ArrayList<String>();
        if (!s.answers()) {
            notes.add(s.cutOff() ? "alive, and cut off from here" : "does not answer");
        }
        if (s.metaLeader()) {
            notes.add("meta leader");
        }
        if (s.role() == null) {
            notes.add("not in the topology");
        } else if (s.role() != Role.SERVER) {
            notes.add(s.role().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (Boolean.FALSE.equals(s.metaMember()) && s.answers()) {
            notes.add("no member of the meta group");
        }
        if (s.tagsDiffer()) {
            notes.add("tags differ");
        }
        return notes;
    }

    private static void troubles(ClusterStatus status, StringBuilder text) {
        long streams = status.troubles().stream()
                .map(t -> t.account() + " " + t.stream())
                .distinct()
                .count();
        text.append("\nSTREAMS  ").append(status.streams()).append(" seen, ");
        text.append(streams == 0 ? "none" : Long.toString(streams)).append(" with something to tell");
        if (status.undeclared() > 0) {
            text.append(", ").append(status.undeclared()).append(" not declared in the topology");
        }
        text.append('\n');
        for (StreamTrouble t : status.troubles().stream().limit(MOST_TROUBLES).toList()) {
            String name = Quote.plain(t.account()) + "/" + Quote.plain(t.stream());
            text.append(Paragraph.of("  ", "      ", name + "  " + t.reason().title() + ": " + t.text()));
        }
        more(status.troubles().size() - MOST_TROUBLES, text);
    }

    private static void warnings(List<String> warnings, StringBuilder text) {
        if (!warnings.isEmpty()) {
            text.append("\nWARNINGS\n");
            warnings.stream().limit(MOST_WARNINGS).forEach(w -> text.append(Paragraph.of("  ", "      ", w)));
            more(warnings.size() - MOST_WARNINGS, text);
        }
    }

    private static void more(int left, StringBuilder text) {
        if (left > 0) {
            text.append("  and ").append(left).append(" more; --format json has all\n");
        }
    }

    private static void next(List<NextStep> next, StringBuilder text) {
        if (next.isEmpty()) {
            return;
        }
        text.append("\nNEXT\n");
        for (NextStep step : next) {
            text.append(Paragraph.of("  ", "  ", step.text()));
            if (step.command() != null) {
                text.append("      ").append(step.command()).append('\n');
            }
        }
    }
}
