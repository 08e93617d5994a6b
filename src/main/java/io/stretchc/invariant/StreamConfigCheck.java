package io.stretchc.invariant;

import io.stretchc.diag.Quote;
import io.stretchc.snapshot.StreamConfig;
import io.stretchc.snapshot.StreamState;
import io.stretchc.status.Declared;
import io.stretchc.topology.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a stream lives and what it takes, as declared. Streams that nobody declared are not judged. */
final class StreamConfigCheck implements Check {
    @Override
    public void judge(Evidence evidence, Findings findings) {
        int judged = 0;
        for (StreamState stream : evidence.now().streams()) {
            StreamSpec spec = evidence.declared().of(stream).orElse(null);
            if (spec == null || stream.members().isEmpty()) {
                continue;
            }
            judged++;
            var differs = new ArrayList<String>();
            StreamConfig has = stream.config();
            compare(differs, "replicas", List.of(has.replicas()), List.of(spec.replicas()));
            compare(
                    differs,
                    "placement",
                    Declared.folded(has.placementTags()),
                    evidence.declared().tags(spec));
            if (!spec.config().subjects().isEmpty()) {
                compare(
                        differs,
                        "subjects",
                        has.subjects().stream().sorted().toList(),
                        spec.config().subjects().stream().sorted().toList());
            }
            compare(
                    differs,
                    "storage",
                    List.of(lower(has.storage())),
                    List.of(lower(spec.config().storage())));
            compare(
                    differs,
                    "retention",
                    List.of(lower(has.retention())),
                    List.of(lower(spec.config().retention())));
            if (!differs.isEmpty()) {
                findings.broken(Evidence.subject(stream), String.join("; ", differs) + ".");
            }
        }
        findings.ground(Evidence.count(judged, "declared stream")
                + " looked at: replicas, placement, subjects, storage," + " retention.");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static void compare(List<String> differs, String what, List<?> has, List<?> declared) {
        if (!has.equals(declared)) {
            differs.add("Its " + what + " is " + Quote.all(has) + ", declared is " + Quote.all(declared));
        }
    }
}
