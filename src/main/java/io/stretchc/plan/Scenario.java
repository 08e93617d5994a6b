package io.stretchc.plan;

import io.stretchc.topology.AccountName;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import io.stretchc.topology.StreamName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a plan is for. */
public sealed interface Scenario {
    /** The word on the command line. */
    String word();

    /** The site that it is about; none where it is about servers, streams or all of the cluster. */
    default @Nullable SiteName site() {
        return null;
    }

    /** The servers that it is about, in order; empty where it is about something else. */
    default List<ServerName> servers() {
        return List.of();
    }

    /** The site or the servers that it is about, as words; empty where it is about something else. */
    default String subject() {
        SiteName site = site();
        return site != null
                ? site.text()
                : servers().stream().map(ServerName::text).collect(Collectors.joining(", "));
    }

    /** A scenario about one site. */
    sealed interface OfSite extends Scenario {
        @Override
        SiteName site();
    }

    /** A site is gone for good: quorum back, its members removed, streams on what is left. */
    record Recover(SiteName site) implements OfSite {
        @Override
        public String word() {
            return "recover";
        }
    }

    /** A site is away for a while: quorum back, nobody removed, streams left where they are. */
    record Bridge(SiteName site) implements OfSite {
        @Override
        public String word() {
            return "bridge";
        }
    }

    /**
     * A site that was gone for good comes back empty: streams and leaders go home.
     *
     * @param sameNames under the names that it had, which were removed; else under new ones
     */
    record Restore(SiteName site, boolean sameNames) implements OfSite {
        /** Under new names. */
        public Restore(SiteName site) {
            this(site, false);
        }

        @Override
        public String word() {
            return "restore";
        }
    }

    /** A site that was bridged comes back with its data: what bridged it goes away. */
    record Return(SiteName site) implements OfSite {
        @Override
        public String word() {
            return "return";
        }
    }

    /**
     * Servers that were removed become members again, under their own names.
     *
     * @param keepStores whether they start with what they held; else with empty stores
     */
    record Readmit(List<ServerName> servers, boolean keepStores) implements Scenario {
        public Readmit {
            servers = List.copyOf(servers);
        }

        @Override
        public String word() {
            return "readmit";
        }
    }

    /**
     * The role of a server that is gone for good is taken by another one.
     *
     * @param server that is gone
     * @param by the server that takes its role; none where the planner chooses
     */
    record Replace(ServerName server, @Nullable ServerName by) implements Scenario {
        @Override
        public String word() {
            return "replace";
        }

        @Override
        public List<ServerName> servers() {
            return List.of(server);
        }
    }

    /** No trace of servers that the topology does not have is left. */
    record Purge() implements Scenario {
        @Override
        public String word() {
            return "purge";
        }
    }

    /**
     * Streams whose placement has too few live servers get their replicas back elsewhere, or come home from there.
     *
     * @param streams empty for all
     * @param undo whether they come home
     */
    record Fallback(List<Stream> streams, boolean undo) implements Scenario {
        public Fallback {
            streams = List.copyOf(streams);
        }

        @Override
        public String word() {
            return "fallback";
        }
    }

    /** Streams and leaders that live away from where the topology wants them come home. */
    record Home() implements Scenario {
        @Override
        public String word() {
            return "home";
        }
    }

    /** A stream of an account. */
    record Stream(AccountName account, StreamName name) {}
}
