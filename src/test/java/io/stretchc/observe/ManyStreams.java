package io.stretchc.observe;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Six servers with as many R3 streams as wanted, each with a durable consumer, as nats-server 2.12 describes them: what
 * an observation of that size has to read.
 */
public record ManyStreams(int streams) implements Snapshots.Answers {
    private static final int SERVERS = 6;

    @Override
    public List<String> ping() {
        return IntStream.range(0, SERVERS)
                .mapToObj(i -> "{\"server\":" + server(i) + ",\"statsz\":{\"start\":\"2026-01-01T00:00:00Z\"}}")
                .toList();
    }

    @Override
    public String answer(String server, String what, String payload) {
        int self = server.charAt(1) - '0';
        if (!what.equals("JSZ")) {
            return "{\"server\":" + server(self) + ",\"data\":{\"config_digest\":\"sha256:00\"}}";
        }
        var text = new StringBuilder("{\"server\":" + server(self) + ",\"data\":{\"accounts\":1,\"meta_cluster\":"
                + group(self, 0, SERVERS) + ",\"account_details\":[{\"name\":\"A\",\"id\":\"A\",\"stream_detail\":[");
        String comma = "";
        for (int i = 0; i < streams; i++) {
            int first = i % SERVERS;
            if ((self - first + SERVERS) % SERVERS < 3) {
                text.append(comma).append(stream(i, self, first));
                comma = ",";
            }
        }
        return text.append("]}]}}").toString();
    }

    private static String server(int i) {
        return "{\"name\":\"s" + i + "\",\"id\":\"N" + i
                + "\",\"cluster\":\"MANY\",\"domain\":\"hub\",\"ver\":\"2.12.15\",\"tags\":[\"dc:1\"],\"jetstream\":true}";
    }

    private static String group(int self, int first, int size) {
        var replicas = new StringBuilder();
        for (int i = first; i < first + size; i++) {
            if (i % SERVERS != self) {
                replicas.append(replicas.isEmpty() ? "" : ",")
                        .append(String.format(
                                Locale.ROOT,
                                "{\"name\":\"s%d\",\"current\":true,\"active\":331167623,\"peer\":\"PEER%d\"}",
                                i % SERVERS,
                                i % SERVERS));
            }
        }
        return "{\"name\":\"MANY\",\"leader\":\"s" + first + "\",\"cluster_size\":" + size + ",\"replicas\":["
                + replicas + "]}";
    }

    private static String stream(int i, int self, int first) {
        String config = String.format(
                Locale.ROOT,
                "{\"name\":\"STREAM_%05d\",\"subjects\":[\"subject.%05d.>\"],\"retention\":\"limits\","
                        + "\"max_consumers\":-1,\"max_msgs\":-1,\"max_bytes\":-1,\"max_age\":0,"
                        + "\"max_msgs_per_subject\":-1,\"max_msg_size\":-1,\"discard\":\"old\",\"storage\":\"file\","
                        + "\"num_replicas\":3,\"duplicate_window\":120000000000,\"placement\":{\"tags\":[\"dc:1\"]},"
                        + "\"compression\":\"none\",\"allow_direct\":true,\"mirror_direct\":false,\"sealed\":false,"
                        + "\"deny_delete\":false,\"deny_purge\":false,\"allow_rollup_hdrs\":false,"
                        + "\"consumer_limits\":{},\"metadata\":{\"_nats.req.level\":\"0\"}}",
                i,
                i);
        String consumer = "{\"stream_name\":\"STREAM\",\"name\":\"dur\",\"created\":\"2026-11-25T12:48:23.092598312Z\","
                + "\"config\":{\"durable_name\":\"dur\",\"name\":\"dur\",\"deliver_policy\":\"all\","
                + "\"ack_policy\":\"explicit\",\"ack_wait\":30000000000,\"max_deliver\":-1,"
                + "\"replay_policy\":\"instant\",\"max_waiting\":512,\"max_ack_pending\":1000,\"num_replicas\":0},"
                + "\"delivered\":{\"consumer_seq\":7,\"stream_seq\":7},\"ack_floor\":{\"consumer_seq\":6,"
                + "\"stream_seq\":6},\"num_ack_pending\":1,\"num_redelivered\":0,\"num_waiting\":0,\"num_pending\":5,"
                + "\"cluster\":" + group(self, first, 3) + "}";
        return "{\"name\":" + String.format(Locale.ROOT, "\"STREAM_%05d\"", i)
                + ",\"created\":\"2026-11-25T12:48:22.474291915Z\",\"cluster\":" + group(self, first, 3)
                + ",\"config\":"
                + config + ",\"state\":{\"messages\":12,\"bytes\":185,\"first_seq\":1,\"last_seq\":12,"
                + "\"consumer_count\":1},\"consumer_detail\":[" + consumer + "]}";
    }
}
