package io.stretchc.real;

import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code production.yaml} compiled with keys made here, and everything beside it that the servers want: certificates,
 * what the leaf cluster includes, and the cluster at the other end of its gateways.
 */
record Production(
        Path out, Certificates certificates, NKey admin, NKey shop, NKey reader, NKey edgeAdmin, NKey edgeAccount) {
    static final Map<String, String> ENVIRONMENT = Map.of("PROD_BILLING_PASSWORD", "billing-secret");

    /** Makes all of it in a directory, which is also where the servers must run. */
    static Production in(Path home) throws IOException, InterruptedException, GeneralSecurityException {
        NKey admin = NKey.createUser(null);
        NKey shop = NKey.createUser(null);
        NKey reader = NKey.createUser(null);
        NKey edge = NKey.createUser(null);
        NKey edgeAdmin = NKey.createAccount(null);
        NKey edgeAccount = NKey.createAccount(null);
        Path out = Compiled.topology(
                "topologies/production.yaml",
                home,
                Map.of(
                        "UABB22DG2FQRLOXXWOKZVDYBFODAHSED727MM6LSAU7K4WWYWDRX25K6", Jwt.key(admin),
                        "UAXSZVL2K75PQZ2NQTOXGWPVDPOWSBTR63PLA42VQ4CWNIZYQHLB7G22", Jwt.key(shop),
                        "UC6U62LK4SDF34B2A6GVY2G6SCOASIYP2QAW4NTFZPK36CVGF3JBRYE7", Jwt.key(reader),
                        "UAU6DH7VELFBLANAQK2YT2NBGAN3RKIX4F2HWYUEGUILQIMJCRAXJIHD", Jwt.key(edge),
                        "AA7EO4VQK4WUSWBQ4SVID6M2DA3MV6BP43GAPZMYAJC2WJRMJ3M5HYX4", Jwt.key(edgeAccount)));
        Compiled.text("apac.yaml", apac(Jwt.key(admin), Jwt.key(shop)), home);
        var certificates = Certificates.in(home.resolve("tls"));
        for (String name : servers(out)) {
            certificates.issue(name);
        }
        operator(out.resolve("PROD/leafs/PROD-EDGE"), edgeAdmin, edgeAccount, edge);
        return new Production(out, certificates, admin, shop, reader, edgeAdmin, edgeAccount);
    }

    /** The cluster at the other end of the gateways; the meta group spans both. */
    private static String apac(String admin, String shop) {
        return """
                format: 1
                cluster: { name: PROD-APAC, domain: hub, server_version: 2.12.15 }
                defaults: { listen: 127.0.0.1, store_dir: "./{server}", sync_interval: always }
                sites:
                  - name: apac
                    servers:
                      - { name: apac_1, ports: { client: 4690, cluster: 4695, gateway: 7690 } }
                      - { name: apac_2, ports: { client: 4691, cluster: 4696, gateway: 7691 } }
                tls:
                  client: &files { cert_file: "tls/{server}.crt", key_file: "tls/{server}.key", ca_file: tls/ca.crt }
                  cluster: *files
                  gateway: *files
                gateway:
                  reject_unknown_cluster: true
                  clusters:
                    - name: PROD
                      hosts: ["127.0.0.1:7640", "127.0.0.1:7643"]
                accounts:
                  - { name: SYS, system: true, users: [{ nkey: %s }] }
                  - { name: SHOP, users: [{ nkey: %s }] }
                """.formatted(admin, shop);
    }

    private static List<String> servers(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".conf") && !f.equals("accounts.conf"))
                    .map(f -> f.replaceAll("\\.conf$", ""))
                    .distinct()
                    .toList();
        }
    }

    /** What the leaf cluster includes: its operator with both accounts, and the nkey it logs in with at the hub. */
    private static void operator(Path leaf, NKey system, NKey account, NKey login)
            throws IOException, GeneralSecurityException {
        NKey operator = NKey.createOperator(null);
        String text = """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: {
                  %s: %s
                  %s: %s
                }
                """.formatted(
                        Jwt.operator(operator, system),
                        Jwt.key(system),
                        Jwt.key(system),
                        Jwt.account(operator, system, true),
                        Jwt.key(account),
                        Jwt.account(operator, account, false));
        Files.writeString(leaf.resolve("operator.conf"), text);
        Files.writeString(leaf.resolve("edge-nkey.conf"), "nkey: \"" + new String(login.getSeed()) + "\"\n");
    }
}
