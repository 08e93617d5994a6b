package io.stretchc.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stretchc.resolve.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Labs and their processes, for people and for machines. What the clusters make of it is for an observation. */
public final class LabView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEAD = List.of("server", "role", "site", "version", "state", "pid", "address");

    private LabView() {}

    /** A table for each lab. Reserves that were never started are left out. */
    public static String text(List<LabState> labs) {
        var text = new StringBuilder();
        for (LabState lab : labs) {
            Map<LabServer, ProcessHandle> running = Processes.of(lab.servers());
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append("lab ")
                    .append(lab.name())
                    .append(": ")
                    .append(running.size())
                    .append(running.size() == 1 ? " server runs" : " servers run")
                    .append(", made from ")
                    .append(lab.topology())
                    .append('\n');
            var rows = new ArrayList<List<String>>();
            rows.add(HEAD);
            for (LabServer s : lab.servers()) {
                ProcessHandle process = running.get(s);
                if (s.role() == Role.SERVER || process != null) {
                    rows.add(List.of(
                            s.name().text(),
                            Lab.title(s.role()),
                            s.site() == null ? s.cluster() : s.site().text(),
                            s.version().toString(),
                            process == null ? "stopped" : "running",
                            process == null ? "-" : Long.toString(process.pid()),
                            s.host() + ":" + s.client()));
                }
            }
            table(text, rows);
            cuts(lab, running.keySet())
                    .forEach(c -> text.append("cut: ").append(c).append('\n'));
        }
        return text.toString();
    }

    /** What is cut from what among those that run: servers that are cut from the same others stand together. */
    private static List<String> cuts(LabState lab, Collection<LabServer> running) {
        var names = new TreeSet<String>();
        running.forEach(s -> names.add(s.label()));
        var others = new TreeMap<String, TreeSet<String>>();
        for (LabState.Cut cut : lab.cuts()) {
            if (names.contains(cut.one()) && names.contains(cut.other())) {
                others.computeIfAbsent(cut.one(), n -> new TreeSet<>()).add(cut.other());
                others.computeIfAbsent(cut.other(), n -> new TreeSet<>()).add(cut.one());
            }
        }
        var sides = new TreeMap<String, TreeSet<String>>();
        others.forEach((name, far) -> sides.computeIfAbsent(String.join(", ", far), n -> new TreeSet<>())
                .add(name));
        var lines = new TreeSet<String>();
        sides.forEach((far, near) -> {
            String mine = String.join(", ", near);
            lines.add(mine.compareTo(far) < 0 ? mine + " | " + far : far + " | " + mine);
        });
        return List.copyOf(lines);
    }

    private static void table(StringBuilder text, List<List<String>> rows) {
        int columns = rows.get(0).size();
        var widths = new int[columns];
        rows.forEach(r -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], r.get(i).length());
            }
        });
        for (List<String> row : rows) {
            var line = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                line.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length() + 1));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** One document for all labs, without their passwords. */
    public static String json(List<LabState> labs) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("labs");
        for (LabState lab : labs) {
            Map<LabServer, ProcessHandle> running = Processes.of(lab.servers());
            ObjectNode node = list.addObject();
            node.put("name", lab.name().text());
            node.put("topology", lab.topology().toString());
            ArrayNode servers = node.putArray("servers");
            for (LabServer s : lab.servers()) {
                ProcessHandle process = running.get(s);
                ObjectNode server = servers.addObject();
                server.put("name", s.name().text());
                server.put("role", Lab.title(s.role()));
                server.put("cluster", s.cluster());
                if (s.site() != null) {
                    server.put("site", s.site().text());
                }
                server.put("version", s.version().toString());
                server.put("running", process != null);
                if (process != null) {
                    server.put("pid", process.pid());
                }
                server.put("url", s.url());
                server.put("log", s.log().toString());
            }
            ArrayNode cuts = node.putArray("cuts");
            lab.cuts().forEach(c -> cuts.addArray().add(c.one()).add(c.other()));
        }
        return root.toPrettyString() + "\n";
    }
}
