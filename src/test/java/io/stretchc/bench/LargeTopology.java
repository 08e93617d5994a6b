package io.stretchc.bench;

/** Topologies of many servers with full-mesh routes. */
final class LargeTopology {
    private LargeTopology() {}

    /** This many servers, spread evenly over ten sites. */
    static String of(int servers) {
        var text = new StringBuilder("""
                format: 1
                cluster: { name: BIG, domain: hub, server_version: 2.12.15 }
                defaults: { store_dir: "./{server}", sync_interval: always }
                accounts:
                  - { name: SYS, system: true, users: [{ user: admin, password: { env: ADMIN_PASSWORD } }] }
                  - { name: APP, users: [{ user: app, password: { env: APP_PASSWORD } }] }
                sites:
                """);
        for (int site = 0; site < 10; site++) {
            text.append("  - name: site").append(site).append("\n    dc: ").append(site);
            text.append("\n    servers:\n");
            for (int i = 0; i < servers / 10; i++) {
                text.append("      - { name: s").append(site).append('_').append(i);
                text.append(", host: n").append(i).append(".site").append(site).append(".example");
                text.append(", ports: { monitor: 8222 }, tags: [\"ha:")
                        .append(i % 7)
                        .append("\"] }\n");
            }
        }
        return text.toString();
    }
}
