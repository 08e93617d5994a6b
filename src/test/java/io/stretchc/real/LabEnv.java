package io.stretchc.real;

import io.nats.client.Options;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The way into an account of a lab, as {@code lab env} prints it. */
record LabEnv(String urls, String user, String password) {
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)='([^']*)'");

    static LabEnv parse(String exports) {
        Map<String, String> found = new TreeMap<>();
        var m = EXPORT.matcher(exports);
        while (m.find()) {
            found.put(m.group(1), m.group(2));
        }
        return new LabEnv(
                found.getOrDefault("NATS_URL", ""),
                found.getOrDefault("NATS_USER", ""),
                found.getOrDefault("NATS_PASSWORD", ""));
    }

    Options options() {
        return Options.builder()
                .servers(urls.split(",", -1))
                .userInfo(user, password)
                .build();
    }

    /** A context file of the {@code nats} CLI. */
    String context() {
        return """
                { "url": "%s", "user": "%s", "password": "%s" }
                """.formatted(urls, user, password);
    }
}
