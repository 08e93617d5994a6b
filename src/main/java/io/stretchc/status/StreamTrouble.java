package io.stretchc.status;

import io.stretchc.topology.ServerName;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong with a stream.
 *
 * @param text a sentence with the numbers
 * @param servers whom it is about
 */
public record StreamTrouble(String account, String stream, Reason reason, String text, List<ServerName> servers)
        implements Comparable<StreamTrouble> {
    private static final Comparator<StreamTrouble> ORDER = Comparator.comparing(StreamTrouble::reason)
            .thenComparing(StreamTrouble::account)
            .thenComparing(StreamTrouble::stream)
            .thenComparing(StreamTrouble::text);

    public StreamTrouble {
        servers = List.copyOf(servers);
    }

    /** Kinds of trouble, the worst first. */
    public enum Reason {
        NO_COPY("no copy alive"),
        NO_LEADER("no leader"),
        NOT_THERE("declared, missing"),
        NOT_LISTED("not listed"),
        REPLICAS_MISSING("replicas missing"),
        REPLICA_SILENT("replica silent"),
        FORMER_MEMBER("former member"),
        WRONG_PLACEMENT("wrong placement"),
        ON_FALLBACK("on a fallback"),
        ON_LENT_TAGS("on lent tags"),
        CONFIG_DIFFERS("not as declared"),
        CATCHING_UP("catching up"),
        LEADER_AWAY("leader away");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        /** The name that messages use. */
        public String title() {
            return title;
        }

        /** Whether it goes by itself; a cluster with nothing else is not degraded. */
        public boolean passing() {
            return this == CATCHING_UP;
        }

        /** Whether it costs no safety, and so does not make a cluster degraded. */
        public boolean harmless() {
            return this == LEADER_AWAY;
        }
    }

    @Override
    public int compareTo(StreamTrouble other) {
        return ORDER.compare(this, other);
    }
}
