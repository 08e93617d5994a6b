package io.stretchc.compile;

import io.stretchc.topology.Access;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.AllowDeny;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.Password;
import io.stretchc.topology.Permissions;
import io.stretchc.topology.UserSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the accounts template prints. */
final class AccountsView {
    private AccountsView() {}

    static Map<String, Object> of(Access access) {
        var v = new LinkedHashMap<String, Object>();
        v.put("operator", text(access.operatorInclude()));
        v.put("no_auth_user", text(access.noAuthUser()));
        v.put(
                "system_account",
                access.accounts().stream()
                        .filter(AccountSpec::system)
                        .findFirst()
                        .map(a -> a.name().text())
                        .orElse(""));
        v.put("accounts", access.accounts().stream().map(AccountsView::account).toList());
        return v;
    }

    private static Map<String, Object> account(AccountSpec a) {
        var v = new LinkedHashMap<String, Object>();
        v.put("name", a.name().text());
        v.put("jetstream", a.jetstream().enabled() && !a.system());
        v.put("limits", limits(a.jetstream()));
        v.put("users", a.users().stream().map(AccountsView::user).toList());
        v.put("permissions", permissions(a.defaultPermissions()));
        v.put("exports", a.exports().stream().map(AccountsView::export).toList());
        v.put("imports", a.imports().stream().map(AccountsView::imported).toList());
        return v;
    }

    /** Lines of the account's JetStream block; none when there are no limits. */
    private static List<String> limits(AccountSpec.JetStreamLimits l) {
        var lines = new ArrayList<String>();
        number(lines, "max_memory", l.maxMemory());
        number(lines, "max_file", l.maxFile());
        if (l.maxStreams() != null) {
            lines.add("max_streams: " + l.maxStreams());
        }
        if (l.maxConsumers() != null) {
            lines.add("max_consumers: " + l.maxConsumers());
        }
        return lines;
    }

    private static void number(List<String> lines, String key, @Nullable Bytes bytes) {
        if (bytes != null) {
            lines.add(key + ": " + bytes.count());
        }
    }

    private static Map<String, Object> user(UserSpec u) {
        var v = new LinkedHashMap<String, Object>();
        v.put("user", text(u.user()));
        v.put("nkey", text(u.nkey()));
        v.put("password", u.password() instanceof Password.Bcrypt b ? b.hash() : "");
        v.put("variable", u.password() instanceof Password.Environment e ? e.variable() : "");
        v.put("file", u.password() instanceof Password.IncludedFile f ? f.path() : "");
        v.put("permissions", permissions(u.permissions()));
        return v;
    }

    private static Object permissions(@Nullable Permissions p) {
        if (p == null) {
            return "";
        }
        var v = new LinkedHashMap<String, Object>();
        v.put("publish", allowDeny(p.publish()));
        v.put("subscribe", allowDeny(p.subscribe()));
        v.put("allow_responses", p.allowResponses());
        return v;
    }

    private static Object allowDeny(AllowDeny a) {
        if (a.allow().isEmpty() && a.deny().isEmpty()) {
            return "";
        }
        var v = new LinkedHashMap<String, Object>();
        v.put("allow", a.allow());
        v.put("deny", a.deny());
        return v;
    }

    private static Map<String, Object> export(AccountSpec.Export e) {
        var v = shared(e.stream(), e.service());
        v.put("accounts", e.accounts());
        return v;
    }

    private static Map<String, Object> imported(AccountSpec.Import i) {
        var v = shared(i.stream(), i.service());
        v.put("account", i.account());
        v.put("to", text(i.to()));
        return v;
    }

    private static Map<String, Object> shared(@Nullable String stream, @Nullable String service) {
        var v = new LinkedHashMap<String, Object>();
        v.put("kind", stream != null ? "stream" : "service");
        v.put("subject", text(stream != null ? stream : service));
        return v;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
