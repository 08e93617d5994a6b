package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect: accounts of the topology, or an operator and resolver that are included.
 *
 * @param operatorInclude file with operator and resolver; then there are no accounts
 */
public record Access(
        List<AccountSpec> accounts,
        @Nullable String operatorInclude,
        @Nullable String noAuthUser) {
    public Access {
        accounts = List.copyOf(accounts);
    }

    /** The user that clients without credentials become; null if none is named, or none has that name. */
    public @Nullable UserSpec userWithoutCredentials() {
        return accounts.stream()
                .flatMap(a -> a.users().stream())
                .filter(u -> noAuthUser != null && noAuthUser.equals(u.user() == null ? u.nkey() : u.user()))
                .findFirst()
                .orElse(null);
    }
}
