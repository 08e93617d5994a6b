package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.AccountSpec;
import io.stretchc.topology.Bytes;
import io.stretchc.topology.StreamSpec;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's streams reserve, against its limit. A stream with {@code max_bytes} reserves them in full, as often as
 * it is replicated, when it is created; one that does not fit any more is refused with 500/10047 (seen on 2.9.10, 2.12.15
 * and 2.15.1; 2.10.27 let one more in, in one run).
 */
final class AccountLimitRules implements Rule {
    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        List<AccountSpec> accounts = topology.source().access().accounts();
        for (int i = 0; i < accounts.size(); i++) {
            AccountSpec account = accounts.get(i);
            Path limits = Path.ROOT.child("accounts").at(i).child("jetstream");
            check(topology, account, "file", account.jetstream().maxFile(), limits.child("max_file"), found);
            check(topology, account, "memory", account.jetstream().maxMemory(), limits.child("max_memory"), found);
        }
    }

    private static void check(
            ResolvedTopology topology,
            AccountSpec account,
            String storage,
            @Nullable Bytes limit,
            Path at,
            Diagnostics found) {
        if (limit == null || limit.count() < 0) {
            return;
        }
        BigInteger sum = BigInteger.ZERO;
        List<StreamSpec> streams = topology.source().streams();
        for (int i = 0; i < streams.size(); i++) {
            StreamSpec stream = streams.get(i);
            Bytes most = stream.config().maxBytes();
            if (most == null
                    || most.count() <= 0
                    || !stream.account().equals(account.name())
                    || !stream.config().storage().equals(storage)) {
                continue;
            }
            sum = sum.add(BigInteger.valueOf(most.count()).multiply(BigInteger.valueOf(stream.replicas())));
            if (sum.compareTo(BigInteger.valueOf(limit.count())) > 0) {
                found.add(
                        Code.ST104,
                        at,
                        "Account " + Quote.of(account.name()) + " may hold " + limit.count() + " bytes of " + storage
                                + " storage, and with stream " + Quote.of(stream.name()) + " its streams reserve " + sum
                                + ": `max_bytes` counts as often as a stream is replicated.",
                        "Raise the limit to what the streams reserve, or lower their `max_bytes`.",
                        new Link(Path.ROOT.child("streams").at(i).child("max_bytes"), "one too many"));
                return;
            }
        }
    }
}
