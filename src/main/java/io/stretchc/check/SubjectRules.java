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
                    take(s, subject, where, trie, found);
                } else if (!subject.isEmpty()) {
                    found.add(
                            Code.ST102,
                            where,
                            "The subject " + Quote.of(subject) + " of stream " + Quote.of(s.name()) + " is not legal.",
                            "Use tokens joined by dots, without spaces; `*` is a whole token and `>` the last one; `$JS` and `$SYS` are the server's own.");
                }
            }
        }
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

    static boolean legal(String subject) {
        String[] tokens = subject.split("\\.", -1);
        if (tokens[0].equals("$JS") || tokens[0].equals("$SYS")) {
            return false;
        }
        for (int i = 0; i < tokens.length; i++) {
            String t = tokens[i];
            boolean wild = t.equals("*") || (t.equals(">") && i == tokens.length - 1);
            boolean lone = t.equals("*") || t.equals(">");
            boolean plain = !t.isEmpty() && !lone && t.codePoints().noneMatch(c -> c <= ' ');
            if (!wild && !plain) {
                return false;
            }
        }
        return true;
    }
}
