package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.drill.Applied;
import io.stretchc.drill.DrillReport;
import io.stretchc.drill.Mark;
import io.stretchc.drill.Rpo;
import io.stretchc.drill.Rto;
import io.stretchc.drill.Stage;
import io.stretchc.drill.StreamView;
import java.util.List;
import java.util.Locale;

/** Drills as JSON. Times are seconds, of the load where they say when. */
public final class DrillView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DrillView() {}

    /** One drill as a document. {@code format} counts up when a reader would have to change. */
    public static String json(DrillReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        put(report, root);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    /** Many drills as a document. */
    public static String json(List<DrillReport> reports) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        ArrayNode drills = root.putArray("drills");
        reports.forEach(r -> put(r, drills.addObject()));
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static void put(DrillReport r, ObjectNode node) {
        node.put("scenario", r.scenario());
        node.put("cluster", r.cluster());
        node.put("server_version", r.version());
        node.put("technique", r.technique());
        node.put("about", r.about());
        node.put("began", r.began());
        node.put("kill_apply", r.killApply());
        node.put("rate", r.rate());
        node.put("outcome", r.outcome().name().toLowerCase(Locale.ROOT));
        r.faults().forEach(node.putArray("faults")::add);
        Rto rto = r.rto();
        if (rto != null) {
            node.putObject("rto")
                    .put("total", AuditView.seconds(rto.total()))
                    .put("detection", AuditView.seconds(rto.detection()))
                    .put("decision", AuditView.seconds(rto.decision()))
                    .put("meta", AuditView.seconds(rto.meta()))
                    .put("streams", AuditView.seconds(rto.streams()))
                    .put("whole", AuditView.seconds(rto.whole()))
                    .put("every_stream_back", rto.ended());
        }
        Rpo rpo = r.rpo();
        if (rpo != null) {
            node.putObject("rpo")
                    .put("lost", rpo.lost())
                    .put("lost_though_held", rpo.promised())
                    .put("seconds", rpo.seconds())
                    .put("other_broken_promises", rpo.otherwise());
        }
        ArrayNode marks = node.putArray("marks");
        for (Mark m : r.marks()) {
            marks.addObject()
                    .put("what", m.kind().name().toLowerCase(Locale.ROOT))
                    .put("at", AuditView.seconds(m.at()));
        }
        ArrayNode applied = node.putArray("applied");
        r.applied().forEach(a -> put(a, applied.addObject()));
        ArrayNode stages = node.putArray("stages");
        r.stages().forEach(s -> put(s, stages.addObject()));
        ArrayNode streams = node.putArray("streams");
        r.streams().forEach(s -> put(s, streams.addObject()));
    }

    private static void put(Applied a, ObjectNode node) {
        node.put("scenario", a.scenario());
        node.put("seconds", a.millis() / 1e3);
        if (a.addedMillis() >= 0) {
            node.put("added_seconds", a.addedMillis() / 1e3);
        }
        node.put("kills", a.kills());
        node.put("tries", a.tries());
        ArrayNode steps = node.putArray("steps");
        for (Applied.StepTime s : a.steps()) {
            steps.addObject()
                    .put("step", s.step())
                    .put("seconds", s.millis() / 1e3)
                    .put("how", s.how());
        }
    }

    private static void put(Stage s, ObjectNode node) {
        node.put("name", s.name());
        s.words().forEach(node.putArray("command")::add);
        node.put("exit", s.exit());
        node.put("as_expected", s.asExpected());
        node.put("seconds", AuditView.seconds(s.nanos()));
    }

    private static void put(StreamView s, ObjectNode node) {
        node.put("name", s.name());
        node.put("acked", s.acked());
        node.putObject("longest_without_ack")
                .put("seconds", AuditView.seconds(s.outage().nanos()))
                .put("from", AuditView.seconds(s.outage().from()))
                .put("ended", s.outage().ended());
        s.acks().forEach(node.putArray("acks_per_second")::add);
        s.failures().forEach(node.putArray("failures_per_second")::add);
    }
}
