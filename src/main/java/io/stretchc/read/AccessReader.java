package io.stretchc.read;

import io.stretchc.topology.Access;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.AllowDeny;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.ContextSpec;
import io.stretchc.topology.Password;
import io.stretchc.topology.Permissions;
import io.stretchc.topology.UserSpec;
import org.jspecify.annotations.Nullable;

/** Reads accounts and users. */
final class AccessReader {
    private AccessReader() {}

    static Access access(Fields f) {
        return new Access(
                f.blocks("accounts", AccessReader::account),
                f.under("operator").text("include"),
                f.text("no_auth_user"));
    }

    private static AccountSpec account(Fields f) {
        Fields js = f.under("jetstream");
        var limits = new AccountSpec.JetStreamLimits(
                js.truth("enabled", true),
                js.parsed("max_memory", Bytes::parse),
                js.parsed("max_file", Bytes::parse),
                js.integer("max_streams"),
                js.integer("max_consumers"));
        return new AccountSpec(
                new AccountName(f.text("name", "")),
                f.truth("system", false),
                limits,
                f.blocks("users", AccessReader::user),
                f.block("default_permissions", AccessReader::permissions),
                f.blocks(
                        "exports",
                        e -> new AccountSpec.Export(e.text("stream"), e.text("service"), e.texts("accounts"))),
                f.blocks(
                        "imports",
                        i -> new AccountSpec.Import(
                                i.text("stream"), i.text("service"), i.text("account", ""), i.text("to"))));
    }

    private static UserSpec user(Fields f) {
        return new UserSpec(
                f.text("user"),
                password(f.under("password")),
                f.text("nkey"),
                f.block("permissions", AccessReader::permissions),
                f.block("context", AccessReader::context));
    }

    private static @Nullable Password password(Fields f) {
        String env = f.text("env");
        String file = f.text("file");
        String bcrypt = f.text("bcrypt");
        if (env != null) {
            return new Password.Environment(env);
        }
        if (file != null) {
            return new Password.IncludedFile(file);
        }
        return bcrypt == null ? null : new Password.Bcrypt(bcrypt);
    }

    private static Permissions permissions(Fields f) {
        return new Permissions(
                allowDeny(f.under("publish")), allowDeny(f.under("subscribe")), f.truth("allow_responses", false));
    }

    private static AllowDeny allowDeny(Fields f) {
        return new AllowDeny(f.texts("allow"), f.texts("deny"));
    }

    private static ContextSpec context(Fields f) {
        return new ContextSpec(
                f.text("name", ""),
                f.text("password_env"),
                f.text("nkey_file"),
                f.text("creds_file"),
                f.text("tls_ca"),
                f.text("tls_cert"),
                f.text("tls_key"));
    }
}
