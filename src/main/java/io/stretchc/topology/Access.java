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
}
