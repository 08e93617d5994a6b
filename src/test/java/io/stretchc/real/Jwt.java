package io.stretchc.real;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** JWTs of operators, accounts and users, as {@code nsc} would make them. */
final class Jwt {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> NO_LIMITS = Map.ofEntries(
            Map.entry("subs", -1),
            Map.entry("data", -1),
            Map.entry("payload", -1),
            Map.entry("imports", -1),
            Map.entry("exports", -1),
            Map.entry("wildcards", true),
            Map.entry("conn", -1),
            Map.entry("leaf", -1),
            Map.entry("mem_storage", -1),
            Map.entry("disk_storage", -1),
            Map.entry("streams", -1),
            Map.entry("consumer", -1));
    /** The system account has no JetStream. */
    private static final Map<String, Object> SYSTEM_LIMITS = Map.of(
            "subs",
            -1,
            "data",
            -1,
            "payload",
            -1,
            "imports",
            -1,
            "exports",
            -1,
            "wildcards",
            true,
            "conn",
            -1,
            "leaf",
            -1);

    private Jwt() {}

    static String operator(NKey operator, NKey systemAccount) throws IOException, GeneralSecurityException {
        return sign(operator, operator, "OP", Map.of("type", "operator", "system_account", key(systemAccount)));
    }

    static String account(NKey operator, NKey account, boolean system) throws IOException, GeneralSecurityException {
        return sign(
                operator,
                account,
                system ? "SYS" : "EDGE",
                Map.of("type", "account", "limits", system ? SYSTEM_LIMITS : NO_LIMITS));
    }

    static String user(NKey account, NKey user) throws IOException, GeneralSecurityException {
        return sign(account, user, "user", Map.of("type", "user", "subs", -1, "data", -1, "payload", -1));
    }

    static String key(NKey key) throws IOException, GeneralSecurityException {
        return new String(key.getPublicKey());
    }

    private static String sign(NKey issuer, NKey subject, String name, Map<String, Object> nats)
            throws IOException, GeneralSecurityException {
        Map<String, Object> all = new LinkedHashMap<>(nats);
        all.put("version", 2);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", name);
        claims.put("iat", 1_700_000_000);
        claims.put("iss", key(issuer));
        claims.put("name", name);
        claims.put("sub", key(subject));
        claims.put("nats", all);
        String text = encode("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}") + "." + encode(json(claims));
        byte[] signature = issuer.sign(text.getBytes(StandardCharsets.UTF_8));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String json(Map<String, Object> value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
