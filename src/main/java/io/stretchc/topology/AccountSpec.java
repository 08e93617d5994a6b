package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account with its users and what it shares. */
public record AccountSpec(
        AccountName name,
        boolean system,
        JetStreamLimits jetstream,
        List<UserSpec> users,
        @Nullable Permissions defaultPermissions,
        List<Export> exports,
        List<Import> imports) {
    public AccountSpec {
        users = List.copyOf(users);
        exports = List.copyOf(exports);
        imports = List.copyOf(imports);
    }

    /** JetStream of an account. */
    public record JetStreamLimits(
            boolean enabled,
            @Nullable Bytes maxMemory,
            @Nullable Bytes maxFile,
            @Nullable Integer maxStreams,
            @Nullable Integer maxConsumers) {}

    /** Something offered to other accounts: a stream of messages or a service. */
    public record Export(@Nullable String stream, @Nullable String service, List<String> accounts) {
        public Export {
            accounts = List.copyOf(accounts);
        }
    }

    /** Something taken from another account. */
    public record Import(
            @Nullable String stream,
            @Nullable String service,
            String account,
            @Nullable String to) {}
}
