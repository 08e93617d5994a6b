package io.stretchc.topology;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream as declared.
 *
 * @param placement where it may live; anywhere when null
 * @param config the rest of its configuration
 */
public record StreamSpec(
        StreamName name,
        AccountName account,
        int replicas,
        @Nullable PlacementName placement,
        Config config) {
    /** Fields of the JetStream stream API; null means the server's default. */
    public record Config(
            @Nullable String description,
            List<String> subjects,
            String storage,
            String retention,
            String discard,
            boolean discardNewPerSubject,
            @Nullable Long maxMsgs,
            @Nullable Bytes maxBytes,
            @Nullable String maxAge,
            @Nullable Long maxMsgsPerSubject,
            @Nullable Bytes maxMsgSize,
            @Nullable Long maxConsumers,
            @Nullable String duplicateWindow,
            String compression,
            boolean allowDirect,
            boolean mirrorDirect,
            boolean allowRollup,
            boolean denyDelete,
            boolean denyPurge,
            boolean noAck,
            @Nullable Long firstSeq,
            @Nullable Origin mirror,
            List<Origin> sources,
            @Nullable Rewrite republish,
            boolean republishHeadersOnly,
            @Nullable Rewrite subjectTransform,
            SortedMap<String, String> metadata) {
        public Config {
            subjects = List.copyOf(subjects);
            sources = List.copyOf(sources);
            metadata = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(metadata));
        }
    }

    /** Where a mirror or source comes from. */
    public record Origin(
            String name,
            @Nullable Long startSeq,
            @Nullable String startTime,
            @Nullable String filterSubject,
            @Nullable String domain) {}

    /** A subject mapped to another. */
    public record Rewrite(@Nullable String src, String dest) {}
}
