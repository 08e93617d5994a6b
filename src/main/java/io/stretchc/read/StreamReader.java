package io.stretchc.read;

import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.PlacementName;
import io.stretchc.topology.StreamName;
import io.stretchc.topology.StreamSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads streams. */
final class StreamReader {
    private StreamReader() {}

    static StreamSpec stream(Fields f) {
        return new StreamSpec(
                new StreamName(f.text("name", "")),
                new AccountName(f.text("account", "")),
                f.integer("replicas", 1),
                f.text("placement", PlacementName::new),
                config(f));
    }

    private static StreamSpec.Config config(Fields f) {
        return new StreamSpec.Config(
                f.text("description"),
                f.texts("subjects"),
                f.text("storage", "file"),
                f.text("retention", "limits"),
                f.text("discard", "old"),
                f.truth("discard_new_per_subject", false),
                f.number("max_msgs"),
                f.parsed("max_bytes", Bytes::parse),
                f.text("max_age"),
                f.number("max_msgs_per_subject"),
                f.parsed("max_msg_size", Bytes::parse),
                f.number("max_consumers"),
                f.text("duplicate_window"),
                f.text("compression", "none"),
                f.truth("allow_direct", false),
                f.truth("mirror_direct", false),
                f.truth("allow_rollup", false),
                f.truth("deny_delete", false),
                f.truth("deny_purge", false),
                f.truth("no_ack", false),
                f.number("first_seq"),
                f.block("mirror", StreamReader::origin),
                f.blocks("sources", StreamReader::origin),
                f.block("republish", StreamReader::rewrite),
                f.under("republish").truth("headers_only", false),
                f.block("subject_transform", StreamReader::rewrite),
                metadata(f.under("metadata")));
    }

    private static StreamSpec.Origin origin(Fields f) {
        return new StreamSpec.Origin(
                f.text("name", ""),
                f.number("start_seq"),
                f.text("start_time"),
                f.text("filter_subject"),
                f.text("domain"));
    }

    private static StreamSpec.Rewrite rewrite(Fields f) {
        return new StreamSpec.Rewrite(f.text("src"), f.text("dest", ""));
    }

    private static SortedMap<String, String> metadata(Fields f) {
        var map = new TreeMap<String, String>();
        f.all().forEach((key, value) -> {
            if (value instanceof Scalar s) {
                map.put(key, s.text());
            }
        });
        return map;
    }
}
