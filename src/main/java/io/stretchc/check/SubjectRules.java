package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Diagnostics.Link;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.topology.AccountName;
import io.stretchc.topology.StreamSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subjects of streams: well formed, and each taken by one stream of an account only. */
final class SubjectRules implements Rule {
    private static final List<String> SERVER = List.of("$JS", "$JSC", "$NRG", "$SYS");

    @Override
    public void check(ResolvedTopology topology, Diagnostics found) {
        List<StreamSpec> streams = topology.source().streams();
        Map<AccountName, SubjectTrie<Path>> taken = new HashMap<>();
        for (int i = 0; i < streams.size(); i++) {
            StreamSpec s = streams.get(i);
            Path at = Path.ROOT.child("streams").at(i);
            var trie = taken.computeIfAbsent(s.account(), a -> new SubjectTrie<>());
            if (s.config().subjects().isEmpty()
                    && s.config().mirror() == null
                    && s.config().sources().isEmpty()) {
                take(s, s.name().text(), at.child("name"), trie, found);
            }
            for (int n = 0; n < s.config().subjects().size(); n++) {
                Path where = at.child("subjects").at(n);
                String subject = s.config().subjects().get(n);
                if (legal(subject)) {
                    ofTheServer(s, subject, where, found);
                    take(s, subject, where, trie, found);
                } else if (!subject.isEmpty()) {
                    found.add(
                            Code.ST102,
                            where,
                            "The subject " + Quote.of(subject) + " of stream " + Quote.of(s.name()) + " is not legal.",
                            "Use tokens joined by dots, without spaces; `*` is a whole token and `>` the last one.");
                }
            }
        }
    }

    /** What nats-server grants only to streams that acknowledge nothing, or have one copy (2.10 to 2.15). */
    private static void ofTheServer(StreamSpec s, String subject, Path at, Diagnostics found) {
        if (!s.config().noAck() && meetsServerSubjects(subject)) {
            found.add(
                    Code.ST102,
                    at,
                    "The subject " + Quote.of(subject) + " of stream " + Quote.of(s.name())
                            + " takes in subjects of the server's own, such as "
                            + (subject.startsWith("$SYS") ? "`$SYS.>`" : "`$JS.>`") + ".",
                    "Narrow it; of the server's own, `$JS.EVENT.>` and `$SYS.ACCOUNT.>` can be stored. A stream with `no_ack: true` may store all.");
        } else if (subject.equals(">") && s.replicas() != 1) {
            found.add(
                    Code.ST102,
                    at,
                    "The stream " + Quote.of(s.name()) + " takes in all subjects with " + s.replicas()
                            + " replicas; nats-server allows it one.",
                    "Narrow the subject, or use one replica.");
        }
    }

    static boolean meetsServerSubjects(String subject) {
        String[] tokens = subject.split("\\.", -1);
        boolean anyFirst = tokens[0].equals("*") && tokens.length > 1;
        boolean own = SERVER.contains(tokens[0]) && tokens.length > 1;
        boolean granted = subject.startsWith("$JS.EVENT.") || subject.startsWith("$SYS.ACCOUNT.");
        return subject.equals(">") || anyFirst || (own && !granted);
    }

    private static void take(StreamSpec s, String subject, Path at, SubjectTrie<Path> taken, Diagnostics found) {
        Path other = taken.overlapping(subject);
        if (other != null) {
            found.add(
                    Code.ST103,
                    at,
                    "The subject " + Quote.of(subject) + " of stream " + Quote.of(s.name())
                            + " overlaps with one that is taken already in account " + Quote.of(s.account()) + ".",
                    "Make the subjects distinct, or use a source instead.",
                    new Link(other, "taken here"));
            return;
        }
        taken.add(subject, at);
    }

    /** White space of any script: in permissions, nats-server takes what follows it for a queue (2.9 to 2.15). */
    private static boolean blank(int c) {
        return c <= ' ' || c == 0x85 || Character.isSpaceChar(c);
    }

    static boolean legal(String subject) {
        String[] tokens = subject.split("\\.", -1);
        for (int i = 0; i < tokens.length; i++) {
            String t = tokens[i];
            boolean wild = t.equals("*") || (t.equals(">") && i == tokens.length - 1);
            boolean lone = t.equals("*") || t.equals(">");
            boolean plain = !t.isEmpty() && !lone && t.codePoints().noneMatch(SubjectRules::blank);
            if (!wild && !plain) {
                return false;
            }
        }
        return true;
    }
}
