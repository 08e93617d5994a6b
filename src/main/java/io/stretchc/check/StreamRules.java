package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.Age;
import io.stretchc.topology.StreamSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Stream settings that nats-server would refuse together. */
final class StreamRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        List<StreamSpec> streams = topology.source().streams();
        for (int i = 0; i < streams.size(); i++) {
            Path at = Path.ROOT.child("streams").at(i);
            var c = streams.get(i).config();
            String name = Quote.of(streams.get(i).name());
            if (c.mirror() != null) {
                against(!c.subjects().isEmpty(), at.child("subjects"), "mirror " + name, "subjects of its own", found);
                against(!c.sources().isEmpty(), at.child("sources"), "mirror " + name, "sources", found);
                against(c.firstSeq() != null, at.child("first_seq"), "mirror " + name, "a first sequence", found);
            }
            if (c.discardNewPerSubject()) {
                boolean limited =
                        c.discard().equals("new") && c.maxMsgsPerSubject() != null && c.maxMsgsPerSubject() > 0;
                if (!limited) {
                    found.add(
                            Code.ST101,
                            at.child("discard_new_per_subject"),
                            "The stream " + name
                                    + " has `discard_new_per_subject` without `discard: new` and a limit per subject.",
                            "Add `discard: new` and `max_msgs_per_subject`.");
                }
            }
            duplicates(c, name, at, found);
            if (c.allowRollup() && c.denyPurge()) {
                against(true, at.child("allow_rollup"), "stream " + name + " with `deny_purge`", "rollups", found);
            }
        }
    }

    /** "duplicates window can not be larger then max age" (2.9 to 2.15); an age of zero is no limit. */
    private static void duplicates(StreamSpec.Config c, String name, Path at, Diagnostics found) {
        Optional<Age> window = Optional.ofNullable(c.duplicateWindow()).flatMap(Age::parse);
        Optional<Age> age = Optional.ofNullable(c.maxAge()).flatMap(Age::parse);
        if (window.isPresent()
                && age.isPresent()
                && !age.get().none()
                && window.get().compareTo(age.get()) > 0) {
            found.add(
                    Code.ST101,
                    at.child("duplicate_window"),
                    "The stream " + name + " remembers message ids for "
                            + Quote.of(Objects.requireNonNull(c.duplicateWindow()))
                            + ", longer than `max_age` keeps messages, " + Quote.of(Objects.requireNonNull(c.maxAge()))
                            + ".",
                    "Make `duplicate_window` at most as long as `max_age`.",
                    new Link(at.child("max_age"), "the age"));
        }
    }

    private static void against(boolean given, Path at, String who, String what, Diagnostics found) {
        if (given) {
            found.add(Code.ST101, at, "The " + who + " cannot have " + what + ".", "Remove one of the two.");
        }
    }
}
