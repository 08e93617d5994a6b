package io.stretchc.render;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Divergence;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.FloorBack;
import io.stretchc.ledger.Intervals;
import io.stretchc.ledger.Loss;
import io.stretchc.ledger.StreamAudit;
import java.util.Locale;

/** An audit as JSON. Times are seconds, of the run where they say when. */
public final class AuditView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditView() {}

    /** One document. {@code format} counts up when a reader would have to change. */
    public static String json(AuditReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", 1);
        root.put("run", report.header().run());
        root.put("started", report.header().started().toString());
        if (!report.header().cluster().isEmpty()) {
            root.put("cluster", report.header().cluster());
        }
        root.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
        root.put("lost", report.lost());
        root.put("nothing_here", report.nothingHere());
        root.put("ledger_complete", report.complete());
        root.put("ledger_torn", report.torn());
        ArrayNode streams = root.putArray("streams");
        report.streams().forEach(s -> stream(s, streams.addObject()));
        ArrayNode moves = root.putArray("connections");
        for (Entry.Moved m : report.moves()) {
            moves.addObject()
                    .put("at", seconds(m.at()))
                    .put("site", m.site())
                    .put("server", m.server())
                    .put("home", m.home());
        }
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    /** Nanoseconds as seconds with milliseconds. */
    static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }

    private static void stream(StreamAudit s, ObjectNode node) {
        node.put("name", s.stream().name());
        node.put("kind", s.stream().kind().name().toLowerCase(Locale.ROOT));
        node.put("replicas", s.stream().replicas());
        node.put("leader", s.leader());
        StreamAudit.Counts c = s.counts();
        node.put("attempts", c.attempts());
        node.put("messages", c.messages());
        node.put("acked", c.acked());
        node.put("ok", c.ok());
        node.put("recovered", c.recovered());
        node.put("unknown", c.unknown());
        node.put("refused", c.refused());
        node.put("overwritten", c.overwritten());
        node.put("taken", c.taken());
        node.put("cannot_tell", c.untold());
        node.put("beyond_ledger", c.beyond());
        node.put("foreign", c.foreign());
        node.put("timeouts", c.timeouts());
        node.put("refusals", c.refusals());
        ObjectNode lost = node.putObject("lost");
        lost.put("messages", s.lostMessages());
        for (Loss loss : Loss.values()) {
            Intervals intervals = s.lost().get(loss);
            if (intervals != null) {
                intervals(intervals, lost.putObject(loss.name().toLowerCase(Locale.ROOT)));
            }
        }
        ObjectNode held = lost.putObject("held_by");
        s.held().forEach(held::put);
        lost.put("rpo_seconds", seconds(s.rpo()));
        node.putObject("longest_without_ack")
                .put("seconds", seconds(s.silence().nanos()))
                .put("from", seconds(s.silence().from()));
        intervals(s.duplicated(), node.putObject("duplicated"));
        intervals(s.unexpected(), node.putObject("unexpected"));
        ArrayNode diverged = node.putArray("diverged");
        for (Divergence d : s.divergences()) {
            diverged.addObject()
                    .put("server", d.server())
                    .put("first_sequence", d.sequence())
                    .put("leader_has", d.atLeader())
                    .put("server_has", d.atServer())
                    .put("sequences", d.sequences());
        }
        ObjectNode behind = node.putObject("behind");
        s.behind().forEach(behind::put);
        ArrayNode floors = node.putArray("ack_floors_back");
        for (FloorBack f : s.floorsBack()) {
            ObjectNode one = floors.addObject();
            one.put("consumer", f.consumer()).put("highest", f.highest()).put("found", f.found());
            if (!f.lasting()) {
                one.put("at", seconds(f.at()));
            }
            one.put("lasting", f.lasting());
        }
        ObjectNode copies = node.putObject("copies");
        s.copies().forEach(copies::put);
        ObjectNode unread = node.putObject("unread");
        s.unread().forEach(unread::put);
    }

    private static void intervals(Intervals intervals, ObjectNode node) {
        node.put("messages", intervals.messages());
        ArrayNode list = node.putArray("intervals");
        intervals.list().forEach(i -> list.add(i.toString()));
        if (intervals.omitted() > 0) {
            node.put("omitted", intervals.omitted());
        }
    }
}
